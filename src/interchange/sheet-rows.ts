import { type UnzipFileInfo, unzipSync } from 'fflate'
import type { CsvRow } from './csv-rows.ts'
import { Irregularities, type Place } from './irregularities.ts'
import { XmlElements, type XmlFields } from './xml-elements.ts'

/** The last column that a sheet can have, XFD. */
const lastColumn = 16_384

/** The most bytes that a part of a workbook may hold. */
const largestPart = 1 << 30

/**
 * Hands over the rows of the first sheet of an Office Open XML workbook (.xlsx), as if it were a CSV. Empty
 * rows are left out.
 * @throws RangeError if it is no such workbook, or a damaged one
 */
export function readSheetRows(workbook: Uint8Array, take: (row: CsvRow) => void): void {
  const textOf = (name: string) => partOf(workbook, name)
  const shared: string[] = []
  readElements(textOf('xl/sharedStrings.xml'), ['si', 1], (item) => shared.push(stringOf(item)))
  const sheet = textOf(firstSheet(textOf) ?? 'xl/worksheets/sheet1.xml')
  if (sheet === undefined) throw new RangeError('a workbook without a sheet')
  let number = 0
  readElements(sheet, ['row', 2], (row) => {
    number = /^\d{1,7}$/.test(String(row.r)) ? Number(row.r) : number + 1
    const cells = cellsOf(row, shared)
    if (cells.some((cell) => cell !== '')) take(new SheetRow(number, cells))
  })
}

/** @throws RangeError if it is no zip file, or a damaged one */
function partOf(workbook: Uint8Array, name: string): string | undefined {
  try {
    const filter = (part: UnzipFileInfo) => part.name === name && part.originalSize <= largestPart
    const content = unzipSync(workbook, { filter })[name]
    return content && new TextDecoder().decode(content)
  } catch {
    throw new RangeError('not a zip file, or a damaged one')
  }
}

/** The path of the sheet that the workbook names first. */
function firstSheet(textOf: (name: string) => string | undefined): string | undefined {
  let id: string | undefined
  readElements(textOf('xl/workbook.xml'), ['sheet', 2], (sheet) => {
    id ??= sheet.id as string
  })
  let target: string | undefined
  readElements(textOf('xl/_rels/workbook.xml.rels'), ['Relationship', 1], (relationship) => {
    if (relationship.Id === id) target = relationship.Target as string
  })
  if (target === undefined) return undefined
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`
}

/** @throws RangeError if it is not XML */
function readElements(
  text: string | undefined,
  [name, depth]: readonly [string, number],
  take: (element: XmlFields) => void,
): void {
  if (text === undefined) return
  const elements = new XmlElements(
    (each, at) => each === name && at === depth,
    (_, element) => take(element),
    new Irregularities('xlsx', 'refused'),
  )
  elements.write(text)
  elements.end()
}

function cellsOf(row: XmlFields, shared: readonly string[]): string[] {
  const cells: string[] = []
  for (const cell of (row.c ?? []) as XmlFields[]) {
    const column = columnOf(cell.r as string | undefined) ?? cells.length
    while (cells.length < column) cells.push('')
    cells[column] = cellText(cell, shared).trim()
  }
  return cells
}

/** From 0: 27 for AB7. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0]
  if (letters === undefined) return undefined
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
  return Math.min(column, lastColumn) - 1
}

function cellText(cell: XmlFields, shared: readonly string[]): string {
  if (cell.t === 'inlineStr') return stringOf(((cell.is ?? []) as XmlFields[])[0] ?? {})
  const [value = ''] = textsIn(cell, 'v')
  return cell.t === 's' ? (shared[Number(value)] ?? '') : value
}

/** A string of one piece, or of runs of different looks. */
function stringOf(item: XmlFields): string {
  const runs = ((item.r ?? []) as XmlFields[]).flatMap((run) => textsIn(run, 't'))
  return [...textsIn(item, 't'), ...runs].join('')
}

/** A text that keeps its spaces has an attribute that says so, and so is an element. */
function textsIn(element: XmlFields, name: string): string[] {
  const texts = (element[name] ?? []) as (string | XmlFields)[]
  return texts.map((text) => (typeof text === 'string' ? text : String(text['#text'] ?? '')))
}

class SheetRow implements CsvRow {
  readonly line: number
  readonly #cells: readonly string[]

  constructor(line: number, cells: readonly string[]) {
    this.line = line
    this.#cells = cells
  }

  get length(): number {
    return this.#cells.length
  }

  text(cell: number): string {
    return this.#cells[cell] ?? ''
  }

  isEmpty(cell: number): boolean {
    return this.text(cell) === ''
  }

  wholeNumber(cell: number): number {
    const text = this.text(cell)
    return /^\d{1,9}$/.test(text) ? Number(text) : -1
  }

  /** The row and the column of the sheet. */
  place(cell: number): Place {
    return { line: this.line, column: cell + 1 }
  }
}
