import { among } from '../among.ts'
import type { Election } from '../election/find-election.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import { readAbstainers } from './recipients.ts'

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

export interface Unreached {
  readonly voterId: number
  readonly number: string
  readonly name: string
  readonly email: string | null
  readonly phone: string | null
  readonly reason: UnreachedReason
}

/** Who could vote, has not, and was sent no token or reminder that did not come back; by number. */
export async function readUnreached(tx: ReadTransaction, election: Election): Promise<Unreached[]> {
  const voters = await tx.db
    .selectFrom('voter as v')
    .leftJoin('unsubscribed as u', (join) =>
      join.onRef('u.member_id', '=', 'v.member_id').on('u.channel', '=', 'email'),
    )
    .select(['v.id', 'v.number', 'v.name', 'v.email', 'v.phone', 'u.at as unsubscribedAt'])
    .where('v.id', 'in', among(await readAbstainers(tx, election)))
    .orderBy('v.number')
    .execute()
  const messages = await tx.db
    .selectFrom('message as m')
    .innerJoin('mailing as g', 'g.id', 'm.mailing_id')
    .select(['m.voter_id', 'm.state'])
    .where('g.election_id', '=', election.id)
    .where('g.kind', '=', 'tokens')
    .execute()
  const states = Map.groupBy(messages, ({ voter_id }) => voter_id)
  return voters.flatMap(({ id, number, name, email, phone, unsubscribedAt }) => {
    const had = new Set(states.get(id)?.map(({ state }) => state))
    if (had.has('sent')) return []
    const reason = reasonOf(had, { email, unsubscribed: unsubscribedAt !== null })
    return { voterId: id, number, name, email, phone, reason }
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
