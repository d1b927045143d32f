import type { Selectable } from 'kysely'
import type { Database, ReadTransaction } from '../../store/unit-of-work.ts'
import type { Contest } from '../contests.ts'
import { findContest } from '../find-contest.ts'
import { type Election, findElection, requireDraft } from '../find-election.ts'
import { NominationsOver } from './refusals.ts'

export type Phase = Selectable<Database['nomination_phase']>

/** A contest for which people are put up. */
export interface OpenPhase {
  readonly election: Election
  readonly contest: Contest
  readonly phase: Phase
}

export async function readPhase(tx: ReadTransaction, contestId: number): Promise<Phase | undefined> {
  return tx.db
    .selectFrom('nomination_phase')
    .selectAll()
    .where('contest_id', '=', contestId)
    .executeTakeFirst()
}

/** Whether people are put up and answer at this moment. */
export function isOpen({ ends_at, closed_at }: Phase, now: string): boolean {
  return closed_at === null && now < ends_at
}

/**
 * The contest with its nominations, whether or not their time is over.
 * @param wanted.contest title or number; undefined for the only one, or the only one with nominations
 * @throws WrongState, ContestNotFound, NominationsOver where they never began
 */
export async function findPhase(
  tx: ReadTransaction,
  wanted: { election: string | undefined; contest: string | undefined; deed: string },
): Promise<OpenPhase> {
  const election = await findElection(tx, wanted.election)
  requireDraft(election, wanted.deed)
  const contest = await findContest(tx, election, wanted.contest ?? (await onlyContest(tx, election)))
  const phase = await readPhase(tx, contest.id)
  if (phase === undefined) {
    throw new NominationsOver({ election: election.slug, contest: contest.title, endedAt: undefined })
  }
  return { election, contest, phase }
}

/** @throws NominationsOver */
export function requireOpen({ election, contest, phase }: OpenPhase, now: string): void {
  if (isOpen(phase, now)) return
  throw new NominationsOver({
    ...{ election: election.slug, contest: contest.title },
    endedAt: phase.closed_at ?? phase.ends_at,
  })
}

/** The contests whose nominations were opened and not closed, in the order of the ballot. */
export async function contestsNominating(
  tx: ReadTransaction,
  electionId: number,
): Promise<Pick<Contest, 'title' | 'position'>[]> {
  return tx.db
    .selectFrom('nomination_phase')
    .innerJoin('contest', 'contest.id', 'nomination_phase.contest_id')
    .select(['contest.title', 'contest.position'])
    .where('contest.election_id', '=', electionId)
    .where('nomination_phase.closed_at', 'is', null)
    .orderBy('contest.position')
    .execute()
}

/** The title of the one contest that has nominations. */
async function onlyContest(tx: ReadTransaction, { id }: Election): Promise<string | undefined> {
  const rows = await tx.db
    .selectFrom('nomination_phase')
    .innerJoin('contest', 'contest.id', 'nomination_phase.contest_id')
    .select('contest.title')
    .where('contest.election_id', '=', id)
    .execute()
  return rows.length === 1 ? rows[0]!.title : undefined
}
