import { NotOverYet } from '../election/refusals-purge.ts'
import { findOrganisation } from '../organisation/find-organisation.ts'
import type { ReadTransaction, UnitOfWork } from '../store/unit-of-work.ts'

export interface PurgedMembers {
  organisation: string
  members: number
  /** Copies beside the file, which go as well. */
  copies: string[]
}

/**
 * How many members would go.
 * @throws NotOverYet while an election of the organisation may still need them
 */
export async function planMembersPurge(work: UnitOfWork, slug: string | undefined): Promise<PurgedMembers> {
  return work.read((tx) => planOf(tx, work, slug))
}

/**
 * Removes the whole register of an organisation for good. Rolls that are frozen stay as they are.
 * @throws NotOverYet, FileLocked
 */
export async function purgeMembers(work: UnitOfWork, slug: string | undefined): Promise<PurgedMembers> {
  const purged = await work.write('purge members', async (tx) => {
    const plan = await planOf(tx, work, slug)
    const { organisation, members } = plan
    const { id } = await findOrganisation(tx, organisation)
    await tx.db.deleteFrom('member').where('organisation_id', '=', id).execute()
    if (members > 0) await tx.record({ action: 'members-purged', details: { organisation, members } })
    return plan
  })
  work.compact()
  return purged
}

async function planOf(
  tx: ReadTransaction,
  work: UnitOfWork,
  slug: string | undefined,
): Promise<PurgedMembers> {
  const organisation = await findOrganisation(tx, slug)
  const needed = await tx.db
    .selectFrom('election')
    .select(['slug as election', 'status'])
    .where('organisation_id', '=', organisation.id)
    .where('status', 'in', ['draft', 'open', 'paused'])
    .executeTakeFirst()
  if (needed !== undefined) throw new NotOverYet(needed)
  const { members } = await tx.db
    .selectFrom('member')
    .select(({ fn }) => fn.countAll<number>().as('members'))
    .where('organisation_id', '=', organisation.id)
    .executeTakeFirstOrThrow()
  return { organisation: organisation.slug, members, copies: work.copiesBeside() }
}
