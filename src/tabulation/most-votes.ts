import type { OptionIndex } from './option-index.ts'
import { type RoundVotes, settleTie } from './tie-breaking.ts'
import type { Tie, TieBreaks, TieEnd, TieQuestion, TieRule } from './ties.ts'

export interface MostVotes {
  /** With most votes first; those with equal votes in the order of the ballot. */
  readonly chosen: readonly OptionIndex[]
  /** The tie for the last places, if there was one. */
  readonly ties: readonly Tie[]
  /** What is left to decide; then `chosen` holds those that are chosen whatever the decision. */
  readonly open?: TieQuestion
}

/** The `places` options with most votes. Those whose votes don't tell them apart at the last place are tied. */
export function mostVotes(choosing: {
  readonly votes: readonly bigint[]
  readonly among: readonly OptionIndex[]
  readonly places: number
  readonly method: string
  readonly round: number
  readonly to: TieEnd
  readonly chain: readonly TieRule[]
  readonly breaks: TieBreaks
  /** The votes of the rounds before, where there were any. */
  readonly history?: readonly RoundVotes[]
}): MostVotes {
  const { votes, among, places, method, round, to, chain, breaks, history = [] } = choosing
  const byVotes = inOrderOfVotes(among, votes)
  if (byVotes.length <= places) return { chosen: byVotes, ties: [] }
  const last = votes[byVotes[places - 1]!]!
  const above = byVotes.filter((option) => votes[option]! > last)
  const tied = byVotes.filter((option) => votes[option] === last)
  if (above.length + tied.length === places) return { chosen: byVotes.slice(0, places), ties: [] }
  const question = { method, round, to, among: tied, choose: places - above.length }
  const { tie, open } = settleTie({ question, chain, breaks, history })
  return { chosen: [...above, ...(tie.chosen ?? [])], ties: [tie], ...(open && { open }) }
}

/** Most votes first; equals in the order of the ballot. */
export function inOrderOfVotes(options: readonly OptionIndex[], votes: readonly bigint[]): OptionIndex[] {
  return [...options].sort((a, b) => (votes[a]! === votes[b]! ? a - b : votes[a]! > votes[b]! ? -1 : 1))
}

/** Best first, equals together. */
export function rankedByVotes(options: readonly OptionIndex[], votes: readonly bigint[]): OptionIndex[][] {
  return [...Map.groupBy(inOrderOfVotes(options, votes), (option) => votes[option]!).values()]
}
