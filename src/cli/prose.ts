import { printable, terminalWidth } from './output.ts'
import { wrapText } from './wrap.ts'

/**
 * A sentence that breaks between words where the terminal ends.
 * @param mark stands before it, and may be coloured; further lines begin below the first word
 * @param width of the mark, in columns
 */
export function prose(sentence: string, mark = '', width = mark.length): string {
  return mark + wrapText(printable(sentence), terminalWidth() - width).join(`\n${' '.repeat(width)}`)
}
