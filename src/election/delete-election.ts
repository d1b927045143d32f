import type { UnitOfWork } from '../store/unit-of-work.ts'
import { findElection, requireStatus } from './find-election.ts'

/** Removes a draft with its contests, roll and tokens. @throws WrongState for anything but a draft */
export async function deleteElection(
  work: UnitOfWork,
  slug: string | undefined,
): Promise<{ slug: string; title: string }> {
  return work.write('delete election', async (tx) => {
    const election = await findElection(tx, slug)
    requireStatus(election, {
      deed: 'delete it',
      allowed: ['draft'],
      hint: `What took place is kept. To call it off: urna election cancel ${election.slug}`,
    })
    await tx.db.deleteFrom('election').where('id', '=', election.id).execute()
    await tx.record({
      action: 'election-deleted',
      election: election.slug,
      details: { title: election.title, uuid: election.uuid },
    })
    return { slug: election.slug, title: election.title }
  })
}
