import { unitsHolding, unitsOfElection } from '../election/election-unit.ts'
import type { ListedElection } from '../election/list-elections.ts'
import { type Action, type Actor, isWithin, requireWithin } from '../organisation/roles.ts'
import type { Eligibility } from '../register/eligibility.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'

/** Of the elections of an organisation, those for which the officer acts. */
export async function electionsWithin(
  work: UnitOfWork,
  actor: Actor,
  listed: readonly ListedElection[],
): Promise<ListedElection[]> {
  if (actor.unitId === null) return [...listed]
  return work.read(async (tx) => {
    const within: ListedElection[] = []
    for (const each of listed) {
      if (isWithin(actor, await unitsOfElection(tx, each.election))) within.push(each)
    }
    return within
  })
}

/**
 * An officer of a unit makes elections of that unit, or of one below it.
 * @throws NotAllowed, UnitNotFound
 */
export async function requireDraftWithin(
  work: UnitOfWork,
  actor: Actor,
  { action, eligibility }: { action: Action; eligibility: Eligibility },
): Promise<void> {
  if (actor.unitId === null) return
  const units = await work.read((tx) => unitsHolding(tx, actor.organisationId, eligibility))
  requireWithin(actor, action, units)
}
