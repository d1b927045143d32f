import type { Election } from '../election/find-election.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import { BoardDamaged } from './refusals.ts'

/** A ballot that counts, as the board has it. */
export interface CountingRecord {
  readonly body: string
  readonly trackingCode: string
  /** Null where the election was made anonymous. */
  readonly voterId: number | null
}

/** The ballots that count, in the order in which they came; one after the other, as there may be many. */
export async function* countingRecords(
  tx: ReadTransaction,
  election: Pick<Election, 'id'>,
): AsyncGenerator<CountingRecord> {
  const rows = tx.db
    .selectFrom('ballot')
    .innerJoin('board_record', (join) =>
      join
        .onRef('board_record.election_id', '=', 'ballot.election_id')
        .onRef('board_record.position', '=', 'ballot.board_position'),
    )
    .select(['board_record.body', 'ballot.tracking_code', 'ballot.voter_id'])
    .where('ballot.election_id', '=', election.id)
    .where('ballot.effective', '=', 1)
    .orderBy('ballot.board_position')
    .stream()
  for await (const { body, tracking_code: trackingCode, voter_id: voterId } of rows) {
    yield { body, trackingCode, voterId }
  }
}

/** The weights of the published list, by credential; one that it doesn't weigh has 1. */
export function weightsOf(credentials: string): Map<string, bigint> {
  const list = JSON.parse(credentials) as string[]
  return new Map(list.map((line) => [line.slice(0, 64), BigInt(line.slice(65) || 1)]))
}

/**
 * The weight of a ballot that counts, by its credential.
 * @throws BoardDamaged where the list does not have that
 */
export function weightIn(
  weights: ReadonlyMap<string, bigint>,
  { credential, trackingCode }: { readonly credential: string; readonly trackingCode: string },
): bigint {
  const weight = weights.get(credential)
  if (weight === undefined) throw new BoardDamaged(`the ballot ${trackingCode} has an unknown credential`)
  return weight
}
