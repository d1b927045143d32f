import type { Selectable } from 'kysely'
import type { Database, ReadTransaction } from '../../store/unit-of-work.ts'
import { folded, nearestWord } from '../spelling.ts'
import type { OpenPhase } from './phase.ts'
import { NominationAmbiguous, NominationNotFound } from './refusals.ts'

export type Nomination = Selectable<Database['nomination']>

/** In the order in which they were put up. */
export async function readNominations(tx: ReadTransaction, contestId: number): Promise<Nomination[]> {
  return tx.db
    .selectFrom('nomination')
    .selectAll()
    .where('contest_id', '=', contestId)
    .orderBy('id')
    .execute()
}

/**
 * The nomination of that name (without regard to case), or of that place in the list of its contest, from 1.
 * @throws NominationNotFound, NominationAmbiguous
 */
export async function findNomination(
  tx: ReadTransaction,
  { election, contest }: Pick<OpenPhase, 'election' | 'contest'>,
  wanted: string,
): Promise<Nomination> {
  const nominations = await readNominations(tx, contest.id)
  const alike = nominations.filter(({ name }) => folded(name) === folded(wanted))
  if (alike.length > 1) {
    const numbers = alike.map((each) => nominations.indexOf(each) + 1)
    throw new NominationAmbiguous({ name: wanted, numbers })
  }
  const found = alike[0] ?? (/^\d+$/.test(wanted) ? nominations[Number(wanted) - 1] : undefined)
  if (found !== undefined) return found
  const known = nominations.map(({ name }) => name)
  throw new NominationNotFound({
    ...{ name: wanted, election: election.slug },
    nearest: nearestWord(wanted, known),
  })
}
