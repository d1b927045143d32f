import { methodById } from '../../src/tabulation/registry.ts'
import type { Tabulation } from '../../src/tabulation/tabulation.ts'

/** Votes by list. */
export type ListVotes = Readonly<Record<string, number | string>>

/** Counts lists from their totals; ties are decided for the earlier list. */
export function countListVotes(
  method: string,
  votes: ListVotes,
  seats: number,
  rules: Readonly<Record<string, unknown>> = {},
): Tabulation {
  const numbers = Object.values(votes).map(String)
  const total = numbers.reduce((sum, number) => sum + BigInt(number), 0n).toString()
  return methodById(method).tabulate({
    options: Object.keys(votes),
    seats,
    ballots: { kind: 'totals', votes: numbers, ballots: total, blank: '0' },
    rules: { ties: ['order given'], ...rules },
    tieBreaks: {},
  })
}

/** The seats of the lists that won any. */
export function seatsByList({ options, seatsWon }: Tabulation): Record<string, number> {
  return Object.fromEntries(
    options
      .map((option, position) => [option, seatsWon![position]!] as const)
      .filter(([, seats]) => seats > 0),
  )
}
