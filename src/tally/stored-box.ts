import type { Election } from '../election/find-election.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import { type AnonymousBox, anonymousBoxSchema } from './anonymous-box.ts'

/** @returns undefined where the election was not made anonymous */
export async function readAnonymousBox(
  tx: ReadTransaction,
  election: Pick<Election, 'id'>,
): Promise<AnonymousBox | undefined> {
  const row = await tx.db
    .selectFrom('anonymous_box')
    .select('body')
    .where('election_id', '=', election.id)
    .executeTakeFirst()
  return row === undefined ? undefined : anonymousBoxSchema.parse(JSON.parse(row.body))
}
