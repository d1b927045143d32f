import { refreshRoll } from '../register/roll.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { type Election, findElection } from './find-election.ts'
import { gatherOpeningFacts } from './opening-facts.ts'
import { examine, type Finding } from './readiness.ts'
import { rehearse } from './rehearse.ts'

/**
 * What still keeps a draft from opening, with the roll as it would be now; nothing for an election that was
 * open already. Changes nothing.
 * @throws ElectionNotFound, ElectionAmbiguous
 */
export async function checkElection(
  work: UnitOfWork,
  slug: string | undefined,
): Promise<{ election: Election; findings: Finding[] }> {
  const election = await work.read((tx) => findElection(tx, slug))
  if (election.status !== 'draft') return { election, findings: [] }
  return rehearse(work, 'check election', async (tx) => {
    await refreshRoll(tx, election)
    const { facts } = await gatherOpeningFacts(tx, election)
    return { election, findings: examine(facts) }
  })
}
