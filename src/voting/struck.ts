import { type RawBuilder, type SqlBool, sql } from 'kysely'

/**
 * Whether the voter of this row was struck off the roll after the opening and not put back since.
 * @param voter name of the voter table in the query
 */
export function isStruck(voter: string): RawBuilder<SqlBool> {
  const [election, number] = [sql.ref(`${voter}.election_id`), sql.ref(`${voter}.number`)]
  return sql<SqlBool>`exists (
    select 1 from roll_correction strike
    where strike.election_id = ${election} and strike.number = ${number} and strike.kind = 'strike'
      and not exists (
        select 1 from roll_correction back
        where back.election_id = ${election} and back.number = ${number} and back.kind = 'add'
          and back.id > strike.id))`
}
