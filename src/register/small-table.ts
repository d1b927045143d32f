import { columnKey } from './column-names.ts'
import { readCsv } from './csv-reader.ts'
import type { CsvSource } from './csv-source.ts'
import { CsvHeaderUnusable } from './refusals.ts'

/** A row of a CSV with a few known columns, by the name of the column; cells are trimmed. */
export interface SmallRow<Column extends string> {
  /** On which it begins, from 1. */
  readonly line: number
  /** Undefined where the row can't be told apart into cells. */
  readonly cells: Readonly<Record<Column, string>> | undefined
}

/**
 * Reads a CSV whose columns have one of a few names each; other columns are passed over.
 * @param columns names of each in `columnKey` form; a column whose list begins with '?' may be missing, and is empty then
 * @throws CsvUnreadable, CsvHeaderUnusable
 */
export async function readSmallTable<Column extends string>(
  source: CsvSource,
  columns: Readonly<Record<Column, readonly string[]>>,
): Promise<SmallRow<Column>[]> {
  const table = await readCsv(source, () => {})
  const keys = table.header.cells.map(columnKey)
  const places = new Map<Column, number>()
  for (const column of Object.keys(columns) as Column[]) {
    const place = keys.findIndex((key) => columns[column].includes(key))
    if (place < 0 && columns[column][0] !== '?') {
      const where = { file: source.name, line: table.header.line, columns: table.header.cells }
      const reason = `there is no column "${column}"`
      throw new CsvHeaderUnusable(where, reason, `Name the columns ${Object.keys(columns).join(', ')}.`)
    }
    places.set(column, place)
  }
  const rows: SmallRow<Column>[] = []
  for await (const row of table.rows) {
    rows.push({ line: row.line, cells: 'cells' in row ? cellsOf(row.cells, places) : undefined })
  }
  return rows
}

function cellsOf<Column extends string>(
  cells: readonly string[],
  places: ReadonlyMap<Column, number>,
): Record<Column, string> {
  return Object.fromEntries(
    [...places].map(([column, place]) => [column, (cells[place] ?? '').normalize('NFC').trim()]),
  ) as Record<Column, string>
}
