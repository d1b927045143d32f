import { nearestWord } from '../election/spelling.ts'
import {
  type BallotFile,
  BallotFileEmpty,
  BallotFormatUnknown,
  CompressedFileDamaged,
  ContestNotChosen,
  OneFileOnly,
} from './ballot-file.ts'
import { ballotFilesAt, companionsOf } from './ballot-folder.ts'
import type { BallotFormat, BallotReader, ReadOptions } from './ballot-format.ts'
import { formats } from './formats.ts'
import { passingBytes } from './read-input.ts'
import { type Encoding, encodingOf, utf8From } from './text-encoding.ts'

/** How much of a file the formats may look at. */
const headBytes = 1 << 16

export interface OpenedBallots extends BallotFile {
  readonly format: BallotFormat
}

interface BallotSource {
  /** `-` is standard input. */
  readonly path: string
  /** The id of a format; found out from the file when left out. */
  readonly format?: string
  /** Is shown the bytes as they come, still compressed where they are; good only until it returns. */
  readonly seen?: (bytes: Uint8Array) => void
}

/**
 * Reads a file of ballots as a stream, compressed or not; or the files of ballots of a folder, as one.
 * @throws InputUnreadable, CompressedFileDamaged, BallotFormatUnknown, BallotFileUnreadable, ContestNotChosen
 */
export async function openBallots(source: BallotSource, options: ReadOptions): Promise<OpenedBallots> {
  // A wrong id is refused before a large file is read.
  if (source.format !== undefined) formatById(source.path, source.format)
  const paths = source.path === '-' ? ['-'] : await ballotFilesAt(source.path)
  const opened = new OpenReader(source, options)
  for (const path of paths) {
    const bytes = path === '-' ? (process.stdin as AsyncIterable<Uint8Array>) : passingBytes(path)
    await opened.readFile(source.seen ? shown(bytes, source.seen) : bytes, path)
  }
  return opened.end()
}

/** A reader that is known once a file has begun. */
class OpenReader {
  readonly #source: Pick<BallotSource, 'path' | 'format'>
  readonly #options: ReadOptions
  #opened: { readonly format: BallotFormat; readonly reader: BallotReader } | undefined

  constructor(source: Pick<BallotSource, 'path' | 'format'>, options: ReadOptions) {
    this.#source = source
    this.#options = options
  }

  async readFile(bytes: AsyncIterable<Uint8Array>, path: string): Promise<void> {
    let head = Buffer.alloc(0)
    let write: ((piece: Uint8Array) => void) | undefined
    let end = () => {}
    const begin = async () => {
      const encoding = encodingOf(head)
      const reader = await this.#readerFor(head, encoding, path)
      const transcoder = encoding === 'utf-8' ? undefined : utf8From(encoding)
      write = (piece) => reader.write(transcoder ? transcoder.write(piece) : piece)
      if (transcoder) end = () => reader.write(transcoder.end())
      write(head)
    }
    for await (const piece of plainBytes(bytes, path)) {
      if (write) write(piece)
      else {
        head = Buffer.concat([head, piece])
        if (head.length >= headBytes) await begin()
      }
    }
    if (write === undefined) await begin()
    end()
  }

  end(): OpenedBallots {
    const { format, reader } = this.#opened!
    const file = reader.end()
    const { contest } = this.#options
    if (contest !== undefined && !format.holdsContests && contest !== file.title) {
      throw new ContestNotChosen({ contest, contests: [] })
    }
    return { ...file, format }
  }

  /** The first file tells the format, and what lies beside it. */
  async #readerFor(head: Buffer, encoding: Encoding, path: string): Promise<BallotReader> {
    if (this.#opened) {
      const { format, reader } = this.#opened
      if (reader.nextFile === undefined) throw new OneFileOnly({ path: this.#source.path, format: format.id })
      reader.nextFile()
      return reader
    }
    if (head.length === 0) throw new BallotFileEmpty(path)
    const text =
      encoding === 'utf-8' ? head.toString('utf8', 0, headBytes) : new TextDecoder(encoding).decode(head)
    const format = formatOf({ ...this.#source, path }, text.replace(/^\uFEFF/, ''))
    const companions = format.companions && path !== '-' ? await companionsOf(path, format.companions) : {}
    const reader = format.reader({ ...this.#options, companions })
    this.#opened = { format, reader }
    return reader
  }
}

/** The format of a file that begins so. @throws BallotFormatUnknown */
export function formatOf(
  { path, format: id }: Pick<BallotSource, 'path' | 'format'>,
  head: string,
): BallotFormat {
  if (id !== undefined) return formatById(path, id)
  const fitting = formats.filter((format) => format.fits(head))
  const extension = /\.([a-z0-9]+)(?:\.gz)?$/i.exec(path)?.[1]?.toLowerCase() ?? ''
  const ofExtension = formats.filter(({ extensions }) => extensions.includes(extension))
  const format = ofExtension.find((each) => fitting.includes(each)) ?? fitting[0]
  if (format) return format
  // Its reader can say at which place such a file goes wrong.
  if (ofExtension.length === 1) return ofExtension[0]!
  throw new BallotFormatUnknown({ path, formats: formats.map(({ id }) => id) })
}

/** @throws BallotFormatUnknown */
export function formatById(path: string, id: string): BallotFormat {
  const named = formats.find((format) => format.id === id)
  if (named) return named
  const known = formats.map(({ id }) => id)
  const nearest = nearestWord(id, known)
  throw new BallotFormatUnknown({ path, format: id, formats: known, ...(nearest && { nearest }) })
}

/** The bytes of a file, those of a gzip file without their compression. */
async function* plainBytes(bytes: AsyncIterable<Uint8Array>, path: string): AsyncGenerator<Uint8Array> {
  const pieces = bytes[Symbol.asyncIterator]()
  let first = await pieces.next()
  while (!first.done && first.value.length === 0) first = await pieces.next()
  if (first.done) return
  const compressed = first.value[0] === 0x1f && (first.value.length === 1 || first.value[1] === 0x8b)
  const all = (async function* () {
    // Decompression reads ahead, so what it gets must last.
    const kept = (piece: Uint8Array) => (compressed ? new Uint8Array(piece) : piece)
    yield kept(first.value as Uint8Array)
    for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield kept(next.value)
  })()
  if (compressed) yield* decompressed(all, path)
  else yield* all
}

/** @throws CompressedFileDamaged */
async function* decompressed(bytes: AsyncIterable<Uint8Array>, path: string): AsyncGenerator<Uint8Array> {
  const [{ Readable }, { pipeline }, { createGunzip }] = await Promise.all([
    import('node:stream'),
    import('node:stream/promises'),
    import('node:zlib'),
  ])
  const gunzip = createGunzip({ chunkSize: 1 << 18 })
  const flow = pipeline(Readable.from(bytes), gunzip)
  // Whoever reads from `gunzip` sees the same error.
  flow.catch(() => {})
  try {
    yield* gunzip as AsyncIterable<Uint8Array>
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'Z_BUF_ERROR') throw new CompressedFileDamaged(path, 'ends too early')
    if (code?.startsWith('Z_')) throw new CompressedFileDamaged(path, 'is damaged')
    throw error
  }
}

async function* shown(
  bytes: AsyncIterable<Uint8Array>,
  seen: (bytes: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    seen(piece)
    yield piece
  }
}
