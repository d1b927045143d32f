import { createHash } from 'node:crypto'
import { once } from 'node:events'
import type { Sink, WrittenFile } from '../report/output-file.ts'
import { InvalidInput } from './refusals.ts'

/**
 * Writes a file to standard output instead.
 * @param json whether standard output is to hold the JSON of `--json`
 * @throws InvalidInput if it is
 */
export async function writeStandardOutput(
  write: (sink: Sink) => Promise<void>,
  json: boolean,
): Promise<WrittenFile> {
  if (json) {
    throw new InvalidInput(
      'Standard output can not take both the file and --json.',
      {},
      'Name a file instead of -.',
    )
  }
  const hash = createHash('sha256')
  let bytes = 0
  await write(async (chunk) => {
    hash.update(chunk)
    bytes += chunk.length
    if (!process.stdout.write(chunk)) await once(process.stdout, 'drain')
  })
  return { file: '-', bytes, sha256: hash.digest('hex'), changed: true }
}
