import { execFileSync } from 'node:child_process'
import decodeQR from 'qr/decode.js'

/** Whether there is what reads a PDF; a test without it says so, and is skipped. */
export const hasPoppler = ['pdftotext', 'pdftoppm'].every(isThere)
if (!hasPoppler) console.warn('skipped: no poppler-utils (pdftotext, pdftoppm)')

function isThere(program: string): boolean {
  try {
    execFileSync('which', [program])
    return true
  } catch {
    return false
  }
}

/** The text of each page, with one space where there are several, or a new line. */
export function pagesOf(file: string): string[] {
  const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
  // A form feed ends each page.
  return text
    .split('\f')
    .slice(0, -1)
    .map((page) => page.replace(/\s+/g, ' ').trim())
}

/** What the QR code on a page says, as a scanner reads it off the paper. */
export function squareOn(file: string, page: number): string {
  return decodeQR(pictureOf(file, page), { timeLimit: 60_000, effort: 10 })
}

/** How much of a page has that colour, from 0 to 1; edges of letters are lighter, and left out. */
export function inkOn(
  file: string,
  page: number,
  [red, green, blue]: readonly [number, number, number],
): number {
  const { data, width, height } = pictureOf(file, page)
  let found = 0
  for (let at = 0; at < data.length; at += 3) {
    if (data[at] === red && data[at + 1] === green && data[at + 2] === blue) found++
  }
  return found / (width * height)
}

/** @returns three bytes a pixel, at 150 pixels an inch */
function pictureOf(file: string, page: number): { width: number; height: number; data: Uint8Array } {
  const shown = ['-r', '150', '-f', String(page), '-l', String(page)]
  const ppm = execFileSync('pdftoppm', [...shown, file], { maxBuffer: 2 ** 26 })
  const [head, width, height] = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(ppm.toString('latin1', 0, 40)) ?? []
  if (head === undefined) throw new Error('pdftoppm drew no picture')
  return { width: Number(width), height: Number(height), data: new Uint8Array(ppm.subarray(head.length)) }
}
