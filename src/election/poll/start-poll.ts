import { refreshRoll } from '../../register/roll.ts'
import type { Group } from '../../sealing/group.ts'
import type { UnitOfWork } from '../../store/unit-of-work.ts'
import { registerServiceTokens } from '../../voting/service-tokens.ts'
import { openDraft, requireTimeLeft } from '../open-election.ts'
import { takeStep } from '../take-step.ts'
import { findPoll, type PollAddress, stateOf } from './find-poll.ts'
import { PollRefused } from './refusals.ts'

/**
 * Opens a poll: from here on its roll, its contest and the weights of its voters are fixed. Who started already is told
 * nothing else.
 * @param options.key of the service, with which alone it can cast what its members say
 * @throws PollRefused `not-exist`, `invalid`; ElectionNotReady, TokensMadeElsewhere
 */
export async function startPoll(
  { work, group }: { work: UnitOfWork; group: Group },
  { key, ...address }: PollAddress & { key: string },
): Promise<void> {
  await work.write('start poll', async (tx) => {
    const { id, election } = await findPoll(tx, address)
    if (stateOf(election) === 'finished') throw new PollRefused('invalid', `Poll ${id} is already finished`)
    if (election.status === 'draft') {
      await refreshRoll(tx, election)
      await registerServiceTokens(tx, group, { election, key })
      await openDraft(tx, group, election)
      return
    }
    requireTimeLeft(election, tx.now)
    await takeStep(tx, election, { step: 'open' })
  })
}
