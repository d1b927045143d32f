import { setImmediate } from 'node:timers/promises'
import PDFDocument from 'pdfkit'
import type { Sink } from './output-file.ts'
import { lettersOf, readFonts } from './paper/fonts.ts'
import { shownWith } from './paper/letters.ts'
import { drawQr } from './paper/qr-square.ts'

/** Where the window of the envelope is: DIN 5008 form B for C5/6 and DL, or the left window of a US no. 10. */
export const envelopes = ['din-b', 'us-10'] as const
export type Envelope = (typeof envelopes)[number]

export interface Letter {
  /** The lines in the window, the name first. */
  readonly address: readonly string[]
  readonly subject: string
  /** Paragraphs, with empty lines between them. */
  readonly front: string
  /** Of the second page; an empty text for none. */
  readonly back: string
  readonly token: string
  /** Of the square; undefined where the letter has none. */
  readonly link: string | undefined
}

export interface LetterStyle {
  readonly envelope: Envelope
  /** Two pages for each, so that a printer that turns the sheets over begins every letter on a new one. */
  readonly duplex: boolean
  /** In small print above the address, for the post. */
  readonly sender: string
  readonly title: string
  /** ISO 8601. */
  readonly madeAt: string
  /** What stands beside the token: `Your voting token`. */
  readonly tokenLabel: string
}

export interface WrittenLetters {
  readonly letters: number
  readonly pages: number
  /** Letters in which a name has something that the font lacks, or was too long. */
  readonly altered: number
}

/** A text that leaves no room for the token. */
export class LetterTooLong extends RangeError {
  readonly side: 'front' | 'back'
  constructor(side: 'front' | 'back') {
    super(`the ${side} is longer than a page`)
    this.side = side
  }
}

const mm = 72 / 25.4
const inch = 72

/** Lengths in points. `text` is where the text begins, `folds` where a sheet is folded, `hole` where it is punched. */
const sheets = {
  'din-b': {
    ...{ width: 210 * mm, height: 297 * mm, left: 25 * mm, right: 20 * mm, text: 105 * mm, bottom: 20 * mm },
    ...{ folds: [105 * mm, 210 * mm], hole: 148.5 * mm, qr: 45 * mm },
    sender: { x: 25 * mm, y: 57.5 * mm, width: 80 * mm },
    address: { x: 25 * mm, y: 63 * mm, width: 78 * mm, line: 4.4 * mm, lines: 6, size: 10.5 },
  },
  'us-10': {
    ...{
      width: 8.5 * inch,
      height: 11 * inch,
      left: inch,
      right: inch,
      text: 3.95 * inch,
      bottom: 0.75 * inch,
    },
    ...{ folds: [(11 / 3) * inch, (22 / 3) * inch], hole: undefined, qr: 1.75 * inch },
    sender: { x: 0.95 * inch, y: 0.6 * inch, width: 5 * inch },
    address: { x: 0.95 * inch, y: 2.52 * inch, width: 3.4 * inch, line: 11.5, lines: 4, size: 9.5 },
  },
} as const

/** Bytes that wait to be written before no more pages are made. */
const highWater = 1 << 20
const size = 10
const gap = 2

/**
 * Writes letters one after the other; what is in memory does not grow with their number.
 * @throws LetterTooLong
 */
export async function writeLetters(
  sink: Sink,
  style: LetterStyle,
  letters: Iterable<Letter>,
): Promise<WrittenLetters> {
  const sheet = sheets[style.envelope]
  const fonts = readFonts()
  const has = lettersOf(fonts)
  let altered = false
  const shown = (text: string, most: number) => {
    const { text: letters, spelled, shortened } = shownWith(text, { has, most })
    altered ||= spelled || shortened
    return letters
  }
  const document = new PDFDocument({
    ...{ size: [sheet.width, sheet.height], margin: 0, compress: true, autoFirstPage: false },
    info: {
      Title: shown(style.title, 200),
      Producer: 'urna',
      Creator: 'urna',
      CreationDate: new Date(style.madeAt),
    },
  })
  for (const [name, bytes] of fonts) document.registerFont(name, bytes)
  const flow = (async () => {
    for await (const chunk of document) await sink(chunk as Uint8Array)
  })()
  const count = { letters: 0, pages: 0, altered: 0 }
  const turn = () => {
    document.addPage()
    count.pages++
  }
  try {
    for (const letter of letters) {
      altered = false
      turn()
      drawFront({ document, shown }, style, letter)
      if (letter.back !== '' || style.duplex) {
        turn()
        drawBack({ document, shown }, style, letter)
      }
      count.letters++
      if (altered) count.altered++
      while (document.readableLength > highWater) await Promise.race([setImmediate(), flow])
    }
    document.end()
    await flow
  } catch (error) {
    document.destroy()
    await flow.catch(() => {})
    throw error
  }
  return count
}

