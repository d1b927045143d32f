import { findElection } from '../election/find-election.ts'
import type { ElectionResultDocument } from '../report/result-schema.ts'
import { type Summary, summaryOf } from '../report/summary.ts'
import type { Group } from '../sealing/group.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { readEarlierElections } from './earlier-elections.ts'
import { viewResult } from './view-result.ts'

/** Of the earlier elections of the organisation a summary tells of so many, the latest. */
const mostEarlier = 5

/** The result and what it says in words, for an officer; recorded as `viewResult` does. @throws ResultNotFound */
export async function viewSummary(
  deps: { work: UnitOfWork; group: Group },
  slug: string | undefined,
): Promise<{ result: ElectionResultDocument; summary: Summary }> {
  const result = await viewResult(deps, slug)
  const earlier = await deps.work.read(async (tx) =>
    readEarlierElections(tx, await findElection(tx, result.election.slug), mostEarlier),
  )
  return { result, summary: summaryOf(result, earlier) }
}
