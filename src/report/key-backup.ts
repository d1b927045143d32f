import PDFDocument from 'pdfkit'
import { encode } from 'uqr'

export interface KeyBackup {
  readonly name: string
  /** 64 hexadecimal digits. */
  readonly publicKey: string
  readonly words: readonly string[]
  /** ISO 8601. */
  readonly madeAt: string
}

/** Points, of 1/72 inch. */
const margin = 56
const column = { width: 120, lines: 8, height: 26 }
const square = 170

/** One sheet to be locked away: the words, and the same as a QR code. */
export async function keyBackupPdf(backup: KeyBackup): Promise<Uint8Array> {
  const { words, madeAt, publicKey } = backup
  const name = latin(backup.name)
  const document = new PDFDocument({
    ...{ size: 'A4', margin, compress: true },
    info: { Title: 'Key of a trustee', Producer: 'urna', Creator: 'urna', CreationDate: new Date(madeAt) },
  })
  const chunks: Uint8Array[] = []
  const done = new Promise<void>((resolve, reject) => {
    document.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    document.on('end', resolve)
    document.on('error', reject)
  })
  document.font('Helvetica-Bold').fontSize(22).text('Key of a trustee')
  document.moveDown(0.3).font('Helvetica').fontSize(14).text(name)
  document
    .fontSize(9)
    .fillColor('#444')
    .text(`Printed from the key file on ${madeAt.slice(0, 10)}`)
  document.moveDown(1).fillColor('black').fontSize(11)
  document.text(
    'Whoever has this sheet has the key: lock it away, apart from the machine with the key file. Without the keys that an election needs, nobody can ever open its votes.',
    { lineGap: 2 },
  )
  const top = document.y + 22
  words.forEach((word, index) => {
    const x = margin + Math.floor(index / column.lines) * column.width
    const y = top + (index % column.lines) * column.height
    document
      .font('Helvetica')
      .fontSize(9)
      .fillColor('#666')
      .text(`${index + 1}`, x, y + 4, { width: 18 })
    document
      .font('Courier-Bold')
      .fontSize(14)
      .fillColor('black')
      .text(word, x + 20, y, { lineBreak: false })
  })
  const below = top + column.lines * column.height + 20
  drawQr(document, words.join(' '), { x: margin, y: below })
  document.font('Helvetica').fontSize(10).fillColor('black')
  const beside = { x: margin + square + 20, width: 595 - 2 * margin - square - 20 }
  document.text('To get the key back, on any machine:', beside.x, below, { width: beside.width })
  document.moveDown(0.4).font('Courier').fontSize(10)
  document.text('urna trustee restore', { width: beside.width })
  document.moveDown(0.4).font('Helvetica').fontSize(10)
  document.text(
    'and type the 24 words in their order. The square holds the same words, for a scanner without a network.',
    { width: beside.width, lineGap: 2 },
  )
  document.moveDown(1).text('Then compare the public key:', { width: beside.width })
  document.moveDown(0.3).font('Courier').fontSize(9)
  document.text(publicKey.match(/.{1,16}/g)?.join('\n') ?? '', { width: beside.width, lineGap: 2 })
  document.end()
  await done
  return Buffer.concat(chunks)
}

function drawQr(document: PDFKit.PDFDocument, text: string, at: { x: number; y: number }): void {
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  const module = square / size
  document.fillColor('black')
  for (const [row, modules] of data.entries()) {
    for (const [index, dark] of modules.entries()) {
      if (dark) document.rect(at.x + index * module, at.y + row * module, module, module)
    }
  }
  document.fill()
}

/** The fonts that every reader of PDF has know western letters only. */
function latin(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[^\u0020-\u007e\u00a0-\u00ff]/gu, (letter) => letter.normalize('NFD').replace(/\p{M}/gu, ''))
    .replace(/[^\u0020-\u007e\u00a0-\u00ff]/gu, '?')
}
