import PDFDocument from 'pdfkit'
import type { Sink } from './output-file.ts'
import { lettersOf, readFonts } from './paper/fonts.ts'
import { shownWith } from './paper/letters.ts'

/** The sizes of sheets that there are to print on. In points. */
export const sheetSizes = { a4: [595.28, 841.89], letter: [612, 792] } as const
export type SheetSize = keyof typeof sheetSizes

/** A contest as a paper has it. */
export interface PaperContest {
  readonly title: string
  readonly description: string
  /** What to do: "Mark one box." */
  readonly instruction: string
  /** How an option is marked: a box to tick, a square for a figure, or a box for each grade. */
  readonly marks:
    | { readonly kind: 'box' | 'figure' }
    | { readonly kind: 'grades'; readonly grades: readonly string[] }
  readonly options: readonly { readonly name: string; readonly note: string }[]
  /** What a blank ballot is called; null where it has no box of its own. */
  readonly blank: string | null
}

export interface BallotSheets {
  readonly organisation: string
  readonly title: string
  /** ISO 8601: the only date in the file. */
  readonly madeAt: string
  readonly size: SheetSize
  /** What stands under the last contest. */
  readonly closing: string
  readonly rehearsal: string | null
  readonly contests: readonly PaperContest[]
}

const margin = 54
const square = 15
const ink = '#111'
const soft = '#444'

/**
 * A paper ballot as a PDF, to be copied as often as needed. All copies are the same, and nothing on them can be told
 * apart: a number would say whose a paper is.
 * @returns how many pages a paper has
 */
export async function writeBallotSheets(sink: Sink, sheets: BallotSheets): Promise<number> {
  const [width, height] = sheetSizes[sheets.size]
  const fonts = readFonts()
  const has = lettersOf(fonts)
  const document = new PDFDocument({
    ...{ size: [width, height], margin, compress: true, bufferPages: true, lang: 'en' },
    info: {
      Title: shownWith(`Ballot: ${sheets.title}`, { has, most: 200 }).text,
      ...{ Producer: 'urna', Creator: 'urna', CreationDate: new Date(sheets.madeAt) },
    },
  })
  for (const [name, bytes] of fonts) document.registerFont(name, bytes)
  const flow = (async () => {
    for await (const chunk of document) await sink(chunk as Uint8Array)
  })()
  const pen: Pen = {
    document,
    across: width - 2 * margin,
    bottom: height - margin - 24,
    write(text, { font = 'regular', size = 10.5, colour = ink, x = margin, y, across, most = 400 }) {
      document.font(font).fontSize(size).fillColor(colour)
      const shown = shownWith(text, { has, most }).text
      document.text(shown, x, y ?? document.y, { width: across ?? width - margin - x, lineGap: 1.5 })
      document.x = margin
    },
    heightOf(text, { font = 'regular', size = 10.5, across, most = 400 }) {
      document.font(font).fontSize(size)
      return document.heightOfString(shownWith(text, { has, most }).text, { width: across, lineGap: 1.5 })
    },
  }
  if (sheets.rehearsal !== null) pen.write(sheets.rehearsal, { font: 'strong', colour: '#a3161f' })
  pen.write(sheets.organisation, { colour: soft })
  pen.write(sheets.title, { font: 'strong', size: 18 })
  for (const contest of sheets.contests) drawContest(pen, contest)
  if (document.y + 50 > pen.bottom) document.addPage()
  document.y += 18
  pen.write(sheets.closing, { font: 'italic', size: 9.5, colour: soft })
  const { count } = document.bufferedPageRange()
  for (let page = 0; count > 1 && page < count; page++) {
    document.switchToPage(page)
    document.page.margins.bottom = 0
    pen.write(`${page + 1} / ${count}`, { size: 9, colour: soft, y: height - margin })
  }
  document.end()
  await flow
  return count
}

interface TextStyle {
  readonly font?: 'regular' | 'strong' | 'italic'
  readonly size?: number
  readonly colour?: string
  readonly x?: number
  readonly y?: number
  readonly across?: number
  readonly most?: number
}

interface Pen {
  readonly document: PDFKit.PDFDocument
  readonly across: number
  /** Where a page ends. */
  readonly bottom: number
  write(text: string, style: TextStyle): void
  heightOf(text: string, style: TextStyle & { across: number }): number
}

const smallest = 9

/** The heading of a contest stays with its first option; an option is never torn apart. */
function drawContest(pen: Pen, contest: PaperContest): void {
  const { document, across } = pen
  const { title, description, instruction, marks, options, blank } = contest
  const heads = [
    { text: title, style: { font: 'strong', size: 14 } as const },
    ...(description === ''
      ? []
      : [{ text: description, style: { size: 10, colour: soft, most: 600 } as const }]),
    { text: instruction, style: { font: 'italic' } as const },
  ]
  const height = heads.reduce((sum, { text, style }) => sum + pen.heightOf(text, { ...style, across }), 0)
  document.y += 16
  if (document.y + height + 3 * square > pen.bottom) document.addPage()
  document
    .moveTo(margin, document.y)
    .lineTo(margin + across, document.y)
    .lineWidth(1)
    .stroke(ink)
  document.y += 7
  for (const { text, style } of heads) pen.write(text, style)
  document.y += 5
  for (const { name, note } of options) drawOption(pen, { name, note, marks })
  if (blank !== null) drawOption(pen, { name: blank, note: '', marks: { kind: 'box' } })
}

function drawOption(
  pen: Pen,
  { name, note, marks }: { name: string; note: string; marks: PaperContest['marks'] },
): void {
  const { document } = pen
  const x = margin + (marks.kind === 'figure' ? 2 * square : square) + 12
  const across = margin + pen.across - x
  const nameHeight = pen.heightOf(name, { font: 'strong', size: 11.5, across })
  const noteHeight = note === '' ? 0 : pen.heightOf(note, { size: smallest, across })
  const grades = marks.kind === 'grades' ? marks.grades : []
  const columns = Math.max(1, Math.floor(across / 120))
  const gradeHeight = Math.ceil(grades.length / columns) * (square + 4)
  const height = Math.max(square, nameHeight + noteHeight) + gradeHeight + 9
  if (document.y + height > pen.bottom) document.addPage()
  const top = document.y
  if (marks.kind !== 'grades') {
    document
      .rect(margin + 2, top + 1, marks.kind === 'figure' ? 2 * square : square, square)
      .lineWidth(1.2)
      .stroke(ink)
  }
  pen.write(name, { font: 'strong', size: 11.5, x, y: top + 1, across })
  if (note !== '') pen.write(note, { size: smallest, colour: soft, x, across })
  const below = document.y + 3
  for (const [index, grade] of grades.entries()) {
    const at = { x: x + (index % columns) * 120, y: below + Math.floor(index / columns) * (square + 4) }
    document.rect(at.x, at.y, 11, 11).lineWidth(1).stroke(ink)
    pen.write(grade, { size: smallest, x: at.x + 16, y: at.y, across: 100, most: 40 })
  }
  document.y = top + height
}
