import { breakWord, textWidth, wrapText } from './wrap.ts'

/** A column of a table; a cell may have several lines. */
export interface TableColumn {
  readonly title: string
  readonly cells: readonly string[]
}

/** Where and how a table is printed. */
export interface Page {
  /** In columns of the terminal. */
  readonly width: number
  /** Makes the head of a table stand out. */
  readonly head: (text: string) => string
  /** Colours a line of a cell that is a mark such as `elected`; its text stays the same. */
  readonly mark: (text: string) => string
}

/** What separates two columns. */
const gap = 2
/** The first column may take this much of the page, and always as much as a short name. */
const stubShare = 0.4
const stubLeast = 12

/**
 * A table that has more columns than a page is wide: columns of text are made narrower; if that is not enough,
 * as many columns as fit stand beside the first, then the next, and so on. A row that says nothing on a page is
 * left out there, and a page that says nothing too. Columns of figures are set to the right.
 *
 * @returns the lines of each page
 */
export function pagedTable(stub: TableColumn, columns: readonly TableColumn[], page: Page): string[][] {
  const natural = columns.map(widthOf)
  const narrow = narrowed([widthOf(stub), ...natural], [stub, ...columns], page.width)
  if (narrow !== undefined) {
    const [stubWidth, ...widths] = narrow as [number, ...number[]]
    return [pageLines(stub, columns, { page, stubWidth, widths })].filter(saysSomething)
  }
  const stubWidth = Math.min(Math.max(stubLeast, Math.floor(page.width * stubShare)), widthOf(stub))
  const room = page.width - stubWidth - gap
  const pages: string[][] = []
  for (let from = 0; from < columns.length; ) {
    // One column that is wider than the page is wrapped.
    const widths = [Math.min(room, natural[from]!)]
    let used = widths[0]!
    while (from + widths.length < columns.length) {
      const next = natural[from + widths.length]!
      used += gap + next
      if (used > room) break
      widths.push(next)
    }
    pages.push(pageLines(stub, columns.slice(from, from + widths.length), { page, stubWidth, widths }))
    from += widths.length
  }
  return pages.filter(saysSomething)
}

/** More than a head. */
function saysSomething(lines: readonly string[]): boolean {
  return lines.length > 1
}

/** Widths with which all columns fit, figures being left as wide as they are; undefined if there are none. */
function narrowed(
  natural: readonly number[],
  columns: readonly TableColumn[],
  width: number,
): number[] | undefined {
  const widths = [...natural]
  const isText = columns.map(({ cells }, column) => column === 0 || !cells.every(isFigure))
  let excess = widths.reduce((sum, each) => sum + each + gap, -gap) - width
  for (; excess > 0; excess--) {
    const widest = Math.max(...widths.filter((_, column) => isText[column]))
    if (widest <= stubLeast) return undefined
    widths[widths.findIndex((each, column) => isText[column] && each === widest)] = widest - 1
  }
  return widths
}

function pageLines(
  stub: TableColumn,
  columns: readonly TableColumn[],
  { page, stubWidth, widths }: { page: Page; stubWidth: number; widths: readonly number[] },
): string[] {
  const right = columns.map(({ cells }) => cells.every(isFigure))
  const rowLines = (cells: readonly string[], paint: (text: string) => string): string[] => {
    const parts = cells.map((cell, column) => wrapCell(cell, column === 0 ? stubWidth : widths[column - 1]!))
    const height = Math.max(...parts.map((lines) => lines.length))
    return Array.from({ length: height }, (_, line) =>
      parts
        .map((lines, column) => {
          const text = lines[line] ?? ''
          if (column === 0) return padded(text, stubWidth, false, paint)
          return ' '.repeat(gap) + padded(text, widths[column - 1]!, right[column - 1]!, paint)
        })
        .join('')
        .trimEnd(),
    )
  }
  const rows = [...stub.cells.keys()].filter((row) => columns.some(({ cells }) => (cells[row] ?? '') !== ''))
  return [
    ...rowLines([stub.title, ...columns.map(({ title }) => title)], page.head),
    ...rows.flatMap((row) =>
      rowLines([stub.cells[row]!, ...columns.map(({ cells }) => cells[row] ?? '')], page.mark),
    ),
  ]
}

/** Numbers, changes of numbers, and the words that stand under them. */
function isFigure(cell: string): boolean {
  return cell.split('\n').every((line) => /^([-+–]?\d[\d.,:/%]*\*?|elected|excluded|[–-]?)$/.test(line))
}

function widthOf({ title, cells }: TableColumn): number {
  return Math.max(textWidth(title), ...cells.flatMap((cell) => cell.split('\n').map(textWidth)))
}

function wrapCell(cell: string, width: number): string[] {
  return cell
    .split('\n')
    .flatMap((line) => wrapText(line, width))
    .flatMap((line) => breakWord(line, width))
}

function padded(text: string, width: number, right: boolean, paint: (text: string) => string): string {
  const space = ' '.repeat(Math.max(0, width - textWidth(text)))
  const painted = text === '' ? '' : paint(text)
  return right ? space + painted : painted + space
}
