import { readElection } from '../election/read-election.ts'
import type { ElectionResultDocument } from '../report/result-schema.ts'
import type { Group } from '../sealing/group.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { type OpenedBallots, readOpenedBallots } from './opened-ballots.ts'
import { readResultDocument } from './read-result.ts'
import { ResultNotFound } from './refusals.ts'

interface Deps {
  work: UnitOfWork
  group: Group
}

/** What of the votes somebody looked at. */
export type Viewed = 'result' | 'opened ballots' | 'archive' | 'live votes'

/** Has the log say who looked at what of the votes before everybody may. */
export async function recordView(
  work: UnitOfWork,
  { slug, viewed }: { slug: string; viewed: Viewed },
): Promise<void> {
  await work.write(`view ${viewed}`, (tx) =>
    tx.record({ action: 'vote-viewed', election: slug, details: { viewed } }),
  )
}

/** The result, for an officer; who looks at it before its publication is in the log. @throws ResultNotFound */
export async function viewResult(
  { work, group }: Deps,
  slug: string | undefined,
): Promise<ElectionResultDocument> {
  await recordUnpublished(work, { slug, viewed: 'result' })
  return readResultDocument({ work, group }, slug)
}

/**
 * The ballots of a contest, for an officer, recorded likewise.
 * @throws ResultNotFound, ContestNotFound, NoOpenedBallots
 */
export async function viewOpenedBallots(
  { work, group }: Deps,
  input: { slug: string | undefined; contest: string | undefined },
): Promise<OpenedBallots> {
  const opened = await readOpenedBallots({ work, group }, input)
  await recordUnpublished(work, { slug: opened.election, viewed: 'opened ballots' })
  return opened
}

/** @throws ResultNotFound, which is in the log too */
async function recordUnpublished(
  work: UnitOfWork,
  { slug, viewed }: { slug: string | undefined; viewed: Viewed },
): Promise<void> {
  const election = await readElection(work, slug)
  if (election.published_at !== null) return
  if (election.tallied_at !== null) return recordView(work, { slug: election.slug, viewed })
  await work.write(`view ${viewed}`, () => Promise.reject(new ResultNotFound(election.slug)))
}
