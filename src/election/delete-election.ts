import { sql } from 'kysely'
import type { UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import { type Election, findElection, requireStatus } from './find-election.ts'

/** Removes a draft with its contests, roll and tokens; those of a runoff stay. @throws WrongState for anything but a draft */
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
    await deleteDraft(tx, election)
    return { slug: election.slug, title: election.title }
  })
}

/** The caller has seen that it is a draft. */
export async function deleteDraft(tx: WriteTransaction, election: Election): Promise<void> {
  const { id, slug, title, uuid, runoff_of: decided } = election
  if (decided !== null) await keepTokens(tx, id, decided)
  await tx.db.deleteFrom('election').where('id', '=', id).execute()
  await tx.record({ action: 'election-deleted', election: slug, details: { title, uuid } })
}

/**
 * Tokens that were made for voters of a runoff belong to the first election: they go back to the same voters, by
 * number, of the election that it decides.
 */
async function keepTokens(tx: WriteTransaction, runoff: number, decided: number): Promise<void> {
  await sql`
    update token set voter_id = (
      select there.id from voter here join voter there on there.number = here.number
      where here.id = token.voter_id and there.election_id = ${decided})
    where voter_id in (select id from voter where election_id = ${runoff})`.execute(tx.db)
}
