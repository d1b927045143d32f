import type { UnitOfWork } from '../store/unit-of-work.ts'
import { type Contest, readContests } from './contests.ts'
import { findContest } from './find-contest.ts'
import { findElection } from './find-election.ts'

/** The contests of an election with their candidates, or the one that is named. @throws ContestNotFound */
export async function listCandidates(
  work: UnitOfWork,
  input: { election: string | undefined; contest: string | undefined },
): Promise<{ election: string; contests: Contest[] }> {
  return work.read(async (tx) => {
    const election = await findElection(tx, input.election)
    const contests =
      input.contest === undefined
        ? await readContests(tx, election.id)
        : [await findContest(tx, election, input.contest)]
    return { election: election.slug, contests }
  })
}
