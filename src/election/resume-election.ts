import type { UnitOfWork } from '../store/unit-of-work.ts'
import { findElection, requireStatus } from './find-election.ts'
import { requireTimeLeft } from './open-election.ts'
import { type StepTaken, takeStep } from './take-step.ts'

/** Takes ballots again after a pause; a draft is not opened by it. @throws WrongState, TimeOver */
export async function resumeElection(
  work: UnitOfWork,
  slug: string | undefined,
): Promise<StepTaken & { slug: string }> {
  return work.write('resume election', async (tx) => {
    const election = await findElection(tx, slug)
    requireStatus(election, { deed: 'resume it', allowed: ['paused', 'open'] })
    requireTimeLeft(election, tx.now)
    return { slug: election.slug, ...(await takeStep(tx, election, { step: 'open' })) }
  })
}
