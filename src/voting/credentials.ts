import type { SelectQueryBuilder } from 'kysely'
import type { Election } from '../election/find-election.ts'
import { credentialSecret, publicCredential } from '../sealing/credential.ts'
import { elementToHex } from '../sealing/encoding.ts'
import type { Group } from '../sealing/group.ts'
import type { Database, ReadTransaction } from '../store/unit-of-work.ts'
import { isStruck } from './struck.ts'
import { type TokenFamily, tokenFamily } from './token-family.ts'

/** One vote: the weight of a reserve token, which is published before anybody knows whose it will be. */
export const reserveWeightMicros = 1_000_000

/** The public half of a token in an election, 64 hexadecimal digits. */
export function publicHalf(group: Group, { uuid, token }: { uuid: string; token: string }): string {
  const secret = credentialSecret(group, { uuid, token })
  const credential = elementToHex(publicCredential(group, secret))
  group.wipe(secret)
  return credential
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
  return rows.map((row) => ({
    credential: row.credential,
    weightMicros: row.weight_micros ?? reserveWeightMicros,
  }))
}

/** How many voters of the roll could not vote, because nobody gave them a token. */
export async function votersWithoutToken(tx: ReadTransaction, election: Election): Promise<number> {
  const family = await tokenFamily(tx, election)
  const { count } = await withoutToken(tx, election, family)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** The voters of the roll, except those struck off it, who hold no valid token. */
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
            .where('t.state', '=', 'issued'),
        ),
      ),
    )
    .where(({ not }) => not(isStruck('v')))
}
