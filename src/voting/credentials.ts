import type { SelectQueryBuilder } from 'kysely'
import { among } from '../among.ts'
import type { Election } from '../election/find-election.ts'
import { readCorrections } from '../register/corrections.ts'
import { type HeldProxy, holds, readProxies } from '../register/proxies.ts'
import { microsPerVote } from '../register/weights.ts'
import type { Database, ReadTransaction } from '../store/unit-of-work.ts'
import { isStruck } from './struck.ts'
import { type TokenFamily, tokenFamily } from './token-family.ts'

/**
 * What a reserve token weighs, which is published before anybody knows whose it will be: as much as every voter
 * of the roll as it is frozen at opening, or one vote where they weigh differently.
 */
export async function reserveWeightMicros(tx: ReadTransaction, election: Election): Promise<number> {
  const { added } = await readCorrections(tx, election.id)
  const weights = await tx.db
    .selectFrom('voter')
    .select('weight_micros')
    .distinct()
    .where('election_id', '=', election.id)
    .where('number', 'not in', among([...added]))
    .limit(2)
    .execute()
  const [common, other] = weights
  return common === undefined || other !== undefined ? microsPerVote : common.weight_micros
}

export interface ListedCredential {
  /** 64 hexadecimal digits. */
  readonly credential: string
  /** Millionths of a vote. */
  readonly weightMicros: number
}

/**
 * What is published when the election opens: who may vote, by the public halves of the tokens, those of the
 * reserve among them; sorted, so that the order says nothing.
 * @param uuid of the election
 */
export async function publicCredentialList(
  tx: ReadTransaction,
  election: Election,
  uuid: string,
): Promise<ListedCredential[]> {
  const rows = await tx.db
    .selectFrom('token_credential as c')
    .innerJoin('token as t', 't.id', 'c.token_id')
    .leftJoin('voter as holder', 'holder.id', 't.voter_id')
    .leftJoin('voter as v', (join) =>
      join.onRef('v.number', '=', 'holder.number').on('v.election_id', '=', election.id),
    )
    .select(['c.credential', 'v.weight_micros'])
    .where('c.uuid', '=', uuid)
    .where((where) =>
      where.or([
        where('t.state', '=', 'reserve'),
        where.and([where('t.state', '=', 'issued'), where('v.id', 'is not', null)]),
      ]),
    )
    .orderBy('c.credential')
    .execute()
  const reserve = await reserveWeightMicros(tx, election)
  return rows.map(({ credential, weight_micros }) => ({ credential, weightMicros: weight_micros ?? reserve }))
}

/** How many voters of the roll could not vote, because nobody gave them a token. */
export async function votersWithoutToken(tx: ReadTransaction, election: Election): Promise<number> {
  const family = await tokenFamily(tx, election)
  const { count } = await withoutToken(tx, election, family)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Votes that are given to others, who have no valid token for them. */
export async function proxiesWithoutToken(
  tx: ReadTransaction,
  election: Election,
  family: TokenFamily,
): Promise<HeldProxy[]> {
  const proxies = (await readProxies(tx, election.id)).filter((proxy) => holds(proxy, tx.now))
  if (proxies.length === 0) return []
  const held = await tx.db
    .selectFrom('token as t')
    .innerJoin('proxy as p', 'p.id', 't.proxy_id')
    .innerJoin('voter as v', 'v.id', 'p.voter_id')
    .select(['v.number as represented', 'p.acting_number as acting'])
    .where('t.election_id', '=', family.root.id)
    .where('t.state', '=', 'issued')
    .execute()
  const pairs = new Set(held.map(({ represented, acting }) => JSON.stringify([represented, acting])))
  return proxies.filter(({ represented, acting }) => !pairs.has(JSON.stringify([represented, acting])))
}

/**
 * The voters of the roll, except those struck off it, who hold no valid token. In a secret election who gave the vote
 * away needs none.
 */
export function withoutToken(
  tx: ReadTransaction,
  election: Election,
  family: TokenFamily,
): SelectQueryBuilder<Database & { v: Database['voter'] }, 'v', object> {
  return tx.db
    .selectFrom('voter as v')
    .where('v.election_id', '=', election.id)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('voter as holder')
            .innerJoin('token as t', 't.voter_id', 'holder.id')
            .select('t.id')
            .where('holder.election_id', 'in', family.electionIds)
            .whereRef('holder.number', '=', 'v.number')
            .where('t.state', '=', 'issued')
            .where('t.proxy_id', 'is', null),
        ),
      ),
    )
    .$if(election.visibility === 'secret', (query) =>
      query.where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('proxy as p')
              .select('p.id')
              .whereRef('p.voter_id', '=', 'v.id')
              .where('p.revoked_at', 'is', null)
              .where((where) =>
                where.or([where('p.expires_at', 'is', null), where('p.expires_at', '>', tx.now)]),
              ),
          ),
        ),
      ),
    )
    .where(({ not }) => not(isStruck('v')))
}
