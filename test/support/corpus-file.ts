import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { BallotFile } from '../../src/interchange/ballot-file.ts'
import type { ReadOptions } from '../../src/interchange/ballot-format.ts'
import { formats } from '../../src/interchange/formats.ts'

/** Reads files of ballots that are in the corpus, all of one contest, in the format that fits them. */
export function readCorpusFiles(paths: readonly string[], options: Partial<ReadOptions> = {}): BallotFile {
  const files = paths.map(bytesOf)
  const head = files[0]!.toString('utf8', 0, 1 << 16)
  const format = formats.find(({ fits }) => fits(head))
  if (format === undefined) throw new Error(`no format fits ${paths[0]}`)
  const folder = dirname(paths[0]!)
  const names = format.companions?.(basename(paths[0]!), readdirSync(folder)) ?? []
  const companions = Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
  const reader = format.reader({ irregularities: 'warned of', order: 'forgotten', companions, ...options })
  for (const [position, bytes] of files.entries()) {
    if (position > 0) reader.nextFile!()
    reader.write(bytes)
  }
  return reader.end()
}

function bytesOf(path: string): Buffer {
  const bytes = readFileSync(path)
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes
}
