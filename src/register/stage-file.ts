import { sql } from 'kysely'
import type { WriteTransaction } from '../store/unit-of-work.ts'
import { readCsv } from './csv-reader.ts'
import type { CsvSource } from './csv-source.ts'
import { type MemberColumns, readHeader } from './member-columns.ts'
import { type IncomingMember, problemSentence, readMemberRow } from './member-row.ts'
import { clearWeight, decimalSigns } from './weight-decimals.ts'

/** What is compared of a voter, beside the number. */
export const comparedColumns = ['name', 'status', 'region', 'chapter', 'district', 'weight_micros'] as const
export type ComparedColumn = (typeof comparedColumns)[number]

const batchSize = 1000

/**
 * Puts the people of a CSV, which is read as that of members is, into the temporary table `roll_there`.
 * @returns the columns that the file has, and the rows that can't be compared
 * @throws CsvUnreadable, CsvHeaderUnusable
 */
export async function stageFile(
  tx: WriteTransaction,
  source: CsvSource,
): Promise<{ columns: readonly ComparedColumn[]; problems: { line: number; reason: string }[] }> {
  const table = await readCsv(source, () => {})
  const columns = readHeader({ file: source.name, line: table.header.line }, table.header.cells)
  const { weight } = columns.fields
  const signs = weight === undefined ? new Set<string>() : await decimalSigns(source, weight)
  const problems: { line: number; reason: string }[] = []
  const lines = new Map<string, number>()
  let batch: IncomingMember[] = []
  for await (const row of table.rows) {
    const { line } = row
    if (!('cells' in row)) {
      problems.push({ line, reason: `the row has a quote ${row.quote}` })
      continue
    }
    const told = row.cells.map((cell, at) => (at === weight ? clearWeight(cell, signs) : cell))
    const read = readMemberRow(told, columns)
    if ('problems' in read) {
      problems.push({ line, reason: read.problems.map(problemSentence).join('; ') })
      continue
    }
    const { number } = read.member
    const before = lines.get(number)
    if (before === undefined) batch.push(read.member)
    else problems.push({ line, reason: `${number} is on line ${before} already` })
    lines.set(number, before ?? line)
    if (batch.length === batchSize) {
      await stage(tx, batch)
      batch = []
    }
  }
  await stage(tx, batch)
  return { columns: columnsIn(columns), problems }
}

async function stage(tx: WriteTransaction, members: readonly IncomingMember[]): Promise<void> {
  const rows = members.map(({ number, name, status, region, chapter, district, weightMicros }) => [
    ...[number, name, status ?? null, region ?? null, chapter ?? null, district ?? null],
    weightMicros ?? null,
  ])
  await sql`
    insert into temp.roll_there
    select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6
    from json_each(${JSON.stringify(rows)})`.execute(tx.db)
}

/** What a file says nothing of is not compared. */
function columnsIn({ fields }: MemberColumns): ComparedColumn[] {
  return comparedColumns.filter(
    (column) => column === 'name' || fields[column === 'weight_micros' ? 'weight' : column] !== undefined,
  )
}
