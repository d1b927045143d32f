import { sql } from 'kysely'
import type { Election } from '../election/find-election.ts'
import { rightsOf } from '../election/rights.ts'
import type { ReadTransaction, WriteTransaction } from '../store/unit-of-work.ts'
import { delegationsFor } from './delegations.ts'

/** A vote that is cast by another member, in one election. */
export interface HeldProxy {
  readonly id: number
  readonly voterId: number
  /** Of the voter whose right it is. */
  readonly represented: string
  readonly representedName: string
  /** Of the member who votes in their stead. */
  readonly acting: string
  readonly actingName: string
  readonly actingEmail: string | null
  readonly actingPhone: string | null
  readonly reason: string
  /** ISO 8601 in UTC, as the others. */
  readonly expiresAt: string | null
  readonly officer: string
  readonly at: string
  /** Whether it was given after the opening. */
  readonly corrected: 0 | 1
  readonly revokedAt: string | null
  readonly revokedBy: string | null
  readonly revokedReason: string | null
}

/** All that an election has or had, in the order of the roll. */
export async function readProxies(tx: ReadTransaction, electionId: number): Promise<HeldProxy[]> {
  return tx.db
    .selectFrom('proxy as p')
    .innerJoin('voter as v', 'v.id', 'p.voter_id')
    .select(['p.id', 'p.voter_id as voterId', 'v.number as represented', 'v.name as representedName'])
    .select(['p.acting_number as acting', 'p.acting_name as actingName', 'p.acting_email as actingEmail'])
    .select(['p.acting_phone as actingPhone', 'p.reason', 'p.expires_at as expiresAt', 'p.officer', 'p.at'])
    .select(['p.corrected', 'p.revoked_at as revokedAt', 'p.revoked_by as revokedBy'])
    .select(['p.revoked_reason as revokedReason'])
    .where('p.election_id', '=', electionId)
    .orderBy('v.number')
    .orderBy('p.id')
    .execute()
}

/** Whether it holds at `now`, ISO 8601 in UTC. */
export function holds({ revokedAt, expiresAt }: HeldProxy, now: string): boolean {
  return revokedAt === null && (expiresAt === null || expiresAt > now)
}

/**
 * Makes the proxies of a draft equal to the delegations that hold now, and those of a runoff equal to those of the
 * election it decides. Who stays keeps the token; where a vote is not given away any more, the token of whoever had it
 * is revoked, and in a secret election that of the voter whose vote is.
 * @returns how many tokens were revoked
 */
export async function refreshProxies(tx: WriteTransaction, election: Election): Promise<number> {
  const present = await readProxies(tx, election.id)
  const wanted = await wantedProxies(tx, election)
  if (present.length + wanted.length === 0) return 0
  const keyOf = (given: Pick<HeldProxy, 'represented' | 'acting' | 'expiresAt'>) =>
    JSON.stringify([given.represented, given.acting, given.expiresAt])
  const keys = new Set(wanted.map(keyOf))
  const leaving = present.filter((proxy) => !keys.has(keyOf(proxy))).map(({ id }) => id)
  let revoked = 0
  for (const id of leaving) {
    const { numUpdatedRows } = await tx.db
      .updateTable('token')
      .set({ state: 'revoked', revoked_at: tx.now, revoked_reason: 'the vote is given to others or nobody' })
      .where('proxy_id', '=', id)
      .where('state', '!=', 'revoked')
      .executeTakeFirstOrThrow()
    revoked += Number(numUpdatedRows)
    await tx.db.deleteFrom('proxy').where('id', '=', id).execute()
  }
  const kept = new Map(present.map((proxy) => [keyOf(proxy), proxy.id]))
  for (const proxy of wanted) {
    const { reason, officer, at, acting, actingName, actingEmail, actingPhone } = proxy
    const columns = {
      ...{ acting_name: actingName, acting_email: actingEmail, acting_phone: actingPhone },
      ...{ reason, officer, at },
    }
    const id = kept.get(keyOf(proxy))
    if (id !== undefined) await tx.db.updateTable('proxy').set(columns).where('id', '=', id).execute()
    else {
      const { voterId, expiresAt } = proxy
      await tx.db
        .insertInto('proxy')
        .values({
          ...columns,
          election_id: election.id,
          voter_id: voterId,
          acting_number: acting,
          expires_at: expiresAt,
        })
        .execute()
    }
  }
  return revoked + (election.visibility === 'secret' ? await revokeOwn(tx, election) : 0)
}

type WantedProxy = Omit<HeldProxy, 'id' | 'corrected' | 'revokedAt' | 'revokedBy' | 'revokedReason'>

/** Of voters on the roll alone. */
async function wantedProxies(tx: ReadTransaction, election: Election): Promise<WantedProxy[]> {
  const given =
    election.runoff_of === null
      ? await delegationsFor(tx, election)
      : rightsOf(election).allowDelegation
        ? (await readProxies(tx, election.runoff_of)).filter((proxy) => holds(proxy, tx.now))
        : []
  if (given.length === 0) return []
  const voters = await tx.db
    .selectFrom('voter')
    .select(['id', 'number'])
    .where('election_id', '=', election.id)
    .execute()
  const ids = new Map(voters.map(({ id, number }) => [number, id]))
  return given.flatMap((each) => {
    const voterId = ids.get(each.represented)
    return voterId === undefined ? [] : [{ ...each, voterId }]
  })
}

/** A secret right has one token, or a stranger who counts the credentials would count it twice. */
async function revokeOwn(tx: WriteTransaction, election: Election): Promise<number> {
  const { numAffectedRows } = await sql`
    update token set state = 'revoked', revoked_at = ${tx.now}, revoked_reason = 'the vote was given away'
    where state = 'issued' and proxy_id is null
      and voter_id in (select voter_id from proxy where election_id = ${election.id} and revoked_at is null)
  `.execute(tx.db)
  return Number(numAffectedRows)
}
