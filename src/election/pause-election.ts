import type { UnitOfWork } from '../store/unit-of-work.ts'
import { findElection } from './find-election.ts'
import { type StepTaken, takeStep } from './take-step.ts'

/** Stops taking ballots until it is opened again. @throws WrongState */
export async function pauseElection(
  work: UnitOfWork,
  slug: string | undefined,
): Promise<StepTaken & { slug: string }> {
  return work.write('pause election', async (tx) => {
    const election = await findElection(tx, slug)
    return { slug: election.slug, ...(await takeStep(tx, election, { step: 'pause' })) }
  })
}
