import { type StoredTabulation, storedTabulationSchema } from '../report/tabulation-schema.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import type { Election } from './find-election.ts'

/** The count of a contest as the file keeps it. */
export interface StoredCount {
  readonly contestId: number
  readonly title: string
  /** A `StoredTabulation` as JSON. */
  readonly body: string
}

/** Those of an election in the order of the ballot; none before the count. */
export function storedCounts(
  { db }: ReadTransaction,
  election: Pick<Election, 'id'>,
): Promise<StoredCount[]> {
  return db
    .selectFrom('tabulation')
    .innerJoin('contest', 'contest.id', 'tabulation.contest_id')
    .select(['contest.id as contestId', 'contest.title', 'tabulation.body'])
    .where('contest.election_id', '=', election.id)
    .orderBy('contest.position')
    .execute()
}

export function tabulationIn({ body }: Pick<StoredCount, 'body'>): StoredTabulation {
  return storedTabulationSchema.parse(JSON.parse(body))
}

/** By the id of the contest, in the order of the ballot. */
export async function readCounts(
  tx: ReadTransaction,
  election: Pick<Election, 'id'>,
): Promise<Map<number, StoredTabulation>> {
  const counts = await storedCounts(tx, election)
  return new Map(counts.map((count) => [count.contestId, tabulationIn(count)]))
}
