import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { InputUnreadable } from './refusals.ts'

/** A text file named on the command line. @throws InputUnreadable */
export async function readTextInput(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw unreadable(error, path)
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

function unreadable(error: unknown, path: string): unknown {
  const { code } = error as NodeJS.ErrnoException
  return typeof code === 'string' ? new InputUnreadable(path, code) : error
}
