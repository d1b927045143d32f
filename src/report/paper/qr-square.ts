import { encode } from 'uqr'
import type { Paper } from './paper.ts'

/** Draws a QR code that stays readable where a seventh of it is lost. @param at its upper left corner, and how wide it is */
export function drawQr(
  { document }: Pick<Paper, 'document'>,
  text: string,
  { x, y, width }: { x: number; y: number; width: number },
): void {
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  const module = width / size
  document.rect(x, y, width, width).fill('white').fillColor('black')
  for (const [row, modules] of data.entries()) {
    for (const [index, dark] of modules.entries()) {
      if (dark) document.rect(x + index * module, y + row * module, module, module)
    }
  }
  document.fill()
}
