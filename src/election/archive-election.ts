import type { UnitOfWork } from '../store/unit-of-work.ts'
import { findElection } from './find-election.ts'
import { type StepTaken, takeStep } from './take-step.ts'

/** Puts a certified election away: it stays readable, and nothing can be done with it any more. @throws WrongState */
export async function archiveElection(
  work: UnitOfWork,
  slug: string | undefined,
): Promise<StepTaken & { slug: string }> {
  return work.write('archive election', async (tx) => {
    const election = await findElection(tx, slug)
    return { slug: election.slug, ...(await takeStep(tx, election, { step: 'archive' })) }
  })
}
