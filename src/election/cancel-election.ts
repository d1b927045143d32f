import type { UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import { type Election, findElection } from './find-election.ts'
import { type StepTaken, takeStep } from './take-step.ts'

/**
 * Calls an election off. Its key share is destroyed, so that the ballots that were cast are never opened.
 * @throws WrongState once it is tallied
 */
export async function cancelElection(
  work: UnitOfWork,
  input: { election: string | undefined; reason: string | undefined },
): Promise<StepTaken & { slug: string }> {
  return work.write('cancel election', async (tx) => {
    const election = await findElection(tx, input.election)
    const details = input.reason === undefined ? {} : { reason: input.reason }
    return { slug: election.slug, ...(await cancelIn(tx, election, details)) }
  })
}

/** @throws WrongState once it is tallied */
export async function cancelIn(
  tx: WriteTransaction,
  election: Election,
  details: Readonly<Record<string, unknown>>,
): Promise<StepTaken> {
  const taken = await takeStep(tx, election, { step: 'cancel', details })
  if (taken.changed) {
    await tx.db.updateTable('trustee').set({ secret: null }).where('election_id', '=', election.id).execute()
  }
  return taken
}
