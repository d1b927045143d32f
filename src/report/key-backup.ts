import { openPaper, type Paper, sheet, styles } from './paper/paper.ts'
import { drawQr } from './paper/qr-square.ts'

export interface KeyBackup {
  readonly name: string
  /** 64 hexadecimal digits. */
  readonly publicKey: string
  readonly words: readonly string[]
  /** ISO 8601. */
  readonly madeAt: string
}

/** In points, of 1/72 inch. */
const column = { width: 125, lines: 8, height: 26 }
const square = 170

/** One sheet to be locked away: the words, and the same as a QR code. */
export async function keyBackupPdf({ name, publicKey, words, madeAt }: KeyBackup): Promise<Uint8Array> {
  const paper = openPaper({
    ...{ title: 'Key of a trustee', madeAt, foot: 'Key of a trustee', whole: 'the key file' },
    ground: () => {},
  })
  const { document, width } = paper
  paper.write('Key of a trustee', styles.title)
  document.y += 4
  paper.write(name, styles.subtitle, { most: 300 })
  document.y += 2
  paper.write(`Printed from the key file on ${madeAt.slice(0, 10)}`, styles.soft)
  document.y += 14
  paper.write(
    'Whoever has this sheet has the key: lock it away, apart from the machine with the key file. Without the keys that an election needs, nobody can ever open its votes.',
    styles.plain,
  )
  const top = document.y + 32
  writeWords(paper, words, top)
  const below = top + column.lines * column.height + 10
  drawQr(paper, words.join(' '), { x: sheet.margin, y: below, width: square })
  const beside = { x: sheet.margin + square + 20, width: width - square - 20 }
  document.y = below + 6
  paper.write('To get the key back, on any machine:', styles.plain, beside)
  document.y += 5
  paper.write('urna trustee restore', { ...styles.code, size: 10 }, beside)
  document.y += 5
  paper.write(
    'and type the 24 words in their order, and then how the public key begins: its first 8 digits. The square holds the same words, for a scanner without a network.',
    styles.plain,
    beside,
  )
  document.y += 12
  paper.write('Public key:', styles.plain, beside)
  document.y += 4
  for (const part of publicKey.match(/.{1,16}/g) ?? []) {
    paper.write(part, { ...styles.code, size: 9 }, beside)
  }
  document.y = below + square + 10
  for (const remark of paper.remarks()) paper.write(remark, styles.note)
  return paper.finish()
}

function writeWords(paper: Paper, words: readonly string[], top: number): void {
  const word = { ...styles.code, font: 'Courier-Bold', size: 14 } as const
  for (const [index, each] of words.entries()) {
    const x = sheet.margin + Math.floor(index / column.lines) * column.width
    const y = top + (index % column.lines) * column.height
    paper.write(String(index + 1), styles.label, { x, y, on: 'line', width: 18 })
    paper.write(each, word, { x: x + 20, y, on: 'line', width: column.width - 20 })
  }
}
