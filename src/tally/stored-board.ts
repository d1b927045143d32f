import type { Election } from '../election/find-election.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import { type BoardState, readBoardState } from './board-state.ts'
import { NotYetOpen } from './refusals.ts'

/**
 * The board of an election in our own file. Its ballots are passed over, so that a million of them cost nothing.
 *
 * @throws NotYetOpen
 */
export async function readStoredBoard(tx: ReadTransaction, election: Election): Promise<BoardState> {
  const inElection = tx.db.selectFrom('board_record').where('election_id', '=', election.id)
  const setup = await inElection
    .where('kind', '=', 'event')
    .select((eb) => eb.fn.min('position').as('end'))
    .executeTakeFirst()
  if (setup?.end == null) throw new NotYetOpen(election.slug)
  const ballots = await tx.db
    .selectFrom('ballot')
    .where('election_id', '=', election.id)
    .select((eb) => eb.fn.max('board_position').as('end'))
    .executeTakeFirst()
  const records = inElection
    .where((eb) => eb.or([eb('position', '<=', setup.end), eb('position', '>', ballots?.end ?? 0)]))
    .select(['kind', 'hash', 'body'])
    .orderBy('position')
    .stream()
  return readBoardState(records)
}
