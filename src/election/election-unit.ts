import { readUnitTree, requireUnit } from '../organisation/units.ts'
import { type Eligibility, eligibilitySchema } from '../register/eligibility.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import type { Election } from './find-election.ts'

/** An election is that of a unit whose members, and those of the units below it, may vote in it. */
export async function requireUnitOf(
  tx: ReadTransaction,
  organisationId: number,
  { unit }: Pick<Eligibility, 'unit'>,
): Promise<void> {
  await unitsHolding(tx, organisationId, { unit })
}

/**
 * Ids of the units that hold what a filter chooses, from the top; none where it chooses from the whole organisation.
 * @throws UnitNotFound
 */
export async function unitsHolding(
  tx: ReadTransaction,
  organisationId: number,
  { unit: slug }: Pick<Eligibility, 'unit'>,
): Promise<number[]> {
  if (slug === null || slug === undefined) return []
  const tree = await readUnitTree(tx, organisationId)
  return tree.pathOf(requireUnit(tree, slug)).map(({ id }) => id)
}

/** The same of an election. */
export async function unitsOfElection(
  tx: ReadTransaction,
  { organisation_id, eligibility }: Pick<Election, 'organisation_id' | 'eligibility'>,
): Promise<number[]> {
  return unitsHolding(tx, organisation_id, eligibilitySchema.parse(JSON.parse(eligibility)))
}
