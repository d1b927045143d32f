import type { ReadTransaction, UnitOfWork } from '../store/unit-of-work.ts'
import type { ContestDraft } from './contest-draft.ts'
import { type Election, findElection, requireDraft } from './find-election.ts'
import { insertContest } from './insert-contest.ts'

/** Adds a contest at the end of the ballot of a draft. @throws WrongState, ContestInvalid */
export async function addContest(
  work: UnitOfWork,
  input: { election: string | undefined; draft: ContestDraft },
): Promise<{ election: string; position: number }> {
  return work.write('add contest', async (tx) => {
    const election = await findDraft(tx, input.election)
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

/** The draft for which an officer is about to describe a contest. @throws WrongState */
export async function requireContestWelcome(
  work: UnitOfWork,
  election: string | undefined,
): Promise<Election> {
  return work.read((tx) => findDraft(tx, election))
}

async function findDraft(tx: ReadTransaction, slug: string | undefined): Promise<Election> {
  const election = await findElection(tx, slug)
  requireDraft(election, 'add a contest')
  return election
}
