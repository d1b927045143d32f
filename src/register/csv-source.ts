import { createReadStream, statSync } from 'node:fs'
import { basename } from 'node:path'
import { CsvUnreadable } from './refusals.ts'

/** Where the bytes of a CSV come from. */
export interface CsvSource {
  /** For sentences. */
  name: string
  /** Bytes, where it is known beforehand. */
  size: number | undefined
  /** Whether `open` may be called again, to read it all from the beginning. */
  repeatable: boolean
  open(): AsyncIterable<Uint8Array>
}

/** @throws CsvUnreadable if it is no file */
export function fileSource(path: string): CsvSource {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) throw new CsvUnreadable(path, 'there is no such file')
  if (stat.isDirectory()) throw new CsvUnreadable(path, 'it is a folder')
  return {
    name: basename(path),
    size: stat.isFile() ? stat.size : undefined,
    repeatable: stat.isFile(),
    open: () => bytesOf(path),
  }
}

/** A stream that can be read once, such as standard input. */
export function pipeSource(name: string, stream: AsyncIterable<Uint8Array>): CsvSource {
  return { name, size: undefined, repeatable: false, open: () => stream }
}

const chunkSize = 64 * 1024

async function* bytesOf(path: string): AsyncIterable<Uint8Array> {
  try {
    yield* createReadStream(path, { highWaterMark: chunkSize }) as AsyncIterable<Uint8Array>
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new CsvUnreadable(
      path,
      code === 'EACCES' ? 'the system does not allow it' : `the system says ${code}`,
    )
  }
}
