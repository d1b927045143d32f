import { setImmediate } from 'node:timers/promises'
import type { Election } from '../election/find-election.ts'
import { parseBallot } from '../sealing/ballot.ts'
import { encryptedTallyRecords, endBallots } from '../sealing/board.ts'
import type { SealedElection } from '../sealing/election.ts'
import { elementToHex } from '../sealing/encoding.ts'
import { serializeEncryptedTally, startTally, type Tallied } from '../sealing/encrypted-tally.ts'
import type { Group } from '../sealing/group.ts'
import type { ReadTransaction, WriteTransaction } from '../store/unit-of-work.ts'
import { appendBoardRecords } from '../voting/board-records.ts'
import { type BoardState, sealedElectionOf } from './board-state.ts'
import { countingRecords, weightIn, weightsOf } from './counting-ballots.ts'
import { BoardDamaged } from './refusals.ts'
import { readStoredBoard } from './stored-board.ts'

interface ClosedBox {
  /** How many ballots count: one a voter who voted. */
  ballots: number
  /** SHA-256 of the board's last event, hex. */
  head: string
}

/**
 * Ends the ballots of an election and adds up those that count, still sealed. The caller has decided that it
 * closes, and changes its status.
 */
export async function closeBox(tx: WriteTransaction, group: Group, election: Election): Promise<ClosedBox> {
  const board = await readStoredBoard(tx, election)
  if (election.visibility !== 'secret') return closeClearBox(tx, group, { election, board })
  const sealed = sealedElectionOf(group, board)
  const { tally, num_tallied, total_weight } = await tallyOfEffective(tx, group, { election, sealed, board })
  const end = endBallots(group, board.head)
  const tallied = encryptedTallyRecords(group, end.head, {
    tally: serializeEncryptedTally(group, sealed, tally),
    num_tallied,
    total_weight,
  })
  await appendBoardRecords(tx, election.id, [...end.records, ...tallied.records])
  return { ballots: num_tallied, head: tallied.head.hash }
}

/** What is not sealed has nothing to be added up: whoever counts reads the ballots. */
async function closeClearBox(
  tx: WriteTransaction,
  group: Group,
  { election, board }: { election: Election; board: BoardState },
): Promise<ClosedBox> {
  const end = endBallots(group, board.head)
  const { ballots } = await tx.db
    .selectFrom('ballot')
    .where('election_id', '=', election.id)
    .where('effective', '=', 1)
    .select(({ fn }) => fn.countAll<number>().as('ballots'))
    .executeTakeFirstOrThrow()
  await appendBoardRecords(tx, election.id, end.records)
  return { ballots, head: end.head.hash }
}

const ballotsAtOnce = 32

/** Ballot by ballot, as none is needed once it is added. */
async function tallyOfEffective(
  tx: ReadTransaction,
  group: Group,
  { election, sealed, board }: { election: Election; sealed: SealedElection; board: BoardState },
): Promise<Tallied> {
  const weights = weightsOf(board.credentials)
  const tally = startTally(group, sealed)
  let added = 0
  for await (const { body, trackingCode } of countingRecords(tx, election)) {
    const ballot = parseBallot(group, sealed, body)
    if ('refused' in ballot) throw new BoardDamaged(`the ballot ${trackingCode} is ${ballot.refused}`)
    tally.add(ballot, weightIn(weights, { credential: elementToHex(ballot.credential), trackingCode }))
    added += 1
    // A server that closes a large box goes on answering.
    if (added % ballotsAtOnce === 0) await setImmediate()
  }
  return tally.finish()
}
