import { existsSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { OfferedBallot } from './ingest.ts'
import { NothingToIngest } from './refusals.ts'
import { splitLines } from './split-lines.ts'

/** In bytes. A ballot with a thousand options has about one million. */
export const largestBallot = 16 * 1024 * 1024

/**
 * The ballots in files, in folders, and, for `-`, in the lines of standard input, in the order in which they
 * are named. Of a folder it takes the files that end in `.json`, sorted by name.
 * @throws NothingToIngest if one is not there, or there is no ballot in any
 */
export async function* ballotsIn(
  inputs: readonly string[],
  stdin: AsyncIterable<Uint8Array>,
): AsyncGenerator<OfferedBallot> {
  const missing = inputs.filter((input) => input !== '-' && !existsSync(input))
  if (missing.length > 0) throw new NothingToIngest(missing, 'not-there')
  let found = 0
  for (const input of inputs) {
    for await (const ballot of input === '-' ? ballotLines(stdin) : ballotFiles(input)) {
      found += 1
      yield ballot
    }
  }
  if (found === 0) throw new NothingToIngest(inputs, 'empty')
}

async function* ballotFiles(path: string): AsyncGenerator<OfferedBallot> {
  if (!(await stat(path)).isDirectory()) return yield await ballotFile(path)
  const entries = await readdir(path, { withFileTypes: true })
  const names = entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name)
  for (const name of names.filter((each) => each.endsWith('.json')).sort()) {
    const file = join(path, name)
    // A pipe would be waited for until somebody writes into it.
    const isFile = (await stat(file).catch(() => undefined))?.isFile() === true
    yield isFile ? await ballotFile(file) : { name: file, fault: 'unreadable' }
  }
}

async function ballotFile(name: string): Promise<OfferedBallot> {
  try {
    const { size } = await stat(name)
    return size > largestBallot ? { name, fault: 'too-large' } : ballotOf(name, await readFile(name))
  } catch {
    return { name, fault: 'unreadable' }
  }
}

async function* ballotLines(stdin: AsyncIterable<Uint8Array>): AsyncGenerator<OfferedBallot> {
  let line = 0
  for await (const bytes of splitLines(stdin, largestBallot)) {
    line += 1
    const name = `line ${line}`
    if (bytes === 'too-long') yield { name, fault: 'too-large' }
    else if (bytes.length > 0) yield ballotOf(name, bytes)
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** A line end that an editor or a mail program added is not part of the ballot. */
function ballotOf(name: string, bytes: Uint8Array): OfferedBallot {
  try {
    return { name, json: decoder.decode(bytes).replace(/\r?\n$/, '') }
  } catch {
    return { name, fault: 'not-text' }
  }
}
