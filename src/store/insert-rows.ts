import { type Insertable, type Kysely, sql } from 'kysely'
import type { Database } from './schema.ts'

/** Those of a table whose values JSON can carry: no bytes. */
export type Rows<Table extends keyof Database> = readonly (Insertable<Database[Table]> &
  Readonly<Record<string, string | number | null>>)[]

/**
 * Adds rows in their order, all with the columns of the first one. They come as one parameter, so that the statement is
 * the same for any number of them: to write it out anew for each list takes longer than to run it.
 */
export async function insertRows<Table extends keyof Database>(
  db: Kysely<Database>,
  table: Table,
  rows: Rows<Table>,
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {})
  if (columns.length === 0) return
  const values = JSON.stringify(rows.map((row) => columns.map((column) => row[column])))
  const places = columns.map((_, index) => sql`value ->> ${sql.lit(index)}`)
  await sql`
    insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})
    select ${sql.join(places)} from json_each(${values})`.execute(db)
}
