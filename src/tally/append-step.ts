import { type Election, findElection } from '../election/find-election.ts'
import type { BoardHead, BoardStep } from '../sealing/board.ts'
import type { WriteTransaction } from '../store/unit-of-work.ts'
import { appendBoardRecords, boardHead } from '../voting/board-records.ts'

/**
 * Adds a step that was computed outside the transaction, if the election is still closed and its board where it was
 * computed from.
 *
 * @returns false if somebody else was faster; nothing was changed
 */
export async function appendStep(
  tx: WriteTransaction,
  election: Election,
  { after, step }: { after: BoardHead; step: BoardStep },
): Promise<boolean> {
  const { status } = await findElection(tx, election.slug)
  const head = await boardHead(tx, election.id)
  if (status !== 'closed' || head.hash !== after.hash) return false
  await appendBoardRecords(tx, election.id, step.records)
  return true
}
