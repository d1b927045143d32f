import type { UnitOfWork } from '../store/unit-of-work.ts'
import { draftOfContest } from './draft-of-fields.ts'
import { contestConfigOf } from './export-config.ts'
import { findCandidate } from './find-candidate.ts'
import { findElection, requireDraft } from './find-election.ts'
import { rewriteContest } from './insert-contest.ts'

export interface RemovedCandidate {
  election: string
  /** Title. */
  contest: string
  name: string
  /** How many candidates are left in the contest. */
  left: number
}

/**
 * Takes a candidate off the ballot of a draft; those behind move up.
 * @param input.contest title or number; undefined where the name is in one contest alone
 * @throws WrongState, CandidateNotFound, CandidateAmbiguous, ContestNotFound
 */
export async function removeCandidate(
  work: UnitOfWork,
  input: { election: string | undefined; contest: string | undefined; name: string },
): Promise<RemovedCandidate> {
  return work.write('remove candidate', async (tx) => {
    const election = await findElection(tx, input.election)
    requireDraft(election, 'remove a candidate')
    const { contest, option } = await findCandidate(tx, election, input)
    const config = contestConfigOf({
      ...contest,
      options: contest.options.filter(({ id }) => id !== option.id),
    })
    const draft = draftOfContest(config, election.visibility)
    await rewriteContest(tx, contest, draft)
    const details = { contest: contest.title, name: option.name }
    await tx.record({ action: 'candidate-removed', election: election.slug, details })
    return {
      election: election.slug,
      contest: contest.title,
      name: option.name,
      left: draft.options.length,
    }
  })
}
