import { stringify } from 'csv-stringify/sync'
import type { Tabulation } from '../tabulation/tabulation.ts'
import { statusText } from './narrative.ts'
import { unsteered } from './plain-text.ts'

/** An option in a round, or the votes that the round exhausted or lost to rounding. */
interface RoundRow {
  readonly round: number
  /** From 1; empty in the rows of votes that no option has. */
  readonly option: number | ''
  readonly name: string
  /** Empty where a round compares and has no votes. */
  readonly votes: string
  readonly status: string
  /** Of a list; empty where options are no lists. */
  readonly seatsWon: number | ''
}

/** Of votes that are nobody's. */
const noOption = { option: '', status: '', seatsWon: '' } as const

/** A row for each option in each round, and for the votes that were exhausted or lost to rounding. */
export function roundRows({ rounds, options, statuses, seatsWon }: Tabulation): RoundRow[] {
  return rounds.flatMap(({ number: round, votes, exhausted, loss }): RoundRow[] => [
    ...options.map(
      (name, option): RoundRow => ({
        round,
        option: option + 1,
        name,
        votes: votes[option] ?? '',
        status: statusText(statuses[option]!),
        seatsWon: seatsWon?.[option] ?? '',
      }),
    ),
    { ...noOption, round, name: 'exhausted', votes: exhausted },
    { ...noOption, round, name: 'lost to rounding', votes: loss },
  ])
}

/** CSV with a head. Text that a spreadsheet would take for a formula gets an apostrophe in front. */
export function csvOf(
  columns: readonly string[],
  rows: readonly Readonly<Record<string, string | number>>[],
): string {
  const plain = rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([column, cell]) => [
        column,
        typeof cell === 'string' ? unsteered(cell) : cell,
      ]),
    ),
  )
  const text = stringify(plain, { header: true, columns: [...columns], escape_formulas: true })
  // Spreadsheet programs take a file without the mark for another encoding, and spoil the names.
  return `\ufeff${text}`
}
