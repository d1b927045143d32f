import type { Election } from '../election/find-election.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import { readRecipients } from './recipients.ts'
import { type MailedRight, readUnused, rightKey } from './rights.ts'

/** Why no message reached a voter. `waiting` says that one is still to go out, or may have arrived. */
export const unreachedReasons = [
  'missing',
  'unsubscribed',
  'failed',
  'bounced',
  'waiting',
  'not-sent',
] as const
export type UnreachedReason = (typeof unreachedReasons)[number]

export interface Unreached extends MailedRight {
  readonly number: string
  readonly name: string
  readonly email: string | null
  readonly phone: string | null
  /** Whose vote it is, where it is not their own. */
  readonly proxyFor: { readonly number: string; readonly name: string } | null
  readonly reason: UnreachedReason
}

/**
 * Who could cast a vote, has not, and was sent no token for it that did not come back; by number, first the voters, then
 * those who hold another's.
 */
export async function readUnreached(tx: ReadTransaction, election: Election): Promise<Unreached[]> {
  const rights = await readUnused(tx, election)
  const people = await readRecipients(tx, election, { channel: 'email', rights })
  const phones = new Map(
    (await readRecipients(tx, election, { channel: 'sms', rights })).map((each) => [
      rightKey(each),
      each.address,
    ]),
  )
  const messages = await tx.db
    .selectFrom('message as m')
    .innerJoin('mailing as g', 'g.id', 'm.mailing_id')
    .leftJoin('token as t', 't.id', 'm.token_id')
    .select(['m.voter_id as voterId', 't.proxy_id as proxyId', 'm.state'])
    .where('g.election_id', '=', election.id)
    .where('g.kind', '=', 'tokens')
    .execute()
  const states = Map.groupBy(messages, rightKey)
  return people.flatMap((person) => {
    const had = new Set(states.get(rightKey(person))?.map(({ state }) => state))
    if (had.has('sent')) return []
    const { voterId, proxyId, number, name, proxyFor, address: email, unsubscribed } = person
    const phone = phones.get(rightKey(person)) ?? null
    const reason = reasonOf(had, { email, unsubscribed })
    return { voterId, proxyId, number, name, proxyFor, email, phone, reason }
  })
}

function reasonOf(
  had: ReadonlySet<string>,
  { email, unsubscribed }: { email: string | null; unsubscribed: boolean },
): UnreachedReason {
  if (had.has('bounced')) return 'bounced'
  if (had.has('failed')) return 'failed'
  if (['queued', 'sending', 'deferred', 'unknown'].some((state) => had.has(state))) return 'waiting'
  if (email === null || email.trim() === '') return 'missing'
  return unsubscribed ? 'unsubscribed' : 'not-sent'
}
