import { timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import { latestPast } from '../clock.ts'
import type { Election } from '../election/find-election.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import type { BallotCheck } from './cast-ballots.ts'
import { codeHash, readCodeKey } from './code-key.ts'

/** Wrong codes after which a voter needs a new one. */
const triesACode = 5

/**
 * Wrong codes of a whole election within an hour after which no code is looked at. Whoever stole many tokens could
 * otherwise try five codes on each; so, one try in a million being right, the chance is a thousandth an hour.
 */
export const wrongTriesAnHour = 1000

/**
 * Looks at the one-time code of a ballot that came over the network, in the transaction that casts it: a right one
 * is used up with the ballot, or not at all. The ballot's signature was verified before, so that nobody but the
 * holder of the token can use up the voter's tries.
 */
export const checkCode: BallotCheck = async (tx, { election, right: { voterId }, code }) => {
  if (election.code === 'none') return undefined
  if (code === undefined) return 'code-needed'
  const latest = await latestCode(tx, election, voterId)
  const key = await readCodeKey(tx)
  if (latest === undefined || key === undefined) return 'code-expired'
  const isOver = latest.expires_at <= tx.now || latest.created_at > latestPast(tx.now)
  if (isOver || latest.used === 1 || latest.tries >= triesACode) return 'code-expired'
  if ((await wrongTries(tx, election)) >= wrongTriesAnHour) return 'codes-suspended'
  const expected = codeHash(key, { election, voterId, createdAt: latest.created_at, code })
  const isRight = timingSafeEqual(expected, latest.hash)
  await tx.db
    .updateTable('one_time_code')
    .set(isRight ? { used: 1 } : { tries: latest.tries + 1 })
    .where('id', '=', latest.id)
    .execute()
  return isRight ? undefined : 'code-wrong'
}

async function latestCode(tx: ReadTransaction, election: Election, voterId: number) {
  return tx.db
    .selectFrom('one_time_code')
    .selectAll()
    .where('election_id', '=', election.id)
    .where('voter_id', '=', voterId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

async function wrongTries(tx: ReadTransaction, election: Election): Promise<number> {
  const { tries } = await tx.db
    .selectFrom('one_time_code')
    .select(({ fn }) => fn.sum<number | null>('tries').as('tries'))
    .where('election_id', '=', election.id)
    .where('created_at', '>', hourBefore(tx.now))
    .where('created_at', '<=', latestPast(tx.now))
    // As the index says it, which has none of the many codes that were right at once.
    .where('tries', '>', sql.lit(0))
    .executeTakeFirstOrThrow()
  return tries ?? 0
}

/** @param moment ISO 8601 in UTC, as the result */
export function hourBefore(moment: string): string {
  return new Date(Date.parse(moment) - 3_600_000).toISOString()
}
