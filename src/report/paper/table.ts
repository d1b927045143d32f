import { ink, type Paper, type Style, sheet, styles } from './paper.ts'

export interface Column {
  readonly title: string
  /** Of the width of the paper; of all columns together 1. */
  readonly share: number
  readonly align?: 'left' | 'right'
  readonly style?: Style
}

export interface Row {
  readonly cells: readonly string[]
  /** Set strongly. */
  readonly strong?: boolean
}

const gap = 10
const padding = 2.5
/** In characters: so many fit on a sheet in the narrowest column. */
const longest = 160

/** A table with a line under each row; its head stands again at the top of every sheet. */
export function drawTable(paper: Paper, columns: readonly Column[], rows: readonly Row[]): void {
  const { document } = paper
  const head = () => {
    if (columns.every(({ title }) => title === '')) return
    drawRow(
      paper,
      columns.map((column) => ({ ...column, style: styles.label })),
      columns.map(({ title }) => title),
    )
  }
  head()
  for (const { cells, strong = false } of rows) {
    const set = strong ? columns.map((column) => ({ ...column, style: styles.strong })) : columns
    if (document.y + heightOf(paper, set, cells) > sheet.height - sheet.foot) {
      document.addPage()
      head()
    }
    drawRow(paper, set, cells)
  }
}

function heightOf(paper: Paper, columns: readonly Column[], cells: readonly string[]): number {
  const heights = columns.map(({ style = styles.plain }, index) =>
    paper.heightOf(cells[index] ?? '', style, { width: widthOf(paper, columns, index), most: longest }),
  )
  return Math.max(...heights) + 2 * padding
}

/** The last column reaches to the margin. */
function widthOf({ width }: Paper, columns: readonly Column[], index: number): number {
  return (columns[index]?.share ?? 0) * width - (index === columns.length - 1 ? 0 : gap)
}

function drawRow(paper: Paper, columns: readonly Column[], cells: readonly string[]): void {
  const { document, width } = paper
  const top = document.y
  const bottom = top + heightOf(paper, columns, cells)
  // Fonts of different sizes stand on one line.
  const line = top + padding + Math.max(...columns.map(({ style = styles.plain }) => style.size))
  let x = sheet.margin
  for (const [index, { share, align = 'left', style = styles.plain }] of columns.entries()) {
    const place = { x, y: line, on: 'line', width: widthOf(paper, columns, index), most: longest } as const
    paper.write(cells[index] ?? '', style, { ...place, align })
    x += share * width
  }
  document
    .moveTo(sheet.margin, bottom)
    .lineTo(sheet.margin + width, bottom)
    .lineWidth(0.4)
    .stroke(ink.line)
  document.y = bottom
}

/** What is said of one thing: labels at the left, what they stand for at the right. */
export function drawFacts(
  paper: Paper,
  facts: readonly (readonly [label: string, text: string, style?: Style])[],
): void {
  for (const [label, text, style = styles.plain] of facts) {
    const columns = [
      { title: '', share: 0.3, style: styles.soft },
      { title: '', share: 0.7, style },
    ]
    if (paper.document.y + heightOf(paper, columns, [label, text]) > sheet.height - sheet.foot)
      paper.document.addPage()
    drawRow(paper, columns, [label, text])
  }
}