interface Pen {
  readonly document: PDFKit.PDFDocument
  readonly shown: (text: string, most: number) => string
}

function drawFront({ document, shown }: Pen, style: LetterStyle, letter: Letter): void {
  const sheet = sheets[style.envelope]
  const { sender, address } = sheet
  drawMarks(document, sheet)
  document.font('regular').fontSize(7).fillColor('#444')
  document.text(shown(style.sender, 120), sender.x, sender.y, {
    width: sender.width,
    height: 9,
    ellipsis: true,
  })
  document.fontSize(address.size).fillColor('black')
  for (const [index, line] of fitted(letter.address, address.lines).entries()) {
    const y = address.y + index * address.line
    document.text(shown(line, 100), address.x, y, {
      width: address.width,
      height: address.line,
      ellipsis: true,
    })
  }
  const { width, x } = columnOf(sheet)
  document.font('strong').fontSize(12.5)
  document.text(shown(letter.subject, 300), x, sheet.text, { width, height: 34, ellipsis: true, lineGap: 1 })
  const top = sheet.height - sheet.bottom - sheet.qr
  drawText(
    { document, shown },
    { text: letter.front, from: document.y + 8, to: top - 10, sheet, side: 'front' },
  )
  drawToken({ document, shown }, style, letter, top)
}

/** No line of an address is lost: those that the window has no room for stand on its last one. */
function fitted(lines: readonly string[], most: number): readonly string[] {
  return lines.length <= most ? lines : [...lines.slice(0, most - 1), lines.slice(most - 1).join(', ')]
}

function drawBack({ document, shown }: Pen, { envelope }: LetterStyle, { back }: Letter): void {
  const sheet = sheets[envelope]
  drawText(
    { document, shown },
    { text: back, from: sheet.left, to: sheet.height - sheet.bottom, sheet, side: 'back' },
  )
}

function drawText(
  { document, shown }: Pen,
  options: {
    text: string
    from: number
    to: number
    sheet: (typeof sheets)[Envelope]
    side: 'front' | 'back'
  },
): void {
  const { from, to, side } = options
  const { x, width } = columnOf(options.sheet)
  const paragraphs = options.text.trim().split(/\n\s*\n/)
  const text = paragraphs.map((paragraph) => shown(paragraph.replace(/\s*\n\s*/g, ' '), 10_000)).join('\n\n')
  document.font('regular').fontSize(size).fillColor('black')
  if (from + document.heightOfString(text, { width, lineGap: gap }) > to) throw new LetterTooLong(side)
  document.text(text, x, from, { width, lineGap: gap })
}

/** The square, and beside it the token and the page to type it on. */
function drawToken(
  { document, shown }: Pen,
  { tokenLabel, envelope }: LetterStyle,
  letter: Letter,
  top: number,
): void {
  const sheet = sheets[envelope]
  const { x, width } = columnOf(sheet)
  const { link, token } = letter
  document
    .moveTo(x, top - 5)
    .lineTo(x + width, top - 5)
    .lineWidth(0.5)
    .stroke('#888')
  if (link !== undefined) drawQr({ document }, link, { x: x - 4, y: top, width: sheet.qr })
  const beside = link === undefined ? x : x + sheet.qr + 12
  const rest = x + width - beside
  document
    .font('regular')
    .fontSize(9.5)
    .fillColor('#333')
    .text(tokenLabel, beside, top + 14, { width: rest })
  // Two groups a line, so that it fits and is read aloud without a mistake.
  const groups = token.split('-')
  document.font('Courier-Bold').fontSize(19).fillColor('black')
  document.text(`${groups.slice(0, 2).join('-')}-`, beside, top + 32, {
    lineBreak: false,
    characterSpacing: 1,
  })
  document.text(groups.slice(2).join('-'), beside, top + 56, { lineBreak: false, characterSpacing: 1 })
  if (link === undefined) return
  document.font('regular').fontSize(9.5).fillColor('#333')
  document.text(shown(link.replace(/#.*$/, ''), 200), beside, top + 86, { width: rest })
}

function drawMarks(document: PDFKit.PDFDocument, { folds, hole }: (typeof sheets)[Envelope]): void {
  for (const y of folds) document.moveTo(10, y).lineTo(20, y)
  if (hole !== undefined) document.moveTo(10, hole).lineTo(26, hole)
  document.lineWidth(0.4).stroke('#888')
}

function columnOf({ left, right, width }: (typeof sheets)[Envelope]): { x: number; width: number } {
  return { x: left, width: width - left - right }
}
