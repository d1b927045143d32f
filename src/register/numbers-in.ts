import { columnNames } from './column-names.ts'
import { fileSource } from './csv-source.ts'
import { readSmallTable } from './small-table.ts'

/**
 * The member numbers in a CSV, each once.
 * @throws CsvUnreadable, CsvHeaderUnusable
 */
export async function numbersIn(path: string): Promise<string[]> {
  const rows = await readSmallTable(fileSource(path), { number: columnNames.number })
  const numbers = rows.map(({ cells }) => cells?.number ?? '')
  return [...new Set(numbers.filter((number) => number !== ''))]
}
