import { microsOf } from '../register/weights.ts'
import type { StoredTabulation } from '../report/tabulation-schema.ts'
import type { effects } from './certificate-schema.ts'

export type Effect = (typeof effects)[number]

/** Methods in which the most votes win, and nothing else is asked. */
const byMostVotes: ReadonlySet<string> = new Set(['plurality', 'approval-vote'])

/**
 * Whether so many ballots could change the outcome of a contest.
 *
 * Where the most votes win, exactly: between the last who is elected and the first who is not lies the margin; a ballot
 * that was changed may move it by two votes, one that came in or was missing by one, and a tie is another outcome. Where
 * no lot was drawn, and there is no threshold. For every other method it is `not-excluded` as soon as one ballot is
 * affected: their margins are hard to compute, and none is claimed here.
 * Source: L. Xia, Computing the Margin of Victory for Various Voting Rules, ACM EC 2012, section 3 (plurality).
 *
 * @param affected.micros the weight of the affected ballots together, in millionths of a vote
 * @param affected.kind `ballots` in the box that may have been changed, or `voters` who may have been kept from voting, or
 * let vote by mistake
 */
export function effectOn(
  tabulation: StoredTabulation | undefined,
  rules: Readonly<Record<string, unknown>>,
  affected: { micros: bigint; kind: 'ballots' | 'voters' },
): Effect {
  if (tabulation === undefined) return 'no-result'
  if (affected.micros === 0n) return 'none'
  const margin = marginOf(tabulation, rules)
  if (margin === undefined) return 'not-excluded'
  const swing = affected.kind === 'ballots' ? 2n : 1n
  return affected.micros * swing >= margin ? 'could' : 'none'
}

/** In millionths of a vote; undefined where no rule here gives it. */
function marginOf(
  tabulation: StoredTabulation,
  rules: Readonly<Record<string, unknown>>,
): bigint | undefined {
  const { method, outcome, winners, rounds } = tabulation
  const votes = rounds.at(-1)?.votes
  if (!byMostVotes.has(method) || outcome.kind !== 'decided' || votes === undefined) return undefined
  if (rules.threshold !== undefined && rules.threshold !== null) return undefined
  const elected = new Set(winners.map(({ option }) => option))
  const losing = votes.filter((_, option) => !elected.has(option)).map(microsOf)
  const winning = votes.filter((_, option) => elected.has(option)).map(microsOf)
  const [last] = winning.sort(ascending)
  const first = losing.sort(ascending).at(-1)
  return last === undefined || first === undefined ? undefined : last - first
}

function ascending(one: bigint, other: bigint): number {
  return one < other ? -1 : one > other ? 1 : 0
}
