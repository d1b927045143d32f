import { sql } from 'kysely'
import type { Election } from '../election/find-election.ts'
import { readUnitTree } from '../organisation/units.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import { isStruck } from '../voting/struck.ts'
import { hasChapter } from './eligibility.ts'

/**
 * How many of those who may vote are of no chapter; none where nobody is of one, and the organisation has none.
 */
export async function countByChapter(
  tx: ReadTransaction,
  election: Pick<Election, 'id' | 'organisation_id'>,
): Promise<{ without: number }> {
  const units = await readUnitTree(tx, election.organisation_id)
  const parts = await tx.db
    .selectFrom('voter')
    .select(['region', 'chapter'])
    .select(sql<number>`count(*)`.as('voters'))
    .where('election_id', '=', election.id)
    .where(({ not }) => not(isStruck('voter')))
    .groupBy(['region', 'chapter'])
    .execute()
  const without = parts.filter((part) => !hasChapter(part, units))
  const nobodyHasOne = without.length === parts.length && units.units.length === 0
  return { without: nobodyHasOne ? 0 : without.reduce((sum, { voters }) => sum + voters, 0) }
}
