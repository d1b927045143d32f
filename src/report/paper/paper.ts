import PDFDocument from 'pdfkit'
import { type FontName, lettersOf, readFonts } from './fonts.ts'
import { shownWith } from './letters.ts'

/** A4. In points, of 1/72 inch, as all lengths here. */
export const sheet = { width: 595.28, height: 841.89, margin: 58, foot: 68 } as const

/** The colours of the pages, for ink. */
export const ink = { text: '#1a1d21', soft: '#565d66', accent: '#0b3d73', line: '#b9c0c8', bad: '#a3161f' }

/** How a text is set. */
export interface Style {
  readonly font: FontName | 'Courier' | 'Courier-Bold'
  readonly size: number
  readonly colour: string
  /** Between its lines. */
  readonly gap: number
}

const plain: Style = { font: 'regular', size: 10.5, colour: ink.text, gap: 1.5 }

export const styles = {
  plain,
  strong: { ...plain, font: 'strong' },
  soft: { ...plain, size: 9.5, colour: ink.soft },
  title: { ...plain, font: 'strong', size: 25, colour: ink.accent },
  subtitle: { ...plain, size: 16 },
  section: { ...plain, font: 'strong', size: 14, colour: ink.accent },
  outcome: { ...plain, font: 'strong', size: 12.5 },
  note: { ...plain, font: 'italic', size: 9.5, colour: ink.soft },
  label: { ...plain, size: 9, colour: ink.soft },
  code: { ...plain, font: 'Courier', size: 8.5, gap: 3 },
  warning: { ...plain, font: 'strong', size: 13, colour: ink.bad },
} as const satisfies Record<string, Style>

/** Sheets that urna prints, all of one look. What is written on them goes through `write`, which knows every font. */
export interface Paper {
  readonly document: PDFKit.PDFDocument
  /** From the left margin to the right one. */
  readonly width: number
  write(text: string, style: Style, place?: Place): void
  /** Of a text so written. @param options.most as in `write` */
  heightOf(text: string, style: Style, options: { width: number; most?: number }): number
  /** A name as a part of a sentence: as `write` shows it, and short. */
  brief(name: string): string
  /** What was not shown as it is, and where it can be read: a sentence each, for the end of the sheet. */
  remarks(): string[]
  /** Ends the last sheet. */
  finish(): Promise<Uint8Array>
}

interface Place {
  readonly x?: number
  /** Of its upper edge, or of its first line where `on` says so and there is room; without it, below what was written last. */
  readonly y?: number
  readonly on?: 'line'
  readonly width?: number
  readonly align?: 'left' | 'center' | 'right'
  /** How many characters of it stand there at most. */
  readonly most?: number
}

/** In characters. */
const longest = 1500

/** What Courier is asked for, which is the reader's own: ASCII. */
const typewritten: ReadonlySet<number> = new Set(Array.from({ length: 95 }, (_, index) => 32 + index))

/**
 * @param options.madeAt ISO 8601: the only date in the file, so that the same content gives the same bytes
 * @param options.foot what stands at the foot of every sheet, before its number
 * @param options.whole where whoever misses a letter finds the text as it is: "the signed file"
 * @param options.ground draws what lies under the text of every sheet; with letters of a line that does not break
 */
export function openPaper(options: {
  readonly title: string
  readonly madeAt: string
  readonly foot: string
  readonly whole: string
  readonly ground: (document: PDFKit.PDFDocument) => void
}): Paper {
  const { madeAt, whole, ground } = options
  const fonts = readFonts()
  const has = lettersOf(fonts)
  const margins = { top: sheet.margin, left: sheet.margin, right: sheet.margin, bottom: sheet.foot }
  const title = shownWith(options.title, { has, most: 200 }).text
  const document = new PDFDocument({
    ...{ size: 'A4', margins, compress: true, bufferPages: true, autoFirstPage: false, lang: 'en' },
    info: { Title: title, Producer: 'urna', Creator: 'urna', CreationDate: new Date(madeAt) },
  })
  for (const [name, bytes] of fonts) document.registerFont(name, bytes)
  const bytes = collect(document)
  const width = sheet.width - 2 * sheet.margin
  const missed = { spelled: false, shortened: false }

  let last: Style = styles.plain
  const set = (text: string, style: Style, most: number) => {
    const { font, size, colour } = style
    last = style
    const shown = shownWith(text, { has: font.startsWith('Courier') ? typewritten : has, most })
    missed.spelled ||= shown.spelled
    missed.shortened ||= shown.shortened
    document.font(font).fontSize(size).fillColor(colour)
    return shown.text
  }
  document.on('pageAdded', () => {
    const { x, y } = document
    document.save()
    ground(document)
    document.restore()
    // A paragraph that goes on here goes on as it was set.
    document.font(last.font).fontSize(last.size).fillColor(last.colour)
    Object.assign(document, { x, y })
  })
  document.addPage()
  const heightOf: Paper['heightOf'] = (text, style, { width, most = longest }) =>
    document.heightOfString(set(text, style, most), { width, lineGap: style.gap })
  const write: Paper['write'] = (text, style, place = {}) => {
    const { x = sheet.margin, align = 'left', most = longest, on } = place
    const across = place.width ?? width
    // What fits on one sheet is not torn apart.
    const height = heightOf(text, style, { width: across, most })
    if (place.y === undefined && height < sheet.height / 4) needRoom({ document }, height)
    const options = {
      width: across,
      align,
      lineGap: style.gap,
      baseline: on === 'line' ? 'alphabetic' : 'top',
    } as const
    const { margins } = document.page
    const { bottom } = margins
    // Whoever says on which line has seen to it that there is room; the library measures from there as from the top.
    if (on === 'line') margins.bottom = 0
    document.text(set(text, style, most), x, place.y ?? document.y, options)
    margins.bottom = bottom
    document.x = sheet.margin
  }
  return {
    ...{ document, width, write, heightOf },
    brief: (name) => set(name, styles.plain, 100),
    remarks: () => [
      ...(missed.spelled
        ? [`What stands as [U+ and a number] is a letter that this sheet can't print; ${whole} has it.`]
        : []),
      ...(missed.shortened ? [`What ends with … is longer; ${whole} has it whole.`] : []),
    ],
    finish: async () => {
      writeFeet(document, write, options.foot)
      document.end()
      return bytes
    },
  }
}

function collect(document: PDFKit.PDFDocument): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  return new Promise((resolve, reject) => {
    document.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    document.on('end', () => resolve(Buffer.concat(chunks)))
    document.on('error', reject)
  })
}

/** Once it is known how many sheets there are. */
function writeFeet(document: PDFKit.PDFDocument, write: Paper['write'], foot: string): void {
  const { count } = document.bufferedPageRange()
  for (let page = 0; page < count; page++) {
    document.switchToPage(page)
    // It stands in the margin, where a text would begin another sheet.
    document.page.margins.bottom = 0
    const y = sheet.height - 54
    write(foot, styles.label, { y, width: 380, most: 90 })
    write(`${page + 1} / ${count}`, styles.label, {
      y,
      x: sheet.width - sheet.margin - 80,
      width: 80,
      align: 'right',
    })
  }
}

/** Begins another sheet where less than that is left of this one. */
export function needRoom({ document }: Pick<Paper, 'document'>, height: number): void {
  if (document.y + height > sheet.height - sheet.foot) document.addPage()
}

/** The heading of a part, which never stands alone at the foot of a sheet. */
export function beginSection(paper: Paper, title: string): void {
  needRoom(paper, 90)
  if (paper.document.y > sheet.margin) paper.document.y += 13
  paper.write(title, styles.section)
  paper.document.y += 3
}
