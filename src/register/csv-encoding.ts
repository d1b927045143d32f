import type { CsvSource } from './csv-source.ts'
import { CsvUnreadable } from './refusals.ts'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** Bytes looked at where the whole can't be read twice. */
const headSize = 64 * 1024

/**
 * What encoding a file is in: by its byte order mark; else UTF-16 where every second byte is nearly always
 * zero; else UTF-8 where all of it is valid UTF-8; else Windows-1252, as older spreadsheets write. A pipe is
 * judged by its beginning alone.
 * @throws CsvUnreadable if it is empty or no text
 */
export async function detectEncoding(source: CsvSource, head: Uint8Array): Promise<Encoding> {
  if (head.length === 0) throw new CsvUnreadable(source.name, 'it is empty')
  if (head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4) {
    throw new CsvUnreadable(source.name, 'it is a workbook, not a CSV', {
      hint: 'Open it in the spreadsheet program and save it as "CSV UTF-8".',
    })
  }
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8'
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  if (zeroShare(head, 1) > 0.3 && zeroShare(head, 0) < 0.1) return 'utf-16le'
  if (zeroShare(head, 0) > 0.3 && zeroShare(head, 1) < 0.1) return 'utf-16be'
  if (head.includes(0)) throw new CsvUnreadable(source.name, 'it is not a text file')
  return (await isUtf8(source, head)) ? 'utf-8' : 'windows-1252'
}

/** @param parity 0 for the bytes at even places, 1 for those at odd ones */
function zeroShare(bytes: Uint8Array, parity: 0 | 1): number {
  let zeros = 0
  for (let index = parity; index < bytes.length; index += 2) if (bytes[index] === 0) zeros += 1
  return zeros / Math.max(1, bytes.length / 2)
}

async function isUtf8(source: CsvSource, head: Uint8Array): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    if (!source.repeatable) {
      decoder.decode(head, { stream: true })
      return true
    }
    for await (const chunk of source.open()) decoder.decode(chunk, { stream: true })
    decoder.decode()
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

/** The first bytes of a source, and all its bytes, these included. */
export async function peek(
  source: CsvSource,
): Promise<{ head: Uint8Array; bytes: AsyncGenerator<Uint8Array> }> {
  const iterator = source.open()[Symbol.asyncIterator]()
  const first: Uint8Array[] = []
  let length = 0
  while (length < headSize) {
    const { value, done } = await iterator.next()
    if (done) break
    first.push(value)
    length += value.length
  }
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield* first
    yield* { [Symbol.asyncIterator]: () => iterator }
  }
  return { head: Buffer.concat(first).subarray(0, headSize), bytes: bytes() }
}

/**
 * The text of the bytes, without byte order mark, every line end a plain `\n`.
 * @throws CsvUnreadable if a pipe that began as UTF-8 turns out not to be
 */
export async function* decodeText(
  source: CsvSource,
  bytes: AsyncIterable<Uint8Array>,
  encoding: Encoding,
): AsyncGenerator<string> {
  const decode = encoding === 'windows-1252' ? decodeWindows1252 : streamDecoder(source, encoding)
  let carriageReturn = ''
  for await (const chunk of bytes) {
    const text = carriageReturn + decode(chunk)
    // What follows a carriage return at the end of a chunk is in the next one.
    carriageReturn = text.endsWith('\r') ? '\r' : ''
    yield withPlainLineEnds(carriageReturn === '' ? text : text.slice(0, -1))
  }
  yield withPlainLineEnds(carriageReturn + decode())
}

function withPlainLineEnds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
}

function streamDecoder(source: CsvSource, encoding: Encoding): (chunk?: Uint8Array) => string {
  const decoder = new TextDecoder(encoding, { fatal: true })
  return (chunk) => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
    } catch {
      throw new CsvUnreadable(source.name, `it begins as ${encoding.toUpperCase()} and does not go on so`, {
        hint: source.repeatable
          ? 'Save it anew as "CSV UTF-8".'
          : 'Save it as a file and import that: then the whole of it is looked at first.',
      })
    }
  }
}

/** Bytes 0x80 to 0x9f, where Windows-1252 differs from Latin-1; five of them stand for nothing. */
const windows1252 = '€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ'

// Several releases of Node decode "windows-1252" as Latin-1, which loses the euro sign and the curly quotes.
function decodeWindows1252(chunk: Uint8Array = new Uint8Array()): string {
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (character) => windows1252[character.charCodeAt(0) - 0x80] ?? '\ufffd')
}
