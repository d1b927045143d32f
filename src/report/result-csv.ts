import { stringify } from 'csv-stringify/sync'
import { statusText } from './narrative.ts'
import type { ContestResult, ElectionResultDocument } from './result-schema.ts'

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
  const text = stringify(contests.flatMap(rowsOf), {
    header: true,
    columns: [...columns],
    escape_formulas: true,
  })
  // Spreadsheet programs take a file without the mark for another encoding, and spoil the names.
  return `\ufeff${text}`
}

function rowsOf({ position, title, method, seats, tabulation }: ContestResult): Row[] {
  const contest = { contest: position, title, method: method.id, seats, outcome: tabulation.outcome.kind }
  return tabulation.rounds.flatMap(({ number: round, votes, exhausted, loss }) => [
    ...tabulation.options.map((name, option) => ({
      ...contest,
      round,
      option: option + 1,
      name,
      votes: votes[option] ?? '0',
      status: statusText(tabulation.statuses[option]!),
    })),
    { ...contest, round, option: '', name: 'exhausted', votes: exhausted, status: '' },
    { ...contest, round, option: '', name: 'lost to rounding', votes: loss, status: '' },
  ])
}
