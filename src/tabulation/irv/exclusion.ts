import type { CountRecord } from '../count-record.ts'
import { inOrderOfVotes } from '../most-votes.ts'
import type { OptionIndex } from '../option-index.ts'
import type { Tie, TieQuestion } from '../ties.ts'
import type { IrvRules } from './rules.ts'

/** What begins a round after the first. */
export interface Exclusion {
  readonly options: readonly OptionIndex[]
  readonly why: 'first by rule' | 'below the minimum' | 'below the share' | 'sure losers' | 'tied' | 'lowest'
  readonly tie?: Tie
}

/** What an exclusion is decided by. */
interface ExclusionState {
  readonly record: CountRecord
  /** All that are not excluded, the elected with them. */
  readonly standing: readonly OptionIndex[]
  /** Of these, the ones that are not elected. */
  readonly among: readonly OptionIndex[]
  readonly votes: readonly bigint[]
  readonly share: bigint
  /** As many options stand afterwards at least. */
  readonly leave: number
  readonly first: ReadonlySet<OptionIndex>
  /** In the unit of the votes. */
  readonly minimum: bigint
}

/** Whom the rules exclude next, one reason after the other; or the tie that stands in the way. */
export function nextExclusion(
  state: ExclusionState,
  rules: IrvRules,
): Exclusion | { readonly open: TieQuestion } {
  const { record, among, votes, minimum, share } = state
  const firstByRule = excludedFirst(state)
  if (firstByRule.length > 0) return { options: firstByRule, why: 'first by rule' }
  const below = (least: bigint) => enoughLeft(state, (option) => votes[option]! < least)
  const small = below(minimum)
  if (small.length > 0) return { options: small, why: 'below the minimum' }
  switch (rules.exclusion) {
    case 'all below the share together': {
      const options = below(share)
      if (options.length > 0) return { options, why: 'below the share' }
      break
    }
    case 'sure losers together': {
      const options = sureLosers(state)
      if (options.length > 1) return { options, why: 'sure losers' }
      break
    }
    case 'tied together': {
      const fewest = among.map((option) => votes[option]!).reduce((a, b) => (b < a ? b : a))
      const options = enoughLeft(state, (option) => votes[option] === fewest)
      if (options.length > 1) return { options, why: 'tied' }
      break
    }
    case 'lowest':
  }
  const choice = record.choose(among, 'exclude')
  if (choice.kind === 'tied') return { open: choice.question }
  return { options: [choice.option], why: 'lowest', ...(choice.tie && { tie: choice.tie }) }
}

/** Options that the rules exclude first and that have votes; none when nobody else stands. */
export function excludedFirst({
  first,
  standing,
  votes,
}: Pick<ExclusionState, 'first' | 'standing' | 'votes'>): OptionIndex[] {
  const options = standing.filter((option) => first.has(option) && votes[option]! > 0n)
  return options.length < standing.length ? options : []
}

/** Those of whom something is true, or nobody if too few would be left. */
function enoughLeft(
  { standing, among, leave }: ExclusionState,
  isExcluded: (option: OptionIndex) => boolean,
): OptionIndex[] {
  const options = among.filter(isExcluded)
  return standing.length - options.length >= leave ? options : []
}

/** As many of the lowest as have together fewer votes than the next, and leave enough. */
function sureLosers({ standing, votes, leave }: ExclusionState): OptionIndex[] {
  const fromLowest = inOrderOfVotes(standing, votes).reverse()
  let together = 0n
  let losers = 0
  for (let lowest = 0; lowest < fromLowest.length - leave; lowest++) {
    together += votes[fromLowest[lowest]!]!
    if (together < votes[fromLowest[lowest + 1]!]!) losers = lowest + 1
  }
  return fromLowest.slice(0, losers).sort((a, b) => a - b)
}
