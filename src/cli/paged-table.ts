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
 * A table that has more columns than a page is wide: as many as fit stand beside the first column, then the
 * next, and so on. A row that says nothing on a page is left out there, and a page that says nothing too.
 * Columns of figures are set to the right.
 *
 * @returns for each page its lines, and which columns are on it
 */
export function pagedTable(
  stub: TableColumn,
  columns: readonly TableColumn[],
  page: Page,
): { from: number; to: number; lines: string[] }[] {
  const stubMost = Math.max(stubLeast, Math.floor(page.width * stubShare))
  const stubWidth = Math.min(stubMost, widthOf(stub))
  const room = page.width - stubWidth
  const pages: { from: number; to: number; lines: string[] }[] = []
  for (let from = 0; from < columns.length; ) {
    let to = from + 1
    let used = Math.min(room - gap, widthOf(columns[from]!)) + gap
    while (to < columns.length && used + gap + widthOf(columns[to]!) <= room) {
      used += gap + widthOf(columns[to]!)
      to++
    }
    const lines = pageLines(stub, columns.slice(from, to), { page, stubWidth, room })
    if (lines.length > 1) pages.push({ from, to, lines })
    from = to
  }
  return pages
}

function pageLines(
  stub: TableColumn,
  columns: readonly TableColumn[],
  { page, stubWidth, room }: { page: Page; stubWidth: number; room: number },
): string[] {
  // One column that is wider than the page is wrapped.
  const widths = columns.map((column) => Math.min(widthOf(column), room - gap))
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
