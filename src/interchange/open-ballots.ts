import { createGunzip } from 'node:zlib'
import { type BallotFile, BallotFormatUnknown } from './ballot-file.ts'
import type { BallotFormat, BallotReader, ReadOptions } from './ballot-format.ts'
import { formats } from './formats.ts'
import { inputBytes } from './read-input.ts'

/** How much of a file the formats may look at. */
const headBytes = 1 << 16

export interface OpenedBallots extends BallotFile {
  readonly format: BallotFormat
}

/**
 * Reads a file of ballots as a stream, compressed or not.
 * @param source.path `-` is standard input
 * @param source.format the id of a format; found out from the file when left out
 * @param source.seen is shown the bytes as they come, still compressed where they are
 * @throws InputUnreadable, BallotFormatUnknown, BallotFileUnreadable
 */
export async function openBallots(
  source: {
    readonly path: string
    readonly format?: string
    readonly seen?: (bytes: Uint8Array) => void
  },
  options: ReadOptions,
): Promise<OpenedBallots> {
  let head = Buffer.alloc(0)
  let opened: { readonly format: BallotFormat; readonly reader: BallotReader } | undefined
  const open = () => {
    const format = formatOf(source, head.toString('utf8', 0, headBytes))
    const reader = format.reader(options)
    reader.write(head)
    return { format, reader }
  }
  for await (const bytes of plainBytes(source)) {
    if (opened) opened.reader.write(bytes)
    else {
      head = Buffer.concat([head, bytes])
      if (head.length >= headBytes) opened = open()
    }
  }
  const { format, reader } = opened ?? open()
  return { ...reader.end(), format }
}

function formatOf({ path, format: id }: { path: string; format?: string }, head: string): BallotFormat {
  const named = formats.find((format) => format.id === id)
  if (named) return named
  const fitting = id === undefined ? formats.filter((format) => format.fits(head)) : []
  const extension = /\.([a-z0-9]+)(?:\.gz)?$/i.exec(path)?.[1]?.toLowerCase() ?? ''
  const format = fitting.find(({ extensions }) => extensions.includes(extension)) ?? fitting[0]
  if (format) return format
  throw new BallotFormatUnknown({ path, formats: formats.map(({ id }) => id) })
}

/** The bytes of a file, those of a gzip file without their compression. */
async function* plainBytes({ path, seen }: Parameters<typeof openBallots>[0]): AsyncGenerator<Uint8Array> {
  const read = path === '-' ? (process.stdin as AsyncIterable<Uint8Array>) : inputBytes(path)
  const bytes = seen ? shown(read, seen) : read
  const chunks = bytes[Symbol.asyncIterator]()
  const first = await chunks.next()
  if (first.done) return
  const all = (async function* () {
    yield first.value
    yield* { [Symbol.asyncIterator]: () => chunks }
  })()
  if (first.value[0] !== 0x1f || first.value[1] !== 0x8b) {
    yield* all
    return
  }
  const { Readable } = await import('node:stream')
  yield* Readable.from(all).compose(createGunzip()) as AsyncIterable<Uint8Array>
}

async function* shown(
  bytes: AsyncIterable<Uint8Array>,
  seen: (bytes: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    seen(chunk)
    yield chunk
  }
}
