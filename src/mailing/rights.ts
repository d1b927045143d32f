import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Election } from '../election/find-election.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import { isGiven, isOwnLost } from '../voting/standing.ts'
import { isStruck } from '../voting/struck.ts'
import { tokenFamily } from '../voting/token-family.ts'

/** A vote for which somebody is written to. */
export interface MailedRight {
  /** Whose vote it is. */
  readonly voterId: number
  /** Where it was given to another member, who is written to instead; null for the voter. */
  readonly proxyId: number | null
}

export interface UnusedRight extends MailedRight {
  /** Of whom the vote was given to; null for the voter's own, whichever it is. */
  readonly tokenId: number | null
}

export function rightKey({ voterId, proxyId }: MailedRight): string {
  return `${voterId} ${proxyId ?? ''}`
}

/**
 * What could be cast and was not: by voters with a valid token, no mark and no strike, and by those to whom the vote of
 * such a voter was given. A voter who gave it away is not among them, unless the election lets both vote.
 */
export async function readUnused(tx: ReadTransaction, election: Election): Promise<UnusedRight[]> {
  const held = tx.db
    .selectFrom('token as t')
    .innerJoin('proxy as p', 'p.id', 't.proxy_id')
    .innerJoin('voter as whose', 'whose.id', 'p.voter_id')
    .innerJoin('voter as v', (join) =>
      join.onRef('v.number', '=', 'whose.number').on('v.election_id', '=', election.id),
    )
    .select(['v.id as voterId', 'p.id as proxyId', 't.id as tokenId'])
    .where('t.state', '=', 'issued')
    .where('t.election_id', '=', (await tokenFamily(tx, election)).root.id)
    .where((where) => where.or([where('t.expires_at', 'is', null), where('t.expires_at', '>', tx.now)]))
    .where(mayStillVote('v'))
    .orderBy('v.number')
  const own = tx.db
    .selectFrom('voter as v')
    .select('v.id as voterId')
    .where('v.election_id', '=', election.id)
    .where(await holdsOwn(tx, election, 'v'))
    .where(mayStillVote('v'))
    .orderBy('v.number')
  const voters = await own.execute()
  return [
    ...voters.map(({ voterId }) => ({ voterId, proxyId: null, tokenId: null })),
    ...(await held.execute()),
  ]
}

/** Whether the voter of this row is neither struck nor marked as having voted. */
function mayStillVote(voter: string): RawBuilder<SqlBool> {
  const [id, election] = [sql.ref(`${voter}.id`), sql.ref(`${voter}.election_id`)]
  return sql<SqlBool>`not ${isStruck(voter)} and not exists (
    select 1 from mark where mark.voter_id = ${id} and mark.election_id = ${election})`
}

/** Whether the voter of this row holds a token that counts now, in whichever round it was given, and may use it. */
async function holdsOwn(
  tx: ReadTransaction,
  election: Election,
  voter: string,
): Promise<RawBuilder<SqlBool>> {
  const { electionIds } = await tokenFamily(tx, election)
  const rounds = sql.join(electionIds.map((id) => sql.lit(id)))
  const holds = sql<SqlBool>`exists (
    select 1 from token held join voter holder on holder.id = held.voter_id
    where holder.election_id in (${rounds}) and holder.number = ${sql.ref(`${voter}.number`)}
      and held.state = 'issued' and held.proxy_id is null and (held.expires_at is null or held.expires_at > ${tx.now}))`
  return isOwnLost(election) ? sql<SqlBool>`${holds} and not ${isGiven(voter, tx.now)}` : holds
}
