import { findElection } from '../../election/find-election.ts'
import { type Difference, paperDifferences } from '../../election/reconciliation.ts'
import type { UnitOfWork } from '../../store/unit-of-work.ts'
import { type PaperStanding, readPaper } from './read-paper.ts'
import { requirePaper } from './require-paper.ts'

/** The papers of an election, and where their numbers do not fit each other. */
export async function listPaper(
  work: UnitOfWork,
  slug: string | undefined,
): Promise<PaperStanding & { election: string; differences: Difference[] }> {
  return work.read(async (tx) => {
    const election = await findElection(tx, slug)
    requirePaper(election)
    const paper = (await readPaper(tx, election))!
    // Before the close papers are still out.
    const known = election.closed_at !== null
    return { ...paper, election: election.slug, differences: known ? paperDifferences(paper) : [] }
  })
}
