import type { Election } from '../election/find-election.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import { isStruck } from '../voting/struck.ts'

interface Turnout {
  /** On the electoral roll, those struck off it left out. */
  voters: number
  voted: number
}

interface UnitTurnout extends Turnout {
  unit: 'region' | 'chapter' | 'district'
  /** Null for the small ones together, and whoever is of none. */
  name: string | null
}

/** Units with fewer voters are shown together: who voted in a group of three is soon known by name. */
export const smallestUnit = 10

/** How many voted, in all and by the parts of the roll. */
export async function readTurnout(
  tx: ReadTransaction,
  election: Election,
): Promise<Turnout & { units: UnitTurnout[] }> {
  const [all] = await countBy(tx, election, undefined)
  const units: UnitTurnout[] = []
  for (const unit of ['region', 'chapter', 'district'] as const) {
    const counts = await countBy(tx, election, unit)
    if (counts.every(({ name }) => name === null)) continue
    units.push(...mergeSmall(counts).map((count) => ({ unit, ...count })))
  }
  return { voters: all?.voters ?? 0, voted: all?.voted ?? 0, units }
}

interface NamedTurnout extends Turnout {
  name: string | null
}

async function countBy(
  tx: ReadTransaction,
  election: Election,
  unit: UnitTurnout['unit'] | undefined,
): Promise<NamedTurnout[]> {
  const query = tx.db
    .selectFrom('voter')
    .leftJoin('mark', (join) =>
      join.onRef('mark.voter_id', '=', 'voter.id').onRef('mark.election_id', '=', 'voter.election_id'),
    )
    .where('voter.election_id', '=', election.id)
    .where(({ not }) => not(isStruck('voter')))
    .select(({ fn }) => [
      fn.count<number>('voter.id').as('voters'),
      fn.count<number>('mark.voter_id').as('voted'),
    ])
  if (unit === undefined) return (await query.execute()).map((row) => ({ ...row, name: null }))
  const column = `voter.${unit}` as const
  const rows = await query.select(`${column} as name`).groupBy(column).orderBy(column).execute()
  return rows.map(({ name, voters, voted }) => ({ name, voters, voted }))
}

/**
 * Groups below the floor become one, with those who are of none: otherwise they would be what is left over. If
 * that is still small, the smallest of the others joins it.
 */
export function mergeSmall(counts: readonly NamedTurnout[]): NamedTurnout[] {
  const bySize = [...counts].sort(
    (a, b) => Number(b.name === null) - Number(a.name === null) || a.voters - b.voters,
  )
  const merged: NamedTurnout = { name: null, voters: 0, voted: 0 }
  const together = new Set<NamedTurnout>()
  for (const count of bySize) {
    const large = count.name !== null && count.voters >= smallestUnit
    if (large && (together.size === 0 || merged.voters >= smallestUnit)) break
    merged.voters += count.voters
    merged.voted += count.voted
    together.add(count)
  }
  const shown = counts.filter((count) => !together.has(count))
  return together.size === 0 ? [...counts] : [...shown, merged]
}
