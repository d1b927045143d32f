import type { CountReport } from '../report/count-report.ts'
import { type WrittenFile, writeOutputFile } from '../report/output-file.ts'

/** The files that a count is written to. */
export interface CountFiles {
  readonly csv: string | undefined
  readonly xlsx: string | undefined
  readonly html: string | undefined
  readonly force: boolean
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
