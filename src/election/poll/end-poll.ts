import type { Group } from '../../sealing/group.ts'
import type { UnitOfWork, WriteTransaction } from '../../store/unit-of-work.ts'
import { anonymiseElection } from '../../tally/anonymise.ts'
import { runTally } from '../../tally/run-tally.ts'
import { cancelIn } from '../cancel-election.ts'
import { closeElection } from '../close-election.ts'
import { deleteDraft } from '../delete-election.ts'
import { isUnderWay, judgeStep } from '../lifecycle.ts'
import { publishResult } from '../publication.ts'
import { resetIn } from '../reset-election.ts'
import { findPoll, type Poll, type PollAddress, stateOf } from './find-poll.ts'
import { PollRefused } from './refusals.ts'

interface Deps {
  readonly work: UnitOfWork
  readonly group: Group
}

/**
 * Ends a poll and counts it, the first time; publishes its result or makes it anonymous, then or later. What of it is
 * done stays done, and a repetition goes on where it was.
 * @throws PollRefused `not-exist`, `invalid`, `not-allowed`; ApprovalNeeded
 */
export async function finalizePoll(
  deps: Deps,
  { publish, anonymize, ...address }: PollAddress & { publish: boolean; anonymize: boolean },
): Promise<void> {
  const { election } = await deps.work.read((tx) => findPoll(tx, address))
  const { slug, visibility, status } = election
  if (stateOf(election) === 'created')
    throw new PollRefused('invalid', `Poll ${address.poll} has not started yet.`)
  if (anonymize && (visibility === 'named' || visibility === 'manual')) {
    throw new PollRefused('not-allowed', `A ${visibility}-poll can not be anonymized.`)
  }
  if (status === 'cancelled') throw new PollRefused('not-allowed', `Poll ${address.poll} was called off.`)
  if (status === 'draft') {
    if (publish) throw new PollRefused('invalid', `Poll ${address.poll} has no result yet.`)
    return
  }
  if (isUnderWay(status)) await closeElection(deps, slug)
  await runTally(deps, { slug, seed: undefined })
  // Nobody knows whose a sealed ballot is.
  if (anonymize && visibility === 'open') await anonymiseElection(deps, slug)
  if (publish) await publishResult(deps.work, { election: slug })
}

/**
 * Has a poll voted on once more: under its number comes a new draft of the same description. What was cast before stays
 * on record, in an election of its own.
 * @throws PollRefused `not-exist`; WrongState once it is certified
 */
export async function resetPoll({ work, group }: Deps, address: PollAddress): Promise<void> {
  await work.write('reset poll', async (tx) => {
    const { id, election } = await findPoll(tx, address)
    if (election.status === 'draft') return
    const draft = await resetIn(tx, group, { election, reason: `poll ${id} is reset` })
    await tx.db.updateTable('poll').set({ election_id: draft.id }).where('id', '=', id).execute()
  })
}

/**
 * Takes a poll away. A draft is gone; what took place is called off where it was not counted, and stays on record, as an
 * election without a poll.
 * @throws PollRefused `not-exist`
 */
export async function deletePoll(work: UnitOfWork, address: PollAddress): Promise<void> {
  await work.write('delete poll', async (tx) => remove(tx, await findPoll(tx, address)))
}

async function remove(tx: WriteTransaction, { id, election }: Poll): Promise<void> {
  await tx.record({ action: 'poll-deleted', election: election.slug, details: { poll: id } })
  await tx.db.deleteFrom('poll').where('id', '=', id).execute()
  if (election.status === 'draft') await deleteDraft(tx, election)
  else if (judgeStep(election.status, 'cancel') === 'take') {
    await cancelIn(tx, election, { reason: `poll ${id} is deleted` })
  }
}
