import { sql } from 'kysely'
import { among } from '../among.ts'
import type { ReadTransaction, WriteTransaction } from '../store/unit-of-work.ts'
import type { MemberFacts } from './member-change.ts'

/** The members of an organisation with these numbers, by number. */
export async function membersByNumber(
  tx: ReadTransaction,
  organisationId: number,
  numbers: readonly string[],
): Promise<Map<string, MemberFacts>> {
  const rows = await tx.db
    .selectFrom('member')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('number', 'in', among(numbers))
    .execute()
  return new Map(
    rows.map((row) => [
      row.number,
      {
        number: row.number,
        name: row.name,
        email: row.email,
        phone: row.phone,
        status: row.status,
        region: row.region,
        chapter: row.chapter,
        district: row.district,
        weightMicros: row.weight_micros,
        nationalIdHash:
          row.national_id_hash === null ? null : Buffer.from(row.national_id_hash).toString('hex'),
        custom: JSON.parse(row.custom) as Record<string, string>,
      },
    ]),
  )
}

/** Which member of an organisation holds which of these national ids: number by hash, hex. */
export async function holdersOfIds(
  tx: ReadTransaction,
  organisationId: number,
  hashes: readonly string[],
): Promise<Map<string, string>> {
  if (hashes.length === 0) return new Map()
  const { rows } = await sql<{ hash: string; number: string }>`
    select lower(hex(national_id_hash)) as hash, number from member
    where organisation_id = ${organisationId}
      and national_id_hash in (select unhex(value) from json_each(${JSON.stringify(hashes)}))`.execute(tx.db)
  return new Map(rows.map(({ hash, number }) => [hash, number]))
}

/**
 * Writes members, new and known, in the order given. One statement for all of them, and one parameter: a
 * million rows of a dozen bound values each would take longer to bind than to write.
 */
export async function saveMembers(
  tx: WriteTransaction,
  organisationId: number,
  members: readonly MemberFacts[],
): Promise<void> {
  if (members.length === 0) return
  const rows = members.map((each) => [
    ...[
      each.number,
      each.name,
      each.email,
      each.phone,
      each.status,
      each.region,
      each.chapter,
      each.district,
    ],
    ...[each.weightMicros, each.nationalIdHash, JSON.stringify(each.custom)],
  ])
  await sql`
    insert into member (organisation_id, number, name, email, phone, status, region, chapter, district,
      weight_micros, national_id_hash, custom, created_at, updated_at)
    select ${organisationId}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7,
      value ->> 8, unhex(value ->> 9), value ->> 10, ${tx.now}, ${tx.now}
    from json_each(${JSON.stringify(rows)}) where true order by key
    on conflict (organisation_id, number) do update set
      name = excluded.name, email = excluded.email, phone = excluded.phone, status = excluded.status,
      region = excluded.region, chapter = excluded.chapter, district = excluded.district,
      weight_micros = excluded.weight_micros, national_id_hash = excluded.national_id_hash,
      custom = excluded.custom, updated_at = excluded.updated_at`.execute(tx.db)
}

export async function countMembers(tx: ReadTransaction, organisationId: number): Promise<number> {
  const { count } = await tx.db
    .selectFrom('member')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('organisation_id', '=', organisationId)
    .executeTakeFirstOrThrow()
  return count
}
