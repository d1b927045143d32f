import { sql } from 'kysely'
import { among } from '../among.ts'
import type { Election } from '../election/find-election.ts'
import type { Database, ReadTransaction } from '../store/unit-of-work.ts'
import { isStruck } from '../voting/struck.ts'
import { heldByVoter } from './valid-token.ts'

export type Channel = Database['mailing']['channel']

/** Why a voter is not written to. */
export type SkipReason = 'no-address' | 'unsubscribed' | 'bounced-before' | 'voted' | 'token-replaced'

/** A voter as far as a message to one is concerned. */
export interface Recipient {
  readonly voterId: number
  readonly number: string
  readonly name: string
  /** On the channel: an e-mail address or a telephone number, as the roll has it. */
  readonly address: string | null
  readonly unsubscribed: boolean
  /** Whether a message on the channel came back. */
  readonly bounced: boolean
  readonly region: string | null
  readonly chapter: string | null
  readonly district: string | null
  /** Fields of the member's own, by their names in the register. */
  readonly custom: Readonly<Record<string, string>>
}

export function skipReason({ address, unsubscribed, bounced }: Recipient): SkipReason | undefined {
  if (address === null || address.trim() === '') return 'no-address'
  if (unsubscribed) return 'unsubscribed'
  return bounced ? 'bounced-before' : undefined
}

/** Those voters, by number. */
export async function readRecipients(
  tx: ReadTransaction,
  election: Election,
  { channel, voterIds }: { channel: Channel; voterIds: readonly number[] },
): Promise<Recipient[]> {
  const rows = await tx.db
    .selectFrom('voter as v')
    .leftJoin('member as m', 'm.id', 'v.member_id')
    .leftJoin('unsubscribed as u', (join) =>
      join.onRef('u.member_id', '=', 'v.member_id').on('u.channel', '=', channel),
    )
    .select(['v.id', 'v.number', 'v.name', 'v.email', 'v.phone', 'v.region', 'v.chapter', 'v.district'])
    .select(['m.custom', 'u.at as unsubscribedAt'])
    .select(
      sql<number>`exists (select 1 from message b join mailing g on g.id = b.mailing_id
        where b.voter_id = v.id and b.state = 'bounced' and g.channel = ${channel})`.as('bounced'),
    )
    .where('v.election_id', '=', election.id)
    .where('v.id', 'in', among(voterIds))
    .orderBy('v.number')
    .execute()
  return rows.map((row) => ({
    voterId: row.id,
    number: row.number,
    name: row.name,
    address: channel === 'email' ? row.email : row.phone,
    unsubscribed: row.unsubscribedAt !== null,
    bounced: row.bounced === 1,
    region: row.region,
    chapter: row.chapter,
    district: row.district,
    custom: textsOf(row.custom),
  }))
}

/** Who could vote and has not: those with a valid token, no mark and no strike. Their ids. */
export async function readAbstainers(tx: ReadTransaction, election: Election): Promise<number[]> {
  const rows = await tx.db
    .selectFrom('voter as v')
    .select('v.id')
    .where('v.election_id', '=', election.id)
    .where(({ not }) => not(isStruck('v')))
    .where(await heldByVoter(tx, election, 'v'))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('mark')
            .select('at')
            .whereRef('voter_id', '=', 'v.id')
            .where('election_id', '=', election.id),
        ),
      ),
    )
    .orderBy('v.number')
    .execute()
  return rows.map(({ id }) => id)
}

/** Names of the fields that members of its organisation have of their own, sorted. */
export async function readCustomFields(tx: ReadTransaction, election: Election): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    select distinct j.key from member m, json_each(m.custom) j
    where m.organisation_id = ${election.organisation_id} order by j.key`.execute(tx.db)
  return rows.map(({ key }) => key)
}

function textsOf(custom: string | null): Record<string, string> {
  const fields = JSON.parse(custom ?? '{}') as Record<string, unknown>
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, String(value ?? '')]))
}
