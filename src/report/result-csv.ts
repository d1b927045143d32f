import type { ContestResult, ElectionResultDocument } from './result-schema.ts'
import { csvOf, roundRows } from './round-rows.ts'

const columns = [
  'contest',
  'title',
  'method',
  'seats',
  'outcome',
  'round',
  'option',
  'name',
  'votes',
  'status',
] as const

type Row = Readonly<Record<(typeof columns)[number], string | number>>

/**
 * A line for each option in each round, and for the votes that were exhausted or lost to rounding. Text that a
 * spreadsheet would take for a formula gets an apostrophe in front.
 */
export function resultCsv({ contests }: ElectionResultDocument): string {
  return csvOf(columns, contests.flatMap(rowsOf))
}

function rowsOf({ position, title, method, seats, tabulation }: ContestResult): Row[] {
  const contest = { contest: position, title, method: method.id, seats, outcome: tabulation.outcome.kind }
  return roundRows(tabulation).map((row) => ({ ...contest, ...row }))
}
