import type { UnitOfWork } from '../../store/unit-of-work.ts'
import { findContest } from '../find-contest.ts'
import { findElection, requireDraft } from '../find-election.ts'
import { hasLists } from '../lists.ts'
import { requireMoment } from '../require-moment.ts'
import { readPhase } from './phase.ts'
import { NominationInvalid, NominationsNotPossible } from './refusals.ts'

export interface OpenedNominations {
  election: string
  /** Title. */
  contest: string
  /** ISO 8601 in UTC. */
  until: string
  /** How many members must put somebody up. */
  needed: number
  /** False if it was all like that already. */
  changed: boolean
}

/**
 * Lets people be put up for a contest, and answer, until a moment; again, to move that moment or go on after the end.
 * @param input.needed how many members must have put somebody up; undefined for what it was, or 1
 * @throws WrongState, ContestNotFound, NominationsNotPossible, NominationInvalid, TimeInvalid
 */
export async function openNominations(
  work: UnitOfWork,
  input: {
    election: string | undefined
    contest: string | undefined
    until: string
    needed: number | undefined
  },
): Promise<OpenedNominations> {
  return work.write('open nominations', async (tx) => {
    const election = await findElection(tx, input.election)
    requireDraft(election, 'open nominations')
    const contest = await findContest(tx, election, input.contest)
    const { id, title } = contest
    if (hasLists(contest)) throw new NominationsNotPossible({ contest: title, obstacle: 'lists' })
    if (contest.method === 'approval-motion') {
      throw new NominationsNotPossible({ contest: title, obstacle: 'motion' })
    }
    const until = requireMoment(input.until, election.zone)
    if (until <= tx.now) throw new NominationInvalid(`${input.until} is past.`, { until })
    const before = await readPhase(tx, id)
    const needed = input.needed ?? before?.needed ?? 1
    const changed = before?.ends_at !== until || before.needed !== needed || before.closed_at !== null
    if (changed) {
      const phase = { ends_at: until, needed, closed_at: null }
      await tx.db
        .insertInto('nomination_phase')
        .values({ contest_id: id, opened_at: tx.now, ...phase })
        .onConflict((conflict) => conflict.column('contest_id').doUpdateSet(phase))
        .execute()
      const details = { contest: title, until, needed }
      await tx.record({ action: 'nominations-opened', election: election.slug, details })
    }
    return { election: election.slug, contest: title, until, needed, changed }
  })
}
