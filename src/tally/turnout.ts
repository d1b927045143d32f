import type { Election } from '../election/find-election.ts'
import { isUnderWay } from '../election/lifecycle.ts'
import { readPurge } from '../election/purged.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import { isStruck } from '../voting/struck.ts'
import { inSteps, type RollPart, type Turnout, turnoutByUnit, type UnitTurnout } from './turnout-cells.ts'

/** How many voted, in all and by the parts of the roll, none of them too small to be told. */
export async function readTurnout(
  tx: ReadTransaction,
  election: Election,
): Promise<Turnout & { units: UnitTurnout[] }> {
  const purge = await readPurge(tx, election)
  if (purge !== undefined) return purge.figures.turnout
  const parts = await readParts(tx, election)
  return { ...totalOf(parts), units: turnoutByUnit(parts) }
}

/** As it may be told while ballots come in: the total as it is, units in steps. */
export async function readLiveTurnout(
  tx: ReadTransaction,
  election: Election,
): Promise<Turnout & { units: UnitTurnout[] }> {
  const turnout = await readTurnout(tx, election)
  return isUnderWay(election.status) ? { ...turnout, units: inSteps(turnout.units) } : turnout
}

/** How many ballots count: of each voter at most one. */
export async function countVotes(tx: ReadTransaction, election: Election): Promise<number> {
  const { count } = await tx.db
    .selectFrom('mark')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('election_id', '=', election.id)
    .executeTakeFirstOrThrow()
  return count
}

async function readParts(tx: ReadTransaction, election: Election): Promise<RollPart[]> {
  return tx.db
    .selectFrom('voter')
    .leftJoin('mark', (join) =>
      join.onRef('mark.voter_id', '=', 'voter.id').onRef('mark.election_id', '=', 'voter.election_id'),
    )
    .where('voter.election_id', '=', election.id)
    .where(({ not }) => not(isStruck('voter')))
    .select(['voter.region', 'voter.chapter', 'voter.district'])
    .select(({ fn }) => [
      fn.count<number>('voter.id').as('voters'),
      fn.count<number>('mark.voter_id').as('voted'),
    ])
    .groupBy(['voter.region', 'voter.chapter', 'voter.district'])
    .orderBy('voter.region')
    .orderBy('voter.chapter')
    .orderBy('voter.district')
    .execute()
}

function totalOf(parts: readonly RollPart[]): Turnout {
  const sum = (of: 'voters' | 'voted') => parts.reduce((total, part) => total + part[of], 0)
  return { voters: sum('voters'), voted: sum('voted') }
}
