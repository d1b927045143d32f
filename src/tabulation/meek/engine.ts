import type { BallotGroups } from '../ballot-groups.ts'
import { CountRecord } from '../count-record.ts'
import { formatDecimal } from '../decimal.ts'
import { inOrderOfVotes } from '../most-votes.ts'
import type { OptionIndex } from '../option-index.ts'
import { rankedStatistics } from '../ranked-statistics.ts'
import type { Tabulation, TabulationInput, Working } from '../tabulation.ts'
import type { PseudoRandomNumbers } from '../tie-breaking.ts'
import type { Tie, TieQuestion } from '../ties.ts'
import { decimalNumbers } from './decimal-numbers.ts'
import { exactNumbers } from './exact-numbers.ts'
import { type Exclusion, type IterationState, nextStep } from './next-step.ts'
import type { Numbers } from './numbers.ts'
import { MeekPapers, oneBallotOf } from './papers.ts'
import { type BegunRound, roundSentence } from './round-sentence.ts'
import type { MeekRuleSet } from './rule-set.ts'
import type { Tally } from './tally.ts'

/**
 * Counts by Meek's method or one of its family: the papers are counted again and again, while elected options keep
 * less and less of each, until they hold the quota; then the lowest is excluded as if it had never stood.
 * @param pseudoRandom for the tie rule of that name
 */
export function countMeek(
  method: string,
  input: TabulationInput<MeekRuleSet>,
  pseudoRandom?: PseudoRandomNumbers,
): Tabulation {
  const { weightPlaces } = input.ballots as BallotGroups
  return input.rules.arithmetic === 'exact'
    ? new MeekCount(method, input, exactNumbers(input.rules, weightPlaces), pseudoRandom).count()
    : new MeekCount(method, input, decimalNumbers(input.rules, weightPlaces), pseudoRandom).count()
}

class MeekCount<N> {
  readonly #input: TabulationInput<MeekRuleSet>
  readonly #groups: BallotGroups
  readonly #numbers: Numbers<N>
  readonly #record: CountRecord
  readonly #papers: MeekPapers<N>
  /** The traced ballot by itself. */
  readonly #traced: MeekPapers<N> | undefined
  readonly #keep: N[]
  readonly #lowestKeep: N[]
  readonly #keepRows: string[][] = []
  #fixedQuota: N | undefined
  #exhausted = 0n

  constructor(
    method: string,
    input: TabulationInput<MeekRuleSet>,
    numbers: Numbers<N>,
    pseudoRandom: PseudoRandomNumbers | undefined,
  ) {
    const { rules, trace } = input
    this.#input = input
    this.#groups = input.ballots as BallotGroups
    this.#numbers = numbers
    this.#record = new CountRecord(method, input, numbers.votePlaces, pseudoRandom)
    const standing = this.#record.continuing()
    this.#papers = new MeekPapers(this.#groups, rules, numbers, standing)
    if (trace !== undefined) {
      this.#traced = new MeekPapers(oneBallotOf(this.#groups, trace), rules, numbers, standing)
    }
    this.#keep = input.options.map(() => numbers.zero)
    for (const option of standing) this.#keep[option] = numbers.one
    this.#lowestKeep = [...this.#keep]
  }

  count(): Tabulation {
    const open = this.#countRounds()
    const { overvotes } = this.#input.rules
    const statistics = rankedStatistics(this.#groups, {
      uncountable: this.#papers.uncountable,
      exhausted: this.#exhausted,
      places: this.#numbers.votePlaces - this.#groups.weightPlaces,
      sharedRanks: overvotes.startsWith('split') ? 'allowed' : 'overvotes',
    })
    return { ...this.#record.finish(statistics, open), workings: [this.#keepValues()] }
  }

