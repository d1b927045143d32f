/**
 * Names that voters write in. A name has one spelling on the ballot: NFC, with single spaces, and nothing that a
 * screen would not show, so that a name can be sealed in one way only.
 */

/** Control characters, line ends, and what turns the direction of the text around it. */
const unseen = /[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff]/u

/** What is typed, as it goes on the ballot. */
export function cleanWriteIn(typed: string): string {
  return typed.normalize('NFC').replace(/\s+/gu, ' ').trim()
}

/** Why a name can't stand on a ballot as it is written; `undefined` when it can. */
export function writeInFault(name: string): 'empty' | 'characters' | undefined {
  if (!/[\p{L}\p{N}]/u.test(name)) return 'empty'
  return unseen.test(name) || !name.isWellFormed() || cleanWriteIn(name) !== name ? 'characters' : undefined
}

/** How long a name is on the ballot: bytes of UTF-8. */
export function writeInBytes(name: string): number {
  return new TextEncoder().encode(name).length
}

/** The same for names that are written alike but for case and accents written in another way. */
export function writeInKey(name: string): string {
  return cleanWriteIn(cleanWriteIn(name).toUpperCase().toLowerCase())
}

const mark = ' (write-in)'

/** A name that was written in, as results tell it: no printed option has such a name. */
export function writeInLabel(name: string): string {
  return name + mark
}

/** The name in a label; undefined for what is none. */
export function nameOfLabel(label: string): string | undefined {
  return label.endsWith(mark) ? label.slice(0, -mark.length) : undefined
}
