import type { CountReport } from './count-report.ts'
import { csvOf, roundRows } from './round-rows.ts'

const columns = [
  'title',
  'method',
  'seats',
  'outcome',
  'round',
  'option',
  'name',
  'votes',
  'status',
  'seatsWon',
]

/** A line for each option in each round, and for the votes that were exhausted or lost to rounding. */
export function countCsv({ title, method, tabulation }: CountReport): string {
  const count = { title, method: method.id, seats: tabulation.seats, outcome: tabulation.outcome.kind }
  return csvOf(
    columns,
    roundRows(tabulation).map((row) => ({ ...count, ...row })),
  )
}
