import { sql } from 'kysely'
import { among } from '../among.ts'
import { findOrganisation } from '../organisation/find-organisation.ts'
import type { ReadTransaction, UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import { MemberNotFound } from './refusals.ts'

export interface PresenceChange {
  organisation: string
  /** How many came and left. */
  came: number
  left: number
  /** How many are present now. */
  present: number
}

/**
 * Writes down who of an organisation is in the room: present is a member, whatever is voted on. Whoever was marked so
 * already stays so.
 * @param input.nobody whether everybody else leaves first
 * @throws MemberNotFound, OrganisationNotFound, OrganisationAmbiguous
 */
export async function setPresence(
  work: UnitOfWork,
  input: {
    organisation: string | undefined
    present: readonly string[]
    absent: readonly string[]
    nobody: boolean
  },
): Promise<PresenceChange> {
  return work.write('set presence', async (tx) => {
    const { id, slug } = await findOrganisation(tx, input.organisation)
    const came = await memberIds(tx, id, input.present)
    const gone = await memberIds(tx, id, input.absent)
    const left = await tx.db
      .deleteFrom('presence')
      .where('member_id', 'in', (from) =>
        from.selectFrom('member').select('id').where('organisation_id', '=', id),
      )
      .where((where) =>
        input.nobody ? where('member_id', 'not in', among(came)) : where('member_id', 'in', among(gone)),
      )
      .executeTakeFirstOrThrow()
    const added = await sql`insert into presence (member_id, since)
      select value, ${tx.now} from json_each(${JSON.stringify(came)}) where true
      on conflict do nothing`.execute(tx.db)
    const change = { came: Number(added.numAffectedRows), left: Number(left.numDeletedRows) }
    if (change.came + change.left > 0) {
      await tx.record({ action: 'presence-set', details: { organisation: slug, ...change } })
    }
    return { organisation: slug, ...change, present: (await readPresent(tx, id)).length }
  })
}

async function memberIds(
  tx: WriteTransaction,
  organisationId: number,
  numbers: readonly string[],
): Promise<number[]> {
  const rows = await tx.db
    .selectFrom('member')
    .select(['id', 'number'])
    .where('organisation_id', '=', organisationId)
    .where('number', 'in', among(numbers))
    .execute()
  const known = new Set(rows.map(({ number }) => number))
  const unknown = numbers.find((number) => !known.has(number))
  if (unknown !== undefined) throw new MemberNotFound(unknown)
  return rows.map(({ id }) => id)
}

export interface PresentMember {
  number: string
  name: string
  /** ISO 8601 in UTC. */
  since: string
}

/** @throws OrganisationNotFound, OrganisationAmbiguous */
export async function listPresent(
  work: UnitOfWork,
  slug: string | undefined,
): Promise<{ organisation: string; present: PresentMember[] }> {
  return work.read(async (tx) => {
    const organisation = await findOrganisation(tx, slug)
    return { organisation: organisation.slug, present: await readPresent(tx, organisation.id) }
  })
}

async function readPresent(tx: ReadTransaction, organisationId: number): Promise<PresentMember[]> {
  return tx.db
    .selectFrom('presence')
    .innerJoin('member', 'member.id', 'presence.member_id')
    .select(['member.number', 'member.name', 'presence.since'])
    .where('member.organisation_id', '=', organisationId)
    .orderBy('member.number')
    .execute()
}
