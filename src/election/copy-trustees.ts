import { generateUuid } from '../sealing/credential.ts'
import type { Group } from '../sealing/group.ts'
import type { WriteTransaction } from '../store/unit-of-work.ts'
import { readTrusteeGroup } from './trustee-group.ts'

/** The people, with their group, under the same owner numbers; the file only where it held a key of the first. */
export async function copyTrustees(
  tx: WriteTransaction,
  group: Group,
  { from, to }: { from: number; to: number },
): Promise<void> {
  const server = await tx.db
    .selectFrom('trustee')
    .select('id')
    .where('election_id', '=', from)
    .where('kind', '=', 'server')
    .executeTakeFirst()
  if (server === undefined) await tx.db.deleteFrom('trustee').where('election_id', '=', to).execute()
  const declared = await readTrusteeGroup(tx, from)
  if (declared !== undefined) {
    const { threshold, parameters, members } = declared
    await tx.db
      .insertInto('trustee_group')
      .values({
        ...{ election_id: to, ceremony: generateUuid(group), threshold, parameters, created_at: tx.now },
      })
      .execute()
    const copies = members.map((member) => ({ ...member, election_id: to }))
    await tx.db.insertInto('group_member').values(copies).execute()
  }
  const people = await tx.db
    .selectFrom('trustee')
    .select(['position', 'name', 'kind', 'public_key', 'place'])
    .where('election_id', '=', from)
    .where('kind', '=', 'person')
    .execute()
  for (const person of people) {
    await tx.db
      .insertInto('trustee')
      .values({ ...person, election_id: to, created_at: tx.now })
      .execute()
  }
}
