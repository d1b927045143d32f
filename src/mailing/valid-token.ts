import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Election } from '../election/find-election.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import { tokenFamily } from '../voting/token-family.ts'

/**
 * Whether the voter of this row holds a token that counts now, in whichever round it was given.
 * @param voter name of the voter table in the query
 */
export async function heldByVoter(
  tx: ReadTransaction,
  election: Election,
  voter: string,
): Promise<RawBuilder<SqlBool>> {
  const { electionIds } = await tokenFamily(tx, election)
  const rounds = sql.join(electionIds.map((id) => sql.lit(id)))
  return sql<SqlBool>`exists (
    select 1 from token held join voter holder on holder.id = held.voter_id
    where holder.election_id in (${rounds}) and holder.number = ${sql.ref(`${voter}.number`)}
      and held.state = 'issued' and held.proxy_id is null and (held.expires_at is null or held.expires_at > ${tx.now}))`
}
