import { realpath } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { CountReport } from '../report/count-report.ts'
import { type WrittenFile, writeOutputFile } from '../report/output-file.ts'
import { InvalidInput } from './refusals.ts'

/** The files that a count is written to. */
export interface CountFiles {
  readonly csv: string | undefined
  readonly xlsx: string | undefined
  readonly html: string | undefined
  readonly force: boolean
}

/**
 * To be asked before the count: a file that is named twice would lose what was written first, and `--force`
 * must not cost the ballots.
 * @throws InvalidInput
 */
export async function requireOwnFiles(ballots: string, files: CountFiles): Promise<void> {
  const seen = new Map([[await identityOf(ballots), 'the ballots']])
  for (const flag of ['csv', 'xlsx', 'html'] as const) {
    const path = files[flag]
    if (path === undefined || path === '-') continue
    const identity = await identityOf(path)
    const other = seen.get(identity)
    if (other !== undefined) {
      throw new InvalidInput(`--${flag} names the file of ${other}.`, { flag, path }, 'Name another file.')
    }
    seen.set(identity, `--${flag}`)
  }
}

/** The same for all names of a file. */
async function identityOf(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path))
}

/**
 * Writes the files that were asked for, each whole or not at all; CSV to standard output where it is named `-`.
 * @throws OutputExists, OutputUnwritable
 */
export async function writeCountFiles(report: CountReport, files: CountFiles): Promise<WrittenFile[]> {
  const { csv, xlsx, html, force } = files
  const existing = force ? 'replace' : 'refuse'
  const hint = 'Name another, or replace it with --force.'
  const write = (path: string, content: Uint8Array) =>
    writeOutputFile(path, async (sink) => sink(content), { existing, hint })
  const written: WrittenFile[] = []
  if (csv !== undefined) {
    const { countCsv } = await import('../report/count-csv.ts')
    const text = Buffer.from(countCsv(report))
    if (csv === '-') process.stdout.write(text)
    else written.push(await write(csv, text))
  }
  if (xlsx !== undefined) {
    const { countWorkbook } = await import('../report/count-workbook.ts')
    written.push(await write(xlsx, await countWorkbook(report)))
  }
  if (html !== undefined) {
    const { renderCountHtml } = await import('../report/count-html.ts')
    written.push(await write(html, Buffer.from(renderCountHtml(report))))
  }
  return written
}
