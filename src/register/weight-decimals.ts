import { readCsv } from './csv-reader.ts'
import type { CsvSource } from './csv-source.ts'

/**
 * The signs that separate decimals in a column of weights, as far as a weight of the column proves it: `1.5` has no other
 * meaning, and so `1.125` below it is no thousand. A sign that separates thousands anywhere proves nothing.
 * @param column of the cells with weights, from 0
 * @returns none for a stream, which can be read once only
 */
export async function decimalSigns(source: CsvSource, column: number): Promise<ReadonlySet<string>> {
  const proven = new Set<string>()
  if (!source.repeatable) return proven
  const thousands = new Set<string>()
  const table = await readCsv(source, () => {})
  for await (const row of table.rows) {
    const text = 'cells' in row ? (row.cells[column] ?? '').trim() : ''
    const [, grouping] = /^\d{1,3}(?:([.,])\d{3})(?:\1\d{3}|[.,]\d)/.exec(text) ?? []
    if (grouping !== undefined) thousands.add(grouping)
    const [, whole = '', sign = '', places = ''] = /^(\d+)([.,])(\d{1,6})$/.exec(text) ?? []
    if (sign !== '' && (places.length !== 3 || whole === '0' || whole.length > 3)) proven.add(sign)
  }
  for (const sign of thousands) proven.delete(sign)
  return proven
}

/** A weight with three decimal places, whose sign is proven, in a spelling that nobody takes for a thousand. */
export function clearWeight(text: string, signs: ReadonlySet<string>): string {
  const [, sign] = /^\d{1,10}([.,])\d{3}$/.exec(text.trim()) ?? []
  return sign !== undefined && signs.has(sign) ? `${text.trim()}0` : text
}
