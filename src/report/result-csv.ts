import type { ContestResult, ElectionResultDocument } from './result-schema.ts'
import { csvOf, roundRows } from './round-rows.ts'

const columns = [
  'standing',
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
 * A line for each option in each round, which says whether the result is certified, and for the votes that were exhausted or lost to rounding. Text that a
 * spreadsheet would take for a formula gets an apostrophe in front.
 */
export function resultCsv({ election, contests }: ElectionResultDocument): string {
  const rows = contests.flatMap(rowsOf)
  const standing = election.standing.replace('-', ' ').toUpperCase()
  return csvOf(
    columns,
    rows.map((row) => ({ standing, ...row })),
  )
}

function rowsOf({ position, title, method, seats, tabulation }: ContestResult): Omit<Row, 'standing'>[] {
  const contest = { contest: position, title, method: method.id, seats, outcome: tabulation.outcome.kind }
  return roundRows(tabulation).map((row) => ({ ...contest, ...row }))
}
