import { type ArchiveRecord, headerName, recordName } from './archive.ts'
import { sha256Hex } from './encoding.ts'
import type { Group } from './group.ts'
import { blockSize, paddingOf, readTarHeader, type TarEntry } from './tar.ts'

/** Why the bytes are not an archive that a writer made. */
export type ArchiveRefusal =
  | 'no-header'
  | 'unknown-version'
  | 'bad-timestamp'
  | 'tar-header-differs'
  | 'name-is-no-hash'
  | 'content-differs-from-name'
  | 'padding-not-zero'
  | 'not-utf-8'
  | 'truncated'
  | 'too-large'

export type ArchivePiece =
  | { readonly kind: 'header'; readonly timestamp: number }
  | ArchiveRecord
  /** The last piece: nothing after it was read. `file` is the name, or 'file N' where there is none. */
  | { readonly kind: 'refused'; readonly reason: ArchiveRefusal; readonly file: string }

/** A file's bytes in pieces of any size: a stream, or an array of one. */
export type ByteSource = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/**
 * The header and the records of an archive, as its bytes arrive: one file at a time is in memory. Each is
 * checked to be, to the byte, what `openingBytes` and `recordBytes` write, and named after its hash.
 */
export async function* readArchive(group: Group, source: ByteSource): AsyncGenerator<ArchivePiece> {
  const bytes = byteReader(source)
  const opening = await readFile(bytes)
  if (opening === undefined) return yield { kind: 'refused', reason: 'no-header', file: headerName }
  if (opening.entry?.name !== headerName) {
    return yield { kind: 'refused', reason: 'no-header', file: 'file 1' }
  }
  if (opening.refusal !== undefined) {
    return yield { kind: 'refused', reason: opening.refusal, file: headerName }
  }
  const header = readHeader(opening.body)
  if (header.refusal !== undefined) {
    return yield { kind: 'refused', reason: header.refusal, file: headerName }
  }
  const { timestamp } = header
  if (opening.entry.timestamp !== timestamp) {
    return yield { kind: 'refused', reason: 'bad-timestamp', file: headerName }
  }
  yield { kind: 'header', timestamp }
  for (let count = 2; ; count++) {
    const file = await readFile(bytes)
    if (file === undefined) return
    const record = readRecord(group, file, timestamp)
    if (typeof record === 'string') {
      return yield { kind: 'refused', reason: record, file: file.entry?.name ?? `file ${count}` }
    }
    yield record
  }
}

const headerPatterns = /^\{"version":(\d+),"timestamp":(?:"(0|[1-9]\d{0,10})"|(0|[1-9]\d{0,10}))\}$/

/** Belenios writes the timestamp as a string of digits, and reads a number as well. */
function readHeader(json: string): { timestamp: number; refusal?: undefined } | { refusal: ArchiveRefusal } {
  const match = headerPatterns.exec(json)
  if (match === null) return { refusal: 'no-header' }
  if (match[1] !== '1') return { refusal: 'unknown-version' }
  return { timestamp: Number(match[2] ?? match[3]) }
}

function readRecord(group: Group, file: ReadFile, timestamp: number): ArchiveRecord | ArchiveRefusal {
  if (file.refusal !== undefined) return file.refusal
  const { entry, body } = file
  if (entry.timestamp !== timestamp) return 'tar-header-differs'
  const match = /^([0-9a-f]{64})\.(data|event)\.json$/.exec(entry.name)
  if (match === null) return 'name-is-no-hash'
  const hash = sha256Hex(group, body)
  const kind = match[2] === 'data' ? 'data' : 'event'
  return recordName({ kind, hash }) === entry.name ? { kind, hash, body } : 'content-differs-from-name'
}

type ReadFile =
  | { readonly entry: TarEntry; readonly body: string; readonly refusal?: undefined }
  | { readonly entry: TarEntry | undefined; readonly refusal: ArchiveRefusal }

/** In bytes. JavaScript's texts end there, and nothing larger should be taken into memory to find that out. */
const longestText = 2 ** 29 - 24

/** The next file, or undefined where the bytes end. */
async function readFile(bytes: ByteReader): Promise<ReadFile | undefined> {
  const block = await bytes.take(blockSize)
  if (block.length === 0) return undefined
  if (block.length < blockSize) return { entry: undefined, refusal: 'truncated' }
  const entry = readTarHeader(block)
  if (entry === undefined) return { entry, refusal: 'tar-header-differs' }
  if (entry.size > longestText) return { entry, refusal: 'too-large' }
  const content = await bytes.take(entry.size)
  const padding = await bytes.take(paddingOf(entry.size))
  if (content.length + padding.length < entry.size + paddingOf(entry.size)) {
    return { entry, refusal: 'truncated' }
  }
  if (padding.some((byte) => byte !== 0)) return { entry, refusal: 'padding-not-zero' }
  const body = decode(content)
  return body === undefined ? { entry, refusal: 'not-utf-8' } : { entry, body }
}

/** Text that encodes to the very same bytes again, or undefined. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

interface ByteReader {
  /** The next `count` bytes, fewer only where the source ends. */
  take(count: number): Promise<Uint8Array>
}

function byteReader(source: ByteSource): ByteReader {
  const chunks = iterate(source)
  let rest: Uint8Array = new Uint8Array()
  return {
    async take(count) {
      const taken: Uint8Array[] = []
      let missing = count
      while (missing > 0) {
        if (rest.length === 0) {
          const next = await chunks.next()
          if (next.done === true) break
          rest = next.value
          continue
        }
        const piece = rest.subarray(0, missing)
        rest = rest.subarray(piece.length)
        missing -= piece.length
        taken.push(piece)
      }
      return concatenate(taken, count - missing)
    },
  }
}

/** The bytes of a source, each chunk shown first. */
export async function* seen(
  source: ByteSource,
  show: (chunk: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    show(chunk)
    yield chunk
  }
}

async function* iterate(source: ByteSource): AsyncGenerator<Uint8Array> {
  yield* source
}

function concatenate(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = pieces
  if (pieces.length === 1 && only !== undefined) return only
  const whole = new Uint8Array(length)
  let offset = 0
  for (const piece of pieces) {
    whole.set(piece, offset)
    offset += piece.length
  }
  return whole
}
