import type { ArchiveRecord } from '../sealing/archive.ts'
import type { BoardHead } from '../sealing/board.ts'
import type { ReadTransaction, WriteTransaction } from '../store/unit-of-work.ts'

/**
 * Adds to the public archive of an election, in order.
 * @returns the position of the last record added
 */
export async function appendBoardRecords(
  tx: WriteTransaction,
  electionId: number,
  records: readonly ArchiveRecord[],
): Promise<number> {
  const last = await tx.db
    .selectFrom('board_record')
    .select('position')
    .where('election_id', '=', electionId)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst()
  const before = last?.position ?? 0
  const rows = records.map(({ kind, hash, body }, index) => ({
    ...{ election_id: electionId, position: before + index + 1 },
    ...{ kind, hash, body },
  }))
  await tx.insertAll('board_record', rows)
  return before + rows.length
}

/** The whole public archive of an election, record by record, in order. */
export function boardRecords(tx: ReadTransaction, electionId: number): AsyncIterable<ArchiveRecord> {
  return tx.db
    .selectFrom('board_record')
    .select(['kind', 'hash', 'body'])
    .where('election_id', '=', electionId)
    .orderBy('position')
    .stream()
}

/** Where the chain of the board stands: the last event, on which the next one goes on. */
export async function boardHead(tx: ReadTransaction, electionId: number): Promise<BoardHead> {
  const { hash, body } = await tx.db
    .selectFrom('board_record')
    .select(['hash', 'body'])
    .where('election_id', '=', electionId)
    .where('kind', '=', 'event')
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  const { height } = JSON.parse(body) as { height: number }
  return { hash, height }
}
