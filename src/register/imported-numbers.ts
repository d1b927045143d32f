import { sql } from 'kysely'
import { among } from '../among.ts'
import type { ReadTransaction, WriteTransaction } from '../store/unit-of-work.ts'

/** Begins a list of the numbers that an import has taken, with their lines; in memory, for this transaction. */
export async function beginImportedNumbers(tx: WriteTransaction): Promise<void> {
  await sql`drop table if exists temp.imported_number`.execute(tx.db)
  await sql`create temp table imported_number (number text primary key, line integer) without rowid`.execute(
    tx.db,
  )
}

/** The line on which each of these numbers was taken already. */
export async function linesOfImported(
  tx: ReadTransaction,
  numbers: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ number: string; line: number }>`
    select number, line from temp.imported_number
    where number in ${among(numbers)}`.execute(tx.db)
  return new Map(rows.map(({ number, line }) => [number, line]))
}

export async function addImported(
  tx: WriteTransaction,
  taken: readonly { number: string; line: number }[],
): Promise<void> {
  const rows = taken.map(({ number, line }) => [number, line])
  await sql`
    insert into temp.imported_number
    select value ->> 0, value ->> 1 from json_each(${JSON.stringify(rows)})`.execute(tx.db)
}

/** Members of an organisation that are not in the CSV, in pages by id; with `everybody`, those who are in it too. */
export async function* memberPages(
  tx: ReadTransaction,
  organisationId: number,
  which: 'everybody' | 'not imported',
) {
  const condition =
    which === 'everybody' ? sql`true` : sql`number not in (select number from temp.imported_number)`
  let last = 0
  for (;;) {
    const { rows } = await sql<{
      id: number
      number: string
      name: string
      email: string | null
      phone: string | null
    }>`
      select id, number, name, email, phone from member
      where id > ${last} and organisation_id = ${organisationId} and ${condition}
      order by id limit ${pageSize}`.execute(tx.db)
    yield rows
    if (rows.length < pageSize) return
    last = rows.at(-1)?.id ?? last
  }
}

const pageSize = 2000
