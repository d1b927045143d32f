import type { BallotGroups } from '../ballot-groups.ts'
import type { OptionIndex } from '../option-index.ts'
import type { Numbers } from './numbers.ts'
import { PaperTree } from './paper-tree.ts'
import type { MeekRuleSet } from './rule-set.ts'
import { type SharedBallot, takeSharedRanks, tallyShared } from './shared-ranks.ts'
import { emptyTally, mostSmallPlaces, mostSmallWeight, SmallValues, type Tally, tallyTree } from './tally.ts'

/** The papers of a count: those with shared ranks one by one, where the rules split them, and all others in a tree. */
export class MeekPapers<N> {
  readonly #rules: MeekRuleSet
  readonly #numbers: Numbers<N>
  readonly #tree: PaperTree
  readonly #shared: readonly SharedBallot[]
  readonly #small: SmallValues | undefined
  /** Weight of the papers that are not blank but have no preference that counts. */
  readonly uncountable: number
  /** Weight of all others that are not blank. */
  readonly valid: number

  constructor(
    groups: BallotGroups,
    rules: MeekRuleSet,
    numbers: Numbers<N>,
    standing: readonly OptionIndex[],
  ) {
    const { overvotes } = rules
    const splits = overvotes === 'split by every order' || overvotes === 'split in equal parts'
    const { shared, others } = splits ? takeSharedRanks(groups) : { shared: [], others: groups }
    this.#rules = rules
    this.#numbers = numbers
    this.#shared = shared
    this.#tree = new PaperTree(others, { ...rules, overvotes: splits ? 'skip' : overvotes }, standing)
    this.uncountable = this.#tree.uncountable
    const sharing = shared.reduce((sum, { weight }) => sum + weight, 0)
    this.valid = this.#tree.weightOf(0) + sharing
    const fits = rules.places <= mostSmallPlaces && this.valid < mostSmallWeight
    if (rules.arithmetic === 'decimal' && fits && rules.share !== 'both cut, by the pile') {
      this.#small = new SmallValues(rules.places, rules.share)
    }
  }

  elect(options: readonly OptionIndex[]): void {
    for (const option of options) this.#tree.elect(option)
  }

  exclude(options: readonly OptionIndex[]): void {
    this.#tree.exclude(options)
  }

  /** @param keep the keep value of each option: 1 for the continuing, 0 for the excluded */
  tally(keep: readonly N[]): Tally<N> {
    const numbers = this.#numbers
    const tally = emptyTally(numbers, keep.length)
    // Small values exist only where N is bigint.
    if (this.#small) this.#small.tally(this.#tree, keep as readonly bigint[], tally as Tally<bigint>)
    else tallyTree(this.#tree, keep, numbers, tally)
    const { overvotes } = this.#rules
    if (overvotes === 'split by every order' || overvotes === 'split in equal parts') {
      tallyShared(this.#shared, keep, overvotes, numbers, tally)
    }
    return tally
  }
}

/** One ballot of a group by itself, to follow it through the count. */
export function oneBallotOf(groups: BallotGroups, group: number): BallotGroups {
  const entries = groups.entries.slice(groups.starts[group], groups.starts[group + 1])
  return {
    ...groups,
    count: 1,
    starts: Uint32Array.of(0, entries.length),
    entries,
    weights: Float64Array.of(10 ** groups.weightPlaces),
  }
}
