import type { ReadTransaction, WriteTransaction } from '../store/unit-of-work.ts'

/** One file of the public archive. */
export interface BoardRecord {
  kind: 'data' | 'event'
  /** SHA-256 of the body, hex. */
  hash: string
  body: string
}

/**
 * Adds to the public archive of an election, in order.
 * @returns the position of the last record added
 */
export async function appendBoardRecords(
  tx: WriteTransaction,
  electionId: number,
  records: readonly BoardRecord[],
): Promise<number> {
  const last = await tx.db
    .selectFrom('board_record')
    .select('position')
    .where('election_id', '=', electionId)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst()
  let position = last?.position ?? 0
  for (const { kind, hash, body } of records) {
    position += 1
    await tx.db
      .insertInto('board_record')
      .values({ election_id: electionId, position, kind, hash, body })
      .execute()
  }
  return position
}

/** The body of the last event, on which the next one is chained; undefined before the election opens. */
export async function lastBoardEvent(tx: ReadTransaction, electionId: number): Promise<string | undefined> {
  const last = await tx.db
    .selectFrom('board_record')
    .select('body')
    .where('election_id', '=', electionId)
    .where('kind', '=', 'event')
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last?.body
}

/** The whole public archive of an election, record by record, in order. */
export function boardRecords(tx: ReadTransaction, electionId: number): AsyncIterable<BoardRecord> {
  return tx.db
    .selectFrom('board_record')
    .select(['kind', 'hash', 'body'])
    .where('election_id', '=', electionId)
    .orderBy('position')
    .stream()
}
