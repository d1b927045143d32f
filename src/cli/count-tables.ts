import { displayOrder } from '../report/html/option-order.ts'
import { toCommonScale } from '../tabulation/decimal.ts'
import type { Tabulation, Working } from '../tabulation/tabulation.ts'
import { countSheet } from './count-sheet.ts'
import { printable } from './output.ts'
import { type Page, pagedTable, type TableColumn } from './paged-table.ts'
import { hanging } from './wrap.ts'

/** The rounds with their votes, as many side by side as fit. */
export function roundTables({ tabulation, page }: { tabulation: Tabulation; page: Page }): string[] {
  const sheet = countSheet(tabulation)
  return sheet === undefined ? [] : joined(pagedTable(sheet.stub, sheet.columns, page))
}

/**
 * The pairwise comparison as a matrix: in the row of an option, how many ballots prefer it to the option of
 * the column, with a star where these are more than prefer the other.
 */
export function pairwiseTables({ tabulation, page }: { tabulation: Tabulation; page: Page }): string[] {
  const { pairwise, options, statuses } = tabulation
  if (pairwise === undefined) return []
  const order = displayOrder(tabulation).filter((option) => statuses[option]!.kind !== 'withdrawn')
  const stub = (title: string) => ({
    title,
    cells: order.map((option, place) => `${place + 1} ${printable(options[option]!)}`),
  })
  const matrix = (cell: (row: number, column: number) => string): TableColumn[] =>
    order.map((column, place) => ({
      title: String(place + 1),
      cells: order.map((row) => (row === column ? '–' : cell(row, column))),
    }))
  const votes = matrix((row, column) => {
    const [votesFor, against] = [pairwise.votes[row]![column]!, pairwise.votes[column]![row]!]
    return isMore(votesFor, against) ? `${votesFor}*` : votesFor
  })
  const { strengths: paths = [] } = pairwise
  const hasPaths = paths.flat().some((strength) => strength !== '')
  const strengths = hasPaths ? matrix((row, column) => paths[row]?.[column] ?? '') : []
  return [
    ...joined(pagedTable(stub('Preferred to'), votes, page)),
    ...hanging('more ballots prefer the option of the row', '* ', page.width),
    ...(strengths.length === 0 ? [] : ['', ...joined(pagedTable(stub('Strength over'), strengths, page))]),
  ]
}

/** A table that the method worked out. */
export function workingTables(working: Working, page: Page): string[] {
  const columns = working.head.map((title, column) => ({
    title: printable(title),
    cells: working.rows.map((row) => printable(row[column] ?? '')),
  }))
  const [stub, ...others] = columns
  return stub === undefined ? [] : joined(pagedTable(stub, others, page))
}

function joined(pages: readonly (readonly string[])[]): string[] {
  return pages.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]))
}

function isMore(a: string, b: string): boolean {
  const { units } = toCommonScale([a, b])
  return units[0]! > units[1]!
}
