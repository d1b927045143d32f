import { refreshRoll } from '../register/roll.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { type Election, findElection } from './find-election.ts'
import { allDueDeeds, type DueDeed } from './keeping.ts'
import { gatherOpeningFacts } from './opening-facts.ts'
import { examine, type Finding } from './readiness.ts'
import { rehearse } from './rehearse.ts'
import { overSince } from './schedule.ts'

export interface CheckedElection {
  election: Election
  /** Since when it takes no ballot any more, though nobody has closed it; null otherwise. */
  over: string | null
  findings: Finding[]
  /** What is due of elections that are over, this one and others of the file. */
  keeping: DueDeed[]
}

/**
 * What still keeps a draft from opening, with the roll as it would be now; nothing for an election that was
 * open already. Changes nothing.
 * @throws ElectionNotFound, ElectionAmbiguous
 */
export async function checkElection(work: UnitOfWork, slug: string | undefined): Promise<CheckedElection> {
  const { election, ...known } = await work.read(async (tx) => {
    const found = await findElection(tx, slug)
    return { election: found, over: overSince(found, tx.now), keeping: await allDueDeeds(tx) }
  })
  if (election.status !== 'draft') return { election, ...known, findings: [] }
  return rehearse(work, 'check election', async (tx) => {
    await refreshRoll(tx, election)
    const { facts } = await gatherOpeningFacts(tx, election)
    return { election, ...known, findings: examine(facts) }
  })
}
