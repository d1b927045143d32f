import type { ReadTransaction } from '../../store/unit-of-work.ts'
import type { OpenSlidesPoll } from '../../tabulation/openslides/poll.ts'
import type { Election } from '../find-election.ts'
import { PollRefused } from './refusals.ts'
import { openSlidesPollOf, type PollSettings, readSettings } from './settings.ts'

/** A poll by its number, for the organisation whose service asks. */
export interface PollAddress {
  readonly organisationId: number
  readonly poll: number
}

export interface Poll {
  readonly id: number
  readonly election: Election
  readonly settings: PollSettings
  /** As its ballots are judged. */
  readonly rules: OpenSlidesPoll
}

/** What the vote service calls where a poll stands. */
export type PollState = 'created' | 'started' | 'finished'

/** @throws PollRefused `not-exist`, also for those of other organisations */
export async function findPoll(
  tx: ReadTransaction,
  { organisationId, poll: id }: PollAddress,
): Promise<Poll> {
  const row = await tx.db
    .selectFrom('poll')
    .innerJoin('election', 'election.id', 'poll.election_id')
    .selectAll('election')
    .select('poll.settings as pollSettings')
    .where('poll.id', '=', id)
    .where('poll.organisation_id', '=', organisationId)
    .executeTakeFirst()
  if (row === undefined) throw new PollRefused('not-exist', `Poll ${id} does not exist`)
  const { pollSettings, ...election } = row
  const settings = readSettings(pollSettings)
  return { id, election, settings, rules: openSlidesPollOf(settings, election) }
}

/** Nobody votes in a manual poll: it is over from the beginning. */
export function stateOf({ status, visibility }: Pick<Election, 'status' | 'visibility'>): PollState {
  if (visibility === 'manual') return 'finished'
  switch (status) {
    case 'draft':
      return 'created'
    case 'open':
    case 'paused':
      return 'started'
    default:
      return 'finished'
  }
}
