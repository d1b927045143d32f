import { sql } from 'kysely'
import { among } from '../among.ts'
import type { Election } from '../election/find-election.ts'
import type { Database, ReadTransaction } from '../store/unit-of-work.ts'
import type { MailedRight } from './rights.ts'

export type Channel = Database['mailing']['channel']

/** Why a voter is not written to. */
export type SkipReason =
  | 'no-address'
  | 'unsubscribed'
  | 'bounced-before'
  | 'voted'
  | 'given-away'
  | 'token-replaced'

/** Who is written to: a voter, or the member to whom a voter gave the vote. */
export interface Recipient extends MailedRight {
  readonly number: string
  readonly name: string
  /** Whose vote it is, where it is not their own. */
  readonly proxyFor: { readonly number: string; readonly name: string } | null
  /** On the channel: an e-mail address or a telephone number, as the roll or the delegation has it. */
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

/** Who is written to for those votes, by number: the voters, then those who hold another's. */
export async function readRecipients(
  tx: ReadTransaction,
  election: Election,
  { channel, rights }: { channel: Channel; rights: readonly MailedRight[] },
): Promise<Recipient[]> {
  const bounced = await readBounced(tx, election, channel)
  const own = rights.filter(({ proxyId }) => proxyId === null)
  const voters = await voterRows(tx, { channel, ids: own.map(({ voterId }) => voterId) })
  const votes = new Map(rights.map(({ voterId, proxyId }) => [proxyId, voterId]))
  const proxies = await proxyRows(tx, election, {
    channel,
    ids: [...votes.keys()].filter((id) => id !== null),
  })
  const common = (row: Awaited<ReturnType<typeof voterRows>>[number]) => ({
    ...{ number: row.number, name: row.name, address: channel === 'email' ? row.email : row.phone },
    ...{ unsubscribed: row.unsubscribedAt !== null, bounced: bounced.has(row.number) },
    ...{ region: row.region, chapter: row.chapter, district: row.district, custom: textsOf(row.custom) },
  })
  return [
    ...voters.map((row) => ({ ...common(row), voterId: row.id, proxyId: null, proxyFor: null })),
    ...proxies.map((row) => ({
      ...common(row),
      ...{ voterId: votes.get(row.id)!, proxyId: row.id },
      proxyFor: { number: row.represented, name: row.representedName },
    })),
  ]
}

interface Asked {
  readonly channel: Channel
  readonly ids: readonly number[]
}

function voterRows(tx: ReadTransaction, { channel, ids }: Asked) {
  return tx.db
    .selectFrom('voter as v')
    .leftJoin('member as m', 'm.id', 'v.member_id')
    .leftJoin('unsubscribed as u', (join) =>
      join.onRef('u.member_id', '=', 'v.member_id').on('u.channel', '=', channel),
    )
    .select(['v.id', 'v.number', 'v.name', 'v.email', 'v.phone', 'v.region', 'v.chapter', 'v.district'])
    .select(['m.custom', 'u.at as unsubscribedAt'])
    .where('v.id', 'in', among(ids))
    .orderBy('v.number')
    .execute()
}

function proxyRows(tx: ReadTransaction, election: Election, { channel, ids }: Asked) {
  return tx.db
    .selectFrom('proxy as p')
    .innerJoin('voter as whose', 'whose.id', 'p.voter_id')
    .leftJoin('member as m', (join) =>
      join.onRef('m.number', '=', 'p.acting_number').on('m.organisation_id', '=', election.organisation_id),
    )
    .leftJoin('unsubscribed as u', (join) =>
      join.onRef('u.member_id', '=', 'm.id').on('u.channel', '=', channel),
    )
    .select(['p.id', 'p.acting_number as number', 'p.acting_name as name', 'p.acting_email as email'])
    .select(['p.acting_phone as phone', 'm.region', 'm.chapter', 'm.district', 'm.custom'])
    .select(['u.at as unsubscribedAt', 'whose.number as represented', 'whose.name as representedName'])
    .where('p.id', 'in', among(ids))
    .orderBy('p.acting_number')
    .orderBy('whose.number')
    .execute()
}

/** Numbers of those from whom a message of the election came back, whichever vote it was about. */
async function readBounced(tx: ReadTransaction, election: Election, channel: Channel): Promise<Set<string>> {
  const rows = await tx.db
    .selectFrom('message as b')
    .innerJoin('mailing as g', 'g.id', 'b.mailing_id')
    .innerJoin('voter as v', 'v.id', 'b.voter_id')
    .leftJoin('token as t', 't.id', 'b.token_id')
    .leftJoin('proxy as p', 'p.id', 't.proxy_id')
    .select(({ fn }) => fn.coalesce('p.acting_number', 'v.number').as('number'))
    .where('g.election_id', '=', election.id)
    .where('g.channel', '=', channel)
    .where('b.state', '=', 'bounced')
    .execute()
  return new Set(rows.map(({ number }) => number))
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