  /** @returns the tie that stands in the way, if one does */
  #countRounds(): TieQuestion | undefined {
    const { seats, rules } = this.#input
    let begun: BegunRound = { action: { kind: 'count' }, iterations: 0 }
    let surplusBefore: N | undefined
    for (;;) {
      const state = this.#iterate()
      begun = { ...begun, iterations: begun.iterations + 1 }
      this.#elect(state.reached)
      const vacant = seats - this.#record.electedCount()
      const continuing = this.#record.continuing()
      if (vacant === 0 || continuing.length <= vacant) {
        const left = vacant === 0 ? [] : this.#byVotes(continuing, state.votes)
        this.#record.elect(left)
        this.#finishRound(state, begun, left)
        return undefined
      }
      const forgets = rules.stalled === 'surplus does not fall'
      if (forgets && state.reached.length > 0) surplusBefore = undefined
      const step = nextStep({ rules, numbers: this.#numbers, state, surplusBefore, continuing, vacant })
      surplusBefore = forgets && step.exclusions.length > 0 ? undefined : state.surplus
      this.#rememberLowest()
      const isDecided = state.reached.length > 0 || step.exclusions.length > 0
      if (isDecided || rules.rounds === 'each iteration') {
        this.#finishRound(state, begun, [])
        begun = { action: { kind: 'keep', options: state.elected }, iterations: 0 }
      }
      if (step.lowersKeep) this.#lowerKeepValues(state)
      if (step.exclusions.length > 0) {
        const excluded = this.#exclude(step.exclusions)
        if ('open' in excluded) return excluded.open
        begun = { action: { kind: 'exclude', options: excluded.options }, ties: excluded.ties, iterations: 0 }
      }
    }
  }

  /** Counts the papers under the present keep values. */
  #iterate(): IterationState<N> {
    const { seats, rules } = this.#input
    const numbers = this.#numbers
    const tally = this.#papers.tally(this.#keep)
    const { votes } = tally
    const quotaNow = () =>
      numbers.quota(
        votes.reduce((sum, each) => numbers.plus(sum, each)),
        seats,
      )
    if (rules.quota === 'first count') this.#fixedQuota ??= quotaNow()
    let quota = this.#fixedQuota ?? quotaNow()
    const continuing = this.#record.continuing()
    const reach = () => continuing.filter((option) => numbers.reaches(votes[option]!, quota))
    let reached = reach()
    // Two of two can have exactly half of the votes; then neither has a majority.
    if (reached.length > seats - this.#record.electedCount()) {
      quota = numbers.justAbove(quota)
      reached = reach()
    }
    const elected = [...votes.keys()].filter(
      (option) => reached.includes(option) || this.#record.isElected(option),
    )
    const surplusOf = (option: OptionIndex) => numbers.minus(votes[option]!, quota)
    const counted = elected.filter(
      (option) => rules.surplus === 'of all elected' || numbers.compare(surplusOf(option), numbers.zero) > 0,
    )
    const surplus = counted.reduce((sum, option) => numbers.plus(sum, surplusOf(option)), numbers.zero)
    return {
      ...tally,
      quota,
      reached: this.#byVotes(reached, votes),
      elected,
      keep: this.#keep,
      lowestKeep: this.#lowestKeep,
      surplus: numbers.compare(surplus, numbers.zero) < 0 ? numbers.zero : surplus,
    }
  }

  #byVotes(options: readonly OptionIndex[], votes: readonly N[]): OptionIndex[] {
    return inOrderOfVotes(
      options,
      votes.map((each) => this.#numbers.voteUnits(each)),
    )
  }

  #elect(options: readonly OptionIndex[]): void {
    this.#record.elect(options)
    this.#papers.elect(options)
    this.#traced?.elect(options)
  }

  #rememberLowest(): void {
    for (const [option, keep] of this.#keep.entries()) {
      if (this.#numbers.compare(keep, this.#lowestKeep[option]!) < 0) this.#lowestKeep[option] = keep
    }
  }

  #lowerKeepValues({ elected, votes, quota }: IterationState<N>): void {
    const numbers = this.#numbers
    for (const option of elected) {
      if (this.#input.rules.surplus === 'above the quota' && numbers.compare(votes[option]!, quota) <= 0)
        continue
      this.#keep[option] = numbers.nextKeep(this.#keep[option]!, quota, votes[option]!)
    }
  }

  /** Excludes one after the other, to begin the present round. */
  #exclude(
    exclusions: readonly Exclusion[],
  ):
    | { readonly options: readonly OptionIndex[]; readonly ties: readonly Tie[] }
    | { readonly open: TieQuestion } {
    const options: OptionIndex[] = []
    const ties: Tie[] = []
    for (const { among, choose } of exclusions) {
      const choice = this.#record.chooseAmong(among, 'exclude', choose)
      if (choice.kind === 'tied') return { open: choice.question }
      options.push(...choice.options)
      if (choice.tie) ties.push(choice.tie)
    }
    options.sort((a, b) => a - b)
    this.#record.exclude(options)
    this.#papers.exclude(options)
    this.#traced?.exclude(options)
    for (const option of options) this.#keep[option] = this.#numbers.zero
    return { options, ties }
  }

  #finishRound(state: IterationState<N>, begun: BegunRound, withoutQuota: readonly OptionIndex[]): void {
    const numbers = this.#numbers
    const names = this.#input.options
    const votes = state.votes.map((each) => numbers.voteUnits(each))
    this.#exhausted = numbers.voteUnits(state.exhausted)
    const held = votes.reduce((sum, each) => sum + each, this.#exhausted)
    const keepTexts = this.#keep.map((value) =>
      formatDecimal(numbers.valueUnits(value), this.#input.rules.places),
    )
    this.#keepRows.push([String(this.#record.round), String(begun.iterations), ...keepTexts])
    this.#record.finishRound({
      action: begun.action,
      votes,
      exhausted: this.#exhausted,
      loss: numbers.voteUnits(numbers.votes(numbers.one, this.#papers.valid)) - held,
      quota: numbers.voteUnits(state.quota),
      surplus: numbers.voteUnits(state.surplus),
      elected: [...state.reached, ...withoutQuota],
      transfers: [],
      ...(this.#traced && { traced: this.#whereabouts(this.#traced.tally(this.#keep)) }),
      sentence: roundSentence({ names, begun, keepTexts, reached: state.reached, withoutQuota }),
    })
  }

  #whereabouts({ votes }: Tally<N>): { readonly option: OptionIndex; readonly votes: string }[] {
    return votes
      .map((each, option) => ({
        option,
        votes: formatDecimal(this.#numbers.voteUnits(each), this.#numbers.votePlaces),
      }))
      .filter(({ votes }) => votes !== '0')
  }

  #keepValues(): Working {
    return {
      title: "Keep values: the part of a paper's value that each option keeps when it comes to it",
      head: ['Round', 'Iterations', ...this.#input.options],
      rows: this.#keepRows,
    }
  }
}
