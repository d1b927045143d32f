import type { UnitOfWork } from '../store/unit-of-work.ts'
import { readContests } from './contests.ts'
import { findContest } from './find-contest.ts'
import { findElection, requireDraft } from './find-election.ts'

export interface RemovedContest {
  election: string
  title: string
  /** How many candidates went with it. */
  candidates: number
  /** Titles of those that are left, in the order of the ballot. */
  left: string[]
}

/**
 * Takes a contest and its candidates off the ballot of a draft; those behind it move up.
 * @param input.contest title or number
 * @throws WrongState, ContestNotFound
 */
export async function removeContest(
  work: UnitOfWork,
  input: { election: string | undefined; contest: string },
): Promise<RemovedContest> {
  return work.write('remove contest', async (tx) => {
    const election = await findElection(tx, input.election)
    requireDraft(election, 'remove a contest')
    const { id, title, method, options } = await findContest(tx, election, input.contest)
    await tx.db.deleteFrom('contest').where('id', '=', id).execute()
    const left = await readContests(tx, election.id)
    // In order, so that each moves to a place that is free.
    for (const [index, contest] of left.entries()) {
      await tx.db
        .updateTable('contest')
        .set({ position: index + 1 })
        .where('id', '=', contest.id)
        .execute()
    }
    const details = { title, method, options: options.length }
    await tx.record({ action: 'contest-removed', election: election.slug, details })
    return {
      election: election.slug,
      title,
      candidates: options.length,
      left: left.map((contest) => contest.title),
    }
  })
}
