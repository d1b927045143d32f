import type { Election } from '../election/find-election.ts'
import type { Group } from '../sealing/group.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import { readPaperTallies } from '../voting/paper/read-paper.ts'
import { readClearContests } from './clear-records.ts'
import { readEnteredContests } from './entered-result.ts'
import { type CountableContest, countableContests } from './opened-box.ts'
import { readStoredBoard } from './stored-board.ts'
import { withPapers } from './with-papers.ts'

/**
 * The contests of an election that is closed with what is to be counted, wherever that comes from: what the trustees
 * opened, ballots in the clear, or figures that an officer typed in.
 * @returns undefined where a sealed box is not opened yet
 * @throws BoardDamaged, PaperNotAgreed
 */
export async function readCountable(
  tx: ReadTransaction,
  group: Group,
  election: Election,
): Promise<CountableContest[] | undefined> {
  switch (election.visibility) {
    case 'secret': {
      const opened = countableContests(group, await readStoredBoard(tx, election))
      return opened && withPapers(opened, await readPaperTallies(tx, election))
    }
    case 'open':
    case 'named':
      return readClearContests(tx, group, election)
    case 'manual':
      return readEnteredContests(tx, group, election)
  }
}
