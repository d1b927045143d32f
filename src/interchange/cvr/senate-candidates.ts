import { type CsvRow, CsvRows } from '../csv-rows.ts'
import type { Irregularities } from '../irregularities.ts'

export interface SenateCandidate {
  /** A to Z, then AA and so on; UG for those without a group. */
  readonly group: string
  readonly name: string
}

/**
 * The candidates for the Senate of the state that a division belongs to, in the order of the ballot, from the
 * Commission's list of all candidates of a federal election.
 * @returns `undefined` if the list does not have the division
 * @throws BallotFileUnreadable if a quote in the list is not closed
 */
export function candidatesOf(
  text: string,
  division: string,
  irregularities: Irregularities,
): { readonly state: string; readonly candidates: readonly SenateCandidate[] } | undefined {
  let heads: readonly string[] | undefined
  const people: Record<'chamber' | 'state' | 'division' | 'group' | 'position' | 'name', string>[] = []
  const read = (row: CsvRow) => {
    if (heads === undefined) {
      heads = Array.from({ length: row.length }, (_, cell) => row.text(cell))
      return
    }
    const cell = (head: string) => row.text(heads!.indexOf(head))
    people.push({
      chamber: cell('nom_ty'),
      state: cell('state_ab'),
      division: cell('div_nm'),
      group: cell('ticket'),
      position: cell('ballot_position'),
      name: `${cell('surname')} ${cell('ballot_given_nm')}`.trim(),
    })
  }
  const rows = new CsvRows(read, ({ line }) =>
    irregularities.unreadable(
      { line: 1, column: 1 },
      `The file of candidates beside this one can't be read from its line ${line} on.`,
    ),
  )
  rows.write(new TextEncoder().encode(text))
  rows.end()
  const state = people.find((person) => person.division.toUpperCase() === division.toUpperCase())?.state
  if (state === undefined || state === '') return undefined
  const candidates = people
    .filter((person) => person.chamber === 'S' && person.state === state)
    .sort((a, b) => inGroupOrder(a.group, b.group) || Number(a.position) - Number(b.position))
    .map(({ group, name }) => ({ group, name }))
  return { state, candidates }
}

/** Those without a group come last. */
function inGroupOrder(a: string, b: string): number {
  if (a === b) return 0
  if (a === 'UG' || b === 'UG') return a === 'UG' ? 1 : -1
  return a.length - b.length || (a < b ? -1 : 1)
}
