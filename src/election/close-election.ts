import type { Group } from '../sealing/group.ts'
import type { UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import { closeBox } from '../tally/close-box.ts'
import { type Election, findElection } from './find-election.ts'
import { requireApproval } from './require-approval.ts'
import { scheduledAt } from './schedule.ts'
import { mayTake, takeStep } from './take-step.ts'

export interface ClosedElection {
  slug: string
  /** False where it was closed already. */
  changed: boolean
  /** How many ballots count; undefined where it was closed already. */
  ballots?: number
  /** The last event of the board, to be published. */
  head?: string
}

/** Ends the vote for good, and adds the ballots up while they are still sealed. @throws WrongState, ApprovalNeeded */
export async function closeElection(
  { work, group }: { work: UnitOfWork; group: Group },
  slug: string | undefined,
): Promise<ClosedElection> {
  return work.write('close election', async (tx) => {
    const election = await findElection(tx, slug)
    if (mayTake(election, 'close')) await requireApproval(tx, election, { deed: 'close', at: null })
    return closeIn(tx, group, election)
  })
}

/** The close itself, also of the schedule, which no officer approves. @throws WrongState */
export async function closeIn(
  tx: WriteTransaction,
  group: Group,
  election: Election,
): Promise<ClosedElection> {
  if (!mayTake(election, 'close')) return { slug: election.slug, changed: false }
  const box = await closeBox(tx, group, election)
  const details = { ...scheduledAt(election.closes_at, tx.now), ...box }
  await takeStep(tx, election, { step: 'close', details })
  return { slug: election.slug, changed: true, ...box }
}
