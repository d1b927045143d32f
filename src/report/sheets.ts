import ExcelJS from 'exceljs'
import { unsteered } from './plain-text.ts'
import { withoutZipTimes } from './zip-time.ts'

/** Of a sheet. Exact decimals that a spreadsheet would round are text, see `figure`. */
export type Cell = string | number | null

/** Rows of a sheet; those whose first cell begins a table are bold. */
export interface SheetRow {
  readonly cells: readonly Cell[]
  readonly bold?: true
}

export interface Sheet {
  readonly title: string
  readonly rows: readonly SheetRow[]
  /** Of the first columns, in characters; the others have the usual one. */
  readonly widths: readonly number[]
}

/**
 * A workbook, printed as wide as the page. The same sheets give the same bytes, and no cell is a formula, whatever
 * its text begins with.
 * @param made when the file says that it was made
 */
export async function workbookOf(sheets: readonly Sheet[], made: Date): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook()
  Object.assign(workbook, { creator: 'urna', lastModifiedBy: 'urna', created: made, modified: made })
  const names = new Set<string>()
  for (const sheet of sheets) addSheet(workbook, sheetName(sheet.title, names), sheet)
  return withoutZipTimes(new Uint8Array(await workbook.xlsx.writeBuffer()))
}

/** Of a column, in characters. */
const defaultWidth = 14

/** In points. */
const lineHeight = 15

/** In points: no spreadsheet program has a taller row, and some take a file with one for damaged. */
const tallest = 409

/** Of a cell; a file with more is taken for damaged. The rest says how much there is. */
const mostCharacters = 32_000

function cellText(text: string): string {
  const plain = unsteered(text)
  if (plain.length <= mostCharacters) return plain
  return `${plain.slice(0, mostCharacters).toWellFormed()}… (${plain.length} characters)`
}

/** Lines that the tallest cell of a row takes: spreadsheets don't work it out for a file that they open. */
function linesOf(cells: readonly Cell[], widths: readonly number[]): number {
  const lines = cells.slice(1).map((cell, index) => {
    const width = (widths[index + 1] ?? defaultWidth) - 2
    return typeof cell === 'string' ? wrapped(cell, width) : 1
  })
  return Math.max(1, ...lines)
}

function wrapped(text: string, width: number): number {
  let [lines, used] = [1, 0]
  for (const word of text.split(' ')) {
    if (used > 0 && used + 1 + word.length > width) [lines, used] = [lines + 1, 0]
    used += (used > 0 ? 1 : 0) + word.length
    lines += Math.ceil(used / width) - 1
    used = ((used - 1) % width) + 1
  }
  return lines
}

export function row(...cells: readonly Cell[]): SheetRow {
  return { cells }
}

export function heading(...cells: readonly Cell[]): SheetRow {
  return { cells, bold: true }
}

function addSheet(workbook: ExcelJS.Workbook, name: string, { rows, widths }: Sheet): void {
  // Printed, it is as wide as the page.
  const page = {
    orientation: 'landscape',
    paperSize: 9,
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
  } as const
  const sheet = workbook.addWorksheet(name, { pageSetup: page })
  sheet.properties.defaultColWidth = defaultWidth
  sheet.columns = widths.map((width) => ({ width }))
  for (const { cells: given, bold } of rows) {
    const cells = given.map((cell) => (typeof cell === 'string' ? cellText(cell) : cell))
    const added = sheet.addRow(cells)
    if (bold) added.font = { bold: true }
    added.eachCell((cell, column) => {
      const text = typeof cell.value === 'string'
      const horizontal = text || column <= 2 ? 'left' : 'right'
      const indent = column === 1 ? 0 : 1
      cell.alignment = { vertical: 'top', horizontal, indent, wrapText: text && column > 1 }
      // As text even when a person edits the cell or saves the sheet as CSV.
      if (text) cell.numFmt = '@'
    })
    added.height = Math.min(tallest, lineHeight * linesOf(cells, widths))
  }
}

/** Exact decimals stay text where a spreadsheet's numbers, of 15 digits, would round them. */
export function figure(votes: string): Cell {
  return votes.replace('.', '').length <= 15 ? Number(votes) : votes
}

export function signed(change: string): Cell {
  return change === '' ? null : change.replace(/[.+-]/g, '').length <= 15 ? Number(change) : change
}

/** At most 31 characters, none of those that a sheet's name may not have, and no two alike. */
function sheetName(title: string, taken: Set<string>): string {
  const plain =
    title
      .replace(/[[\]:*?/\\\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, ' ')
      .replace(/^'+|'+$/g, '')
      .trim() || 'Sheet'
  let name = plain.slice(0, 31).toWellFormed().trim()
  for (let number = 2; taken.has(name.toLowerCase()); number++) {
    const suffix = ` (${number})`
    name = `${plain
      .slice(0, 31 - suffix.length)
      .toWellFormed()
      .trim()}${suffix}`
  }
  taken.add(name.toLowerCase())
  return name
}
