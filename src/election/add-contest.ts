import type { UnitOfWork } from '../store/unit-of-work.ts'
import type { ContestDraft } from './contest-draft.ts'
import { findElection, requireStatus } from './find-election.ts'
import { insertContest } from './insert-contest.ts'

/** Adds a contest at the end of the ballot of a draft. @throws WrongState, ContestInvalid */
export async function addContest(
  work: UnitOfWork,
  input: { election: string | undefined; draft: ContestDraft },
): Promise<{ election: string; position: number }> {
  return work.write('add contest', async (tx) => {
    const election = await findElection(tx, input.election)
    requireStatus(election, { deed: 'add a contest', allowed: ['draft'] })
    const { last } = await tx.db
      .selectFrom('contest')
      .select(({ fn }) => fn.max<number | null>('position').as('last'))
      .where('election_id', '=', election.id)
      .executeTakeFirstOrThrow()
    const position = (last ?? 0) + 1
    await insertContest(tx, { electionId: election.id, position, draft: input.draft })
    await tx.record({
      action: 'contest-added',
      election: election.slug,
      details: { title: input.draft.title, method: input.draft.method, options: input.draft.options.length },
    })
    return { election: election.slug, position }
  })
}
