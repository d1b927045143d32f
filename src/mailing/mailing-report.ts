import type { Election } from '../election/find-election.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import type { MessageState } from './plan-mailing.ts'
import type { Channel } from './recipients.ts'
import type { Ending } from './send-messages.ts'
import type { TokenList } from './token-list.ts'

export const messageStates = [
  ...(['queued', 'sending', 'sent', 'deferred', 'failed', 'bounced', 'skipped', 'unknown'] as const),
] as const satisfies readonly MessageState[]

/** How a mailing stands: how many, never who. */
export interface MailingStanding {
  readonly mailing: string
  readonly channel: Channel
  readonly kind: 'tokens' | 'reminder'
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly states: Readonly<Record<MessageState, number>>
  /** Why, for those that were not sent. */
  readonly reasons: { state: MessageState; reason: string; count: number }[]
  /** When the next one is tried again; ISO 8601, UTC. */
  readonly nextTryAt: string | null
}

export interface MailingReport extends MailingStanding {
  readonly election: string
  /** Voters whom it is for, those who are skipped among them. */
  readonly recipients: number
  /** Messages that were due when the command began. */
  readonly due: number
  /** Tokens of the file that are not sent, and the first line where one is. */
  readonly leftOut: TokenList['leftOut']
  readonly ending: Ending['kind'] | 'rehearsed'
}

export async function readReport(
  tx: ReadTransaction,
  told: {
    election: Election
    mailingId: number
    recipients: number
    before: number
    leftOut: TokenList['leftOut']
    ending: MailingReport['ending']
  },
): Promise<MailingReport> {
  const [standing] = await readMailings(tx, told.election, told.mailingId)
  const { recipients, before, leftOut, ending } = told
  return { election: told.election.slug, ...standing!, recipients, due: before, leftOut, ending }
}

/** @param id of one of them; undefined for all, oldest first */
export async function readMailings(
  tx: ReadTransaction,
  election: Election,
  id?: number,
): Promise<MailingStanding[]> {
  const mailings = await tx.db
    .selectFrom('mailing')
    .selectAll()
    .where('election_id', '=', election.id)
    .$if(id !== undefined, (query) => query.where('id', '=', id as number))
    .orderBy('id')
    .execute()
  const counted = await tx.db
    .selectFrom('message as m')
    .innerJoin('mailing as g', 'g.id', 'm.mailing_id')
    .select(({ fn }) => ['m.mailing_id', 'm.state', 'm.reason', fn.countAll<number>().as('count')])
    .select(({ fn }) => fn.min('m.due_at').as('dueAt'))
    .where('g.election_id', '=', election.id)
    .groupBy(['m.mailing_id', 'm.state', 'm.reason'])
    .orderBy('m.state')
    .orderBy('m.reason')
    .execute()
  return mailings.map((mailing) => {
    const rows = counted.filter((row) => row.mailing_id === mailing.id)
    const countIn = (state: MessageState) =>
      rows.reduce((sum, row) => sum + (row.state === state ? Number(row.count) : 0), 0)
    const states = Object.fromEntries(messageStates.map((state) => [state, countIn(state)]))
    const due = rows
      .flatMap(({ state, dueAt }) => (state === 'deferred' && dueAt !== null ? dueAt : []))
      .sort()
    return {
      mailing: mailing.name,
      channel: mailing.channel,
      kind: mailing.kind,
      startedAt: mailing.started_at,
      states: states as Record<MessageState, number>,
      reasons: rows.flatMap(({ state, reason, count }) =>
        reason === null ? [] : { state, reason, count: Number(count) },
      ),
      nextTryAt: due[0] ?? null,
    }
  })
}
