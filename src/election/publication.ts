import type { ElectionResultDocument } from '../report/result-schema.ts'
import type { Group } from '../sealing/group.ts'
import type { UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import { resultDocumentOf } from '../tally/read-result.ts'
import { type Election, findElection, requireStatus } from './find-election.ts'
import { TimeInvalid } from './refusals.ts'
import { requireApproval } from './require-approval.ts'
import { requireMoment } from './require-moment.ts'
import { scheduledAt } from './schedule.ts'
import { AlreadyPublished, ResultNotPublished } from './time-refusals.ts'

export interface Publication {
  election: string
  /** False where it was like that already. */
  changed: boolean
  /** ISO 8601 in UTC. */
  publishedAt: string | null
  embargoUntil: string | null
  /** Of the election. */
  zone: string
}

/**
 * Publishes the result of a tallied election: from then on it may be shown to everybody. With a time to come it is
 * under an embargo until then, and the scheduler publishes it; without one, an embargo that there was is lifted.
 * @param input.at as people write it, in the election's zone; undefined for now
 * @throws WrongState before the count, TimeInvalid, AlreadyPublished where a time is given, ApprovalNeeded
 */
export async function publishResult(
  work: UnitOfWork,
  input: { election: string | undefined; at?: string | undefined; reason?: string | undefined },
): Promise<Publication> {
  return work.write('publish result', async (tx) => {
    const election = await findElection(tx, input.election)
    requireCounted(election, 'publish its result')
    const reason = input.reason === undefined ? {} : { reason: input.reason }
    if (input.at === undefined) {
      if (election.published_at === null) await requireApproval(tx, election, { deed: 'publish', at: null })
      return publishIn(tx, election, reason)
    }
    const until = momentAhead(input.at, election.zone, tx.now)
    if (election.published_at !== null) throw new AlreadyPublished(election)
    const changed = election.embargo_until !== until
    if (changed) {
      await requireApproval(tx, election, { deed: 'publish', at: until })
      await tx.db
        .updateTable('election')
        .set({ embargo_until: until })
        .where('id', '=', election.id)
        .execute()
      const details = { from: election.embargo_until, until, ...reason }
      await tx.record({ action: 'embargo-set', election: election.slug, details })
    }
    return { election: election.slug, changed, publishedAt: null, embargoUntil: until, zone: election.zone }
  })
}

/** Publishes it now, unless it is. The caller has seen that it is counted. */
export async function publishIn(
  tx: WriteTransaction,
  election: Election,
  details: Readonly<Record<string, unknown>>,
): Promise<Publication> {
  const { slug, zone, embargo_until: embargoUntil } = election
  if (election.published_at !== null) {
    return { election: slug, changed: false, publishedAt: election.published_at, embargoUntil, zone }
  }
  await tx.db.updateTable('election').set({ published_at: tx.now }).where('id', '=', election.id).execute()
  await tx.record({
    action: 'result-published',
    election: slug,
    details: {
      ...scheduledAt(embargoUntil, tx.now),
      ...(embargoUntil !== null && embargoUntil > tx.now && { liftedEmbargo: embargoUntil }),
      ...details,
    },
  })
  return { election: slug, changed: true, publishedAt: tx.now, embargoUntil, zone }
}

/**
 * Calls off a publication that is still to come: the result stays with the officers.
 * @throws WrongState before the count, AlreadyPublished
 */
export async function unpublishResult(
  work: UnitOfWork,
  input: { election: string | undefined; reason: string | undefined },
): Promise<Publication> {
  return work.write('unpublish result', async (tx) => {
    const election = await findElection(tx, input.election)
    requireCounted(election, 'call off its publication')
    if (election.published_at !== null) throw new AlreadyPublished(election)
    const changed = election.embargo_until !== null
    if (changed) {
      await tx.db.updateTable('election').set({ embargo_until: null }).where('id', '=', election.id).execute()
      const reason = input.reason === undefined ? {} : { reason: input.reason }
      const details = { from: election.embargo_until, ...reason }
      await tx.record({ action: 'publication-cancelled', election: election.slug, details })
    }
    return { election: election.slug, changed, publishedAt: null, embargoUntil: null, zone: election.zone }
  })
}

/**
 * The result, for everybody: nothing of it before it is published, to nobody.
 * @throws ElectionNotFound, ResultNotPublished
 */
export async function publicResult(
  { work, group }: { work: UnitOfWork; group: Group },
  slug: string,
): Promise<ElectionResultDocument> {
  return work.read(async (tx) => {
    const election = await findElection(tx, slug)
    if (election.published_at === null) throw new ResultNotPublished(slug)
    return resultDocumentOf(tx, group, election)
  })
}

function requireCounted(election: Election, deed: string): void {
  requireStatus(election, {
    deed,
    allowed: ['tallied', 'certified', 'archived'],
    hint: `After the close, count it with: urna tally run ${election.slug}`,
  })
}

/** @throws TimeInvalid */
function momentAhead(written: string, zone: string, now: string): string {
  const moment = requireMoment(written, zone)
  if (moment <= now) throw new TimeInvalid(`${written} is past; leave --at out to publish it now`)
  return moment
}
