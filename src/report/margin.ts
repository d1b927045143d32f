import * as z from 'zod'
import { formatDecimal, toCommonScale } from '../tabulation/decimal.ts'
import type { ContestResult } from './result-schema.ts'

/** By how much the narrowest decision of a contest was made. */
export const marginSchema = z.strictObject({
  kind: z
    .enum(['votes', 'points', 'in pairs'])
    .describe('Whether votes or points are compared, or the ballots that prefer one to the other.'),
  winner: z.string().describe('Of those elected, the one with the fewest.'),
  figure: z.string().describe('Exact decimal.'),
  other: z.string().describe('Of those not elected, the one with the most.'),
  otherFigure: z.string(),
  difference: z.string().describe('Exact decimal; 0 where a tie was decided.'),
  round: z.int().positive(),
})

export type Margin = z.infer<typeof marginSchema>

/** Methods in which the figures of a round are points and no votes. */
const byPoints: ReadonlySet<string> = new Set(['score', 'borda', 'rating-score', 'nanson', 'baldwin'])

/**
 * The difference between the last who is elected and the first who is not, where one difference tells it: in a method of
 * one round by its votes or points, with one seat by those of the last round, and where options are compared in pairs by
 * the closest comparison of the winner.
 *
 * It is no count of the ballots that would have to change for another outcome: that is harder to know, and is said of an
 * incident only where it is known.
 * @returns undefined where seats go to lists, where votes are transferred to fill several seats, or nothing is decided
 */
export function narrowestMargin({ tabulation, method }: ContestResult): Margin | undefined {
  const { outcome, winners, rounds, seatsWon, seats, pairwise, options, statuses } = tabulation
  if (outcome.kind !== 'decided' || winners.length === 0 || seatsWon !== undefined) return undefined
  const elected = winners.map(({ option }) => option)
  const others = [...options.keys()].filter(
    (option) => !elected.includes(option) && statuses[option]?.kind !== 'withdrawn',
  )
  if (others.length === 0) return undefined
  const last = rounds.findLast(({ votes }) => votes.length > 0)
  if (pairwise !== undefined && seats === 1) return marginInPairs(tabulation, elected[0]!, others)
  const transfers = rounds.length > 1 || last?.quota !== undefined
  if (last === undefined || (transfers && seats > 1)) return undefined
  const { units, places } = toCommonScale(last.votes)
  const winner = elected.reduce((least, option) => (units[option]! < units[least]! ? option : least))
  const other = others.reduce((most, option) => (units[option]! > units[most]! ? option : most))
  const difference = units[winner]! - units[other]!
  // Another rule than the most votes has decided, such as a majority of each one's own.
  if (difference < 0n) return undefined
  return {
    kind: byPoints.has(method.id) ? 'points' : 'votes',
    winner: options[winner]!,
    figure: last.votes[winner]!,
    other: options[other]!,
    otherFigure: last.votes[other]!,
    difference: formatDecimal(difference, places),
    round: last.number,
  }
}

function marginInPairs(
  { pairwise, options, rounds }: ContestResult['tabulation'],
  winner: number,
  others: readonly number[],
): Margin | undefined {
  const pairs = others.map((other) => ({
    other,
    votes: [pairwise?.votes[winner]?.[other] ?? '0', pairwise?.votes[other]?.[winner] ?? '0'] as const,
  }))
  const { units, places } = toCommonScale(pairs.flatMap(({ votes }) => votes))
  const leads = pairs.map((pair, index) => ({ ...pair, lead: units[2 * index]! - units[2 * index + 1]! }))
  const closest = leads.reduce((least, pair) => (pair.lead < least.lead ? pair : least))
  // In a cycle the winner may lose a comparison, which the method explains and no difference does.
  if (closest.lead < 0n) return undefined
  return {
    kind: 'in pairs',
    winner: options[winner]!,
    figure: closest.votes[0],
    other: options[closest.other]!,
    otherFigure: closest.votes[1],
    difference: formatDecimal(closest.lead, places),
    round: rounds.at(-1)?.number ?? 1,
  }
}

export function marginSentence({ kind, winner, figure, other, otherFigure, difference }: Margin): string {
  if (kind === 'in pairs') {
    return `Closest in pairs: ${figure} votes prefer ${winner} to ${other}, ${otherFigure} prefer ${other} to ${winner}, a difference of ${difference}.`
  }
  return `${winner} has ${figure} ${kind}, ${other} ${otherFigure}: a margin of ${difference}.`
}
