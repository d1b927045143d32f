import { createReadStream } from 'node:fs'
import { type FileHandle, open, readFile } from 'node:fs/promises'
import { Refusal } from '../errors.ts'

/** A text file named on the command line. @throws InputUnreadable */
export async function readTextInput(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw unreadable(error, path)
  }
}

/** The same; undefined where there is no such file. @throws InputUnreadable */
export async function readTextIfThere(path: string): Promise<string | undefined> {
  try {
    return await readTextInput(path)
  } catch (error) {
    if (error instanceof InputUnreadable && error.reason === 'ENOENT') return undefined
    throw error
  }
}

/** The bytes of a file named on the command line, as they are read. @throws InputUnreadable */
export async function* inputBytes(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Uint8Array>
  } catch (error) {
    throw unreadable(error, path)
  }
}

/**
 * As `inputBytes`, through one buffer: each piece is good until the next is asked for.
 * @throws InputUnreadable
 */
export async function* passingBytes(path: string): AsyncGenerator<Uint8Array> {
  let file: FileHandle | undefined
  try {
    file = await open(path)
    const buffer = Buffer.allocUnsafeSlow(1 << 18)
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, null)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } catch (error) {
    throw unreadable(error, path)
  } finally {
    await file?.close()
  }
}

function unreadable(error: unknown, path: string): unknown {
  const { code } = error as NodeJS.ErrnoException
  return typeof code === 'string' ? new InputUnreadable(path, code) : error
}

/** A file that the command was to read. */
export class InputUnreadable extends Refusal {
  readonly code = 'file-not-found'
  /** What the system said: `ENOENT`. */
  readonly reason: string
  constructor(path: string, reason: string, hint?: string) {
    super(
      reason === 'ENOENT' ? `There is no file ${path}.` : `${path} can't be read (${reason}).`,
      { path, reason },
      hint,
    )
    this.reason = reason
  }
}
