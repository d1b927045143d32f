import type { KeyObject } from 'node:crypto'
import { sql } from 'kysely'
import { rehearse } from '../election/rehearse.ts'
import { findOrganisation } from '../organisation/find-organisation.ts'
import type { UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import { type BrokenRow, type CsvRow, readCsv } from './csv-reader.ts'
import type { CsvSource } from './csv-source.ts'
import { importBatch, type KeyHeaders, type NumberedRow, type RejectedRow } from './import-batch.ts'
import { ImportSummary, type MemberImport, type RejectLayout } from './import-summary.ts'
import { beginImportedNumbers } from './imported-numbers.ts'
import { type MemberColumns, readHeader } from './member-columns.ts'
import { forgetSnapshot, welcomeBack } from './member-departures.ts'
import { problemSentence, type RowProblem, readMemberRow } from './member-row.ts'
import { hashNationalId, nationalIdKey } from './national-id.ts'
import { RowsRejected } from './refusals.ts'
import { clearWeight, decimalSigns } from './weight-decimals.ts'

export interface ImportRequest {
  source: CsvSource
  /** Short name of the one whose members they are; not needed where the file has only one. */
  organisation?: string | undefined
  /** A preview goes all the way, and leaves nothing behind. */
  mode: 'preview' | 'apply'
  /** One row that can't be taken stops the whole import. */
  strict: boolean
  onBytes(read: number): void
  onRejected(row: RejectedRow, layout: RejectLayout): void
}

const batchSize = 1000
/** Page cache during an import, in KiB: the index of hashed ids is written in random order. */
const cacheSize = 65_536

/**
 * Imports members from a CSV, in one transaction. A number that is known changes that member, a new one adds
 * one; nobody is taken out.
 * @throws CsvUnreadable, CsvHeaderUnusable, OrganisationNotFound, OrganisationAmbiguous, and RowsRejected if it is
 *   strict
 */
export async function importMembers(work: UnitOfWork, request: ImportRequest): Promise<MemberImport> {
  const deed = 'import members'
  if (request.mode === 'preview') {
    const seen = await rehearse(work, deed, (tx) => takeRows(tx, request))
    refuseRejected(seen, request)
    return seen
  }
  return work.write(deed, async (tx) => {
    const result = await takeRows(tx, request)
    refuseRejected(result, request)
    const { new: added, changed, unchanged, rejected } = result.counts
    if (added + changed > 0) {
      const file = request.source.name
      const details = { organisation: result.organisation, file, new: added, changed, unchanged, rejected }
      await forgetSnapshot(tx, result.organisation)
      await tx.record({ action: 'members-imported', details })
    }
    return result
  })
}

function refuseRejected({ counts, first }: MemberImport, { source, strict }: ImportRequest): void {
  if (!strict || counts.rejected === 0) return
  throw new RowsRejected({
    file: source.name,
    rejected: counts.rejected,
    first: first.rejected.map(({ line, problems }) => ({
      line,
      reason: problems.map(problemSentence).join('; '),
    })),
  })
}

/**
 * Takes the rows of a CSV into the register of an organisation. Whoever is in it is a member again, if they had left.
 * @throws CsvUnreadable, CsvHeaderUnusable, OrganisationNotFound, OrganisationAmbiguous
 */
export async function takeRows(
  tx: WriteTransaction,
  request: Pick<ImportRequest, 'source' | 'organisation' | 'onBytes' | 'onRejected'>,
): Promise<MemberImport> {
  const { source } = request
  const { id: organisationId, slug } = await findOrganisation(tx, request.organisation)
  await sql`pragma cache_size = ${sql.lit(-cacheSize)}`.execute(tx.db)
  const table = await readCsv(source, request.onBytes)
  const columns = readHeader({ file: source.name, line: table.header.line }, table.header.cells)
  const { hash_key } = await tx.db
    .selectFrom('organisation')
    .select('hash_key')
    .where('id', '=', organisationId)
    .executeTakeFirstOrThrow()
  const idKey = nationalIdKey(hash_key)
  const headers = keyHeaders(columns)
  const weights = columns.fields.weight
  const signs = weights === undefined ? new Set<string>() : await decimalSigns(source, weights)
  await beginImportedNumbers(tx)
  const summary = new ImportSummary({ ...table, columns }, request.onRejected)
  let batch: (NumberedRow | RejectedRow)[] = []
  const flush = async () => {
    for (const outcome of await importBatch(tx, batch, { organisationId, headers })) summary.add(outcome)
    batch = []
  }
  for await (const row of table.rows) {
    batch.push(readRow(row, { columns, idKey, signs }))
    if (batch.length === batchSize) await flush()
  }
  await flush()
  await welcomeBack(tx, organisationId)
  return summary.finish(tx, { id: organisationId, slug })
}

function readRow(
  row: CsvRow | BrokenRow,
  { columns, idKey, signs }: { columns: MemberColumns; idKey: KeyObject; signs: ReadonlySet<string> },
): NumberedRow | RejectedRow {
  const { line } = row
  if ('quote' in row) return { line, problems: [brokenQuote(row)], cells: [] }
  const { cells } = row
  const told = cells.map((cell, index) => (index === columns.fields.weight ? clearWeight(cell, signs) : cell))
  const read = readMemberRow(told, columns)
  if ('problems' in read) return { line, problems: read.problems, cells }
  const { nationalId, ...member } = read.member
  if (nationalId === undefined) return { line, cells, row: member }
  const nationalIdHash = nationalId === null ? null : hashNationalId(nationalId, idKey)
  return { line, cells, row: { ...member, nationalIdHash } }
}

function brokenQuote({ line, until, quote }: BrokenRow): RowProblem {
  return {
    column: undefined,
    reason: `has a quote ${quote}${until > line ? `, on line ${until}` : ''}`,
    mend: 'Put the whole cell in double quotes and double each quote inside it.',
  }
}

function keyHeaders({ fields, headers, nationalId }: MemberColumns): KeyHeaders {
  return { number: headers[fields.number ?? fields.email ?? -1], nationalId: headers[nationalId ?? -1] }
}
