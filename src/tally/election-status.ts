import { z } from 'zod'
import { type Approval, readApprovals } from '../election/approvals.ts'
import { listElections } from '../election/list-elections.ts'
import { type ElectionOverview, showElection } from '../election/show-election.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { readLiveTurnout } from './turnout.ts'
import { type UnitTurnout, units } from './turnout-cells.ts'
import { lastVoteAt, readTurnoutHistory, type TurnoutPoint } from './turnout-history.ts'

/** How it stands with an election now: what an officer looks at while it runs. */
export interface ElectionStatus {
  overview: ElectionOverview
  /** The small ones merged; in steps while ballots come in. */
  units: UnitTurnout[]
  history: TurnoutPoint[]
  lastVoteAt: string | null
  /** What a second officer is asked for. */
  approvals: Approval[]
  /** Incidents without a resolution. */
  incidents: number
}

const finished = new Set(['archived', 'cancelled'])

/**
 * @param slug of one election; otherwise all that are not archived or cancelled, the latest first
 * @throws ElectionNotFound
 */
export async function readStatus(work: UnitOfWork, slug?: string): Promise<ElectionStatus[]> {
  const slugs =
    slug === undefined
      ? (await listElections(work))
          .filter(({ election }) => !finished.has(election.status))
          .map(({ election }) => election.slug)
      : [slug]
  const statuses: ElectionStatus[] = []
  for (const each of slugs) statuses.push(await statusOf(work, each))
  return statuses
}

async function statusOf(work: UnitOfWork, slug: string): Promise<ElectionStatus> {
  const overview = await showElection(work, slug)
  const { election } = overview
  return work.read(async (tx) => ({
    overview,
    units: election.opened_at === null ? [] : (await readLiveTurnout(tx, election)).units,
    history: await readTurnoutHistory(tx, election),
    lastVoteAt: await lastVoteAt(tx, election),
    approvals: (await readApprovals(tx, { election: slug })).filter(({ state }) => state === 'requested'),
    incidents: (
      await tx.db
        .selectFrom('incident')
        .select(({ fn }) => fn.countAll<number>().as('open'))
        .where('election_id', '=', election.id)
        .where('resolved_at', 'is', null)
        .executeTakeFirstOrThrow()
    ).open,
  }))
}

const count = z.int().nonnegative()
/** ISO 8601 in UTC. */
const moment = z.string().nullable()

/** What `urna status --json` prints. */
export const statusOutput = z.strictObject({
  at: z.string(),
  elections: z.array(
    z.strictObject({
      election: z.string(),
      title: z.string(),
      status: z.string(),
      opensAt: moment,
      closesAt: moment,
      /** Since when it takes no ballot any more, though nobody has closed it; null otherwise. */
      closedToBallotsSince: moment,
      voters: count,
      voted: count,
      lastVoteAt: moment,
      units: z.array(
        z.strictObject({ unit: z.enum(units), name: z.string().nullable(), voters: count, voted: count }),
      ),
      history: z.array(z.strictObject({ at: z.string(), voted: count })),
      /** What still keeps a draft from opening. */
      obstacles: z.array(z.string()),
      /** Deeds for which a second officer is asked. */
      approvals: z.array(z.strictObject({ approval: count, deed: z.string(), requestedBy: z.string() })),
      incidents: count,
      /** The command that comes next. */
      next: z.string(),
    }),
  ),
})

export function outputOfStatus(at: Date, statuses: readonly ElectionStatus[]): z.infer<typeof statusOutput> {
  return {
    at: at.toISOString(),
    elections: statuses.map(({ overview, approvals, ...status }) => ({
      election: overview.election.slug,
      title: overview.election.title,
      status: overview.election.status,
      opensAt: overview.election.opens_at,
      closesAt: overview.election.closes_at,
      closedToBallotsSince: overview.over,
      voters: overview.voters,
      voted: overview.voted,
      ...status,
      obstacles: overview.obstacles.map(({ message }) => message),
      approvals: approvals.map(({ approval, deed, requestedBy }) => ({ approval, deed, requestedBy })),
      next: overview.next,
    })),
  }
}
