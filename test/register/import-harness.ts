import { pipeSource } from '../../src/register/csv-source.ts'
import type { RejectedRow } from '../../src/register/import-batch.ts'
import { importMembers } from '../../src/register/import-members.ts'
import type { MemberImport } from '../../src/register/import-summary.ts'
import { problemSentence } from '../../src/register/member-row.ts'
import type { UnitOfWork } from '../../src/store/unit-of-work.ts'

/** Bytes, as a file that can be read as often as one likes. */
export function source(content: string | Uint8Array, name = 'members.csv') {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  return {
    ...pipeSource(name, chunked(bytes)),
    ...{ size: bytes.length, repeatable: true, open: () => chunked(bytes) },
  }
}

/** In small pieces, so that characters and line ends fall between two of them. */
async function* chunked(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 61) yield bytes.subarray(at, at + 61)
}

export async function importCsv(
  work: UnitOfWork,
  content: string | Uint8Array,
  options: { mode?: 'preview' | 'apply'; strict?: boolean } = {},
): Promise<MemberImport & { rejectedRows: RejectedRow[]; problems: string[] }> {
  const rejectedRows: RejectedRow[] = []
  const found = await importMembers(work, {
    source: source(content),
    mode: options.mode ?? 'apply',
    strict: options.strict ?? false,
    onBytes: () => {},
    onRejected: (row) => rejectedRows.push(row),
  })
  const problems = rejectedRows.map(
    ({ line, problems }) => `${line}: ${problems.map(problemSentence).join('; ')}`,
  )
  return { ...found, rejectedRows, problems }
}

export async function members(work: UnitOfWork) {
  return work.read(({ db }) => db.selectFrom('member').selectAll().orderBy('number').execute())
}
