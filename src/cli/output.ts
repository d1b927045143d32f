import chalk from 'chalk'
import Table from 'cli-table3'
import { breakWord, textWidth, wrapText } from './wrap.ts'

/**
 * Text from outside (names, titles, file names) made safe for a terminal: no escape sequences, no control
 * or direction-changing characters, one line.
 */
export function printable(text: string): string {
  return text.replace(/[\r\n\t]+/g, ' ').replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
}

/** Columns that the terminal has; 80 where nobody knows, or it says 0. */
export function terminalWidth(): number {
  return process.stdout.columns || 80
}

/** Columns are never made narrower than this to fit the terminal. */
const narrowest = 12
/** The library takes time with the square of the rows. */
const rowsAtOnce = 200
/** Of a cell. The library takes time with more than the square of its lines; a longer text says how long it is. */
const mostInCell = 400

/** A borderless table that wraps its widest columns to fit the terminal. */
export function formatTable(options: {
  head: readonly string[]
  rows: readonly (readonly string[])[]
  /** Columns of figures, by index. */
  right?: readonly number[]
}): string {
  const { head, right = [] } = options
  const rows = options.rows.map((row) => row.map(shortened))
  const widths = head.map((title, column) =>
    rows.reduce((most, row) => Math.max(most, textWidth(row[column] ?? '')), textWidth(title)),
  )
  const gaps = 2 * head.length
  let excess = widths.reduce((sum, width) => sum + width, 0) + gaps - terminalWidth()
  for (; excess > 0; excess--) {
    const widest = Math.max(...widths)
    if (widest <= narrowest) break
    widths[widths.indexOf(widest)] = widest - 1
  }
  const layOut = (part: readonly (readonly string[])[]) => {
    const table = new Table({
      colWidths: widths.map((width) => width + 2),
      colAligns: head.map((_, column) => (right.includes(column) ? 'right' : 'left')),
      style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
      chars: {
        ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '' },
        ...{ bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' },
        ...{ left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '' },
      },
    })
    for (const row of part) table.push(row.map((cell, column) => wrapCell(cell, widths[column] ?? narrowest)))
    return table
      .toString()
      .split('\n')
      .map((line) => line.trimEnd())
  }
  // Bold only now: the table would count the codes for it as text.
  const lines = layOut([head]).map((line) => chalk.bold(line))
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    lines.push(...layOut(rows.slice(from, from + rowsAtOnce)))
  }
  return lines.join('\n')
}

function shortened(cell: string): string {
  if (cell.length <= mostInCell) return cell
  const letters = Array.from(cell)
  if (letters.length <= mostInCell) return cell
  return `${letters.slice(0, mostInCell).join('')}… (${letters.length} characters)`
}

/** Breaks between words, and inside one that is longer than the cell, so that nothing is cut off. */
function wrapCell(cell: string, width: number): string {
  return wrapText(cell, width)
    .flatMap((line) => breakWord(line, width))
    .join('\n')
}

/** 1234567 → 1,234,567 */
export function formatCount(count: number | bigint): string {
  return count.toLocaleString('en-US')
}

/** `1 ballot`, `2 ballots` */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`
}
