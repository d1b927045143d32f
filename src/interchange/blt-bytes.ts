/** The bytes that mean something in the numbers of a BLT file. */
export const lineFeed = 0x0a
export const space = 0x20
export const quote = 0x22
export const hash = 0x23
export const opening = 0x28
export const closing = 0x29
export const comma = 0x2c
export const minus = 0x2d
export const point = 0x2e
export const zero = 0x30
export const nine = 0x39
export const equals = 0x3d
export const openingSquare = 0x5b
export const closingSquare = 0x5d

export function isDigit(code: number): boolean {
  return code >= zero && code <= nine
}

export function isSpace(code: number): boolean {
  return code === space || (code >= 0x09 && code <= 0x0d)
}

/** Whether a byte ends a word. */
export function isDelimiter(code: number): boolean {
  return isSpace(code) || code === comma
}

/** Where the word ends that begins at a place; `=` and `#` end words too. */
export function endOfWord(bytes: Uint8Array, at: number): number {
  let end = at + 1
  while (end < bytes.length && !isDelimiter(bytes[end]!) && bytes[end] !== equals && bytes[end] !== hash)
    end++
  return end
}

/** The text of some bytes of UTF-8. */
export function textOf(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString()
}
