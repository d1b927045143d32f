import { isUtf8 } from 'node:buffer'

/** How the text of a file is written down. */
export type Encoding = 'utf-16le' | 'utf-16be' | 'utf-8'

/** The encoding of a text by its first bytes: a byte order mark, or the zeros that UTF-16 has beside Latin letters. */
export function encodingOf(head: Uint8Array): Encoding {
  const [first, second, third, fourth] = head
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (first && second === 0 && third && fourth === 0) return 'utf-16le'
  if (first === 0 && second && third === 0 && fourth) return 'utf-16be'
  return 'utf-8'
}

/** Turns UTF-16 into UTF-8, a piece at a time. */
export function utf8From(encoding: Exclude<Encoding, 'utf-8'>): {
  write(bytes: Uint8Array): Uint8Array
  end(): Uint8Array
} {
  const decoder = new TextDecoder(encoding)
  const encoder = new TextEncoder()
  return {
    write: (bytes) => encoder.encode(decoder.decode(bytes, { stream: true })),
    end: () => encoder.encode(decoder.decode()),
  }
}

const windows1252 = new TextDecoder('windows-1252')

/** Text that is UTF-8, or else Windows-1252. */
export function decodeText(bytes: Uint8Array): {
  readonly text: string
  readonly encoding: 'utf-8' | 'windows-1252'
} {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  return isUtf8(buffer)
    ? { text: buffer.toString('utf8'), encoding: 'utf-8' }
    : { text: windows1252.decode(buffer), encoding: 'windows-1252' }
}

/** What is said where text was not UTF-8. */
export const takenForWindows1252 = 'The text is not UTF-8; it was taken for Windows-1252.'
