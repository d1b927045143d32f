import { refreshRoll } from '../register/roll.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { type Election, findElection } from './find-election.ts'
import { gatherOpeningFacts } from './opening-facts.ts'
import { examine, type Finding } from './readiness.ts'
import { rehearse } from './rehearse.ts'
import { overSince } from './schedule.ts'

/**
 * What still keeps a draft from opening, with the roll as it would be now; nothing for an election that was
 * open already. Changes nothing.
 * @throws ElectionNotFound, ElectionAmbiguous
 */
export async function checkElection(
  work: UnitOfWork,
  slug: string | undefined,
): Promise<{ election: Election; over: string | null; findings: Finding[] }> {
  const { election, over } = await work.read(async (tx) => {
    const found = await findElection(tx, slug)
    return { election: found, over: overSince(found, tx.now) }
  })
  if (election.status !== 'draft') return { election, over, findings: [] }
  return rehearse(work, 'check election', async (tx) => {
    await refreshRoll(tx, election)
    const { facts } = await gatherOpeningFacts(tx, election)
    return { election, over, findings: examine(facts) }
  })
}
