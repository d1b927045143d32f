import chalk from 'chalk'
import Table from 'cli-table3'

/**
 * Text from outside (names, titles, file names) made safe for a terminal: no escape sequences, no control
 * or direction-changing characters, one line.
 */
export function printable(text: string): string {
  return text.replace(/[\r\n\t]+/g, ' ').replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
}

/** Columns that the terminal has; 80 where nobody knows. */
export function terminalWidth(): number {
  return process.stdout.columns ?? 80
}

/** A borderless table that wraps its widest column to fit the terminal. */
export function formatTable(options: {
  head: readonly string[]
  rows: readonly (readonly string[])[]
  /** Columns of figures, by index. */
  right?: readonly number[]
}): string {
  const { head, rows, right = [] } = options
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  )
  const gaps = 2 * head.length
  const excess = widths.reduce((sum, width) => sum + width, 0) + gaps - terminalWidth()
  if (excess > 0) {
    const widest = widths.indexOf(Math.max(...widths))
    widths[widest] = Math.max(12, (widths[widest] ?? 0) - excess)
  }
  const table = new Table({
    head: head.map((title) => chalk.bold(title)),
    colWidths: widths.map((width) => width + 2),
    colAligns: head.map((_, column) => (right.includes(column) ? 'right' : 'left')),
    wordWrap: true,
    wrapOnWordBoundary: false,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
    chars: {
      ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '' },
      ...{ bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' },
      ...{ left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '' },
    },
  })
  for (const row of rows) table.push([...row])
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
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
