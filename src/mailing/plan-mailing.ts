import { randomBytes } from 'node:crypto'
import type { Election } from '../election/find-election.ts'
import type { Database, WriteTransaction } from '../store/unit-of-work.ts'
import { type Channel, type Recipient, type SkipReason, skipReason } from './recipients.ts'
import { MailingUnderWay } from './refusals.ts'
import { isDead, leaseMillis, leaseUntil } from './run-lease.ts'

export type MessageState = Database['message']['state']

/** A message that is to be sent. */
export interface Due {
  readonly id: number
  readonly key: string
  readonly recipient: Recipient
  readonly tokenId: number | null
  readonly tries: number
  /** ISO 8601, UTC; null for at once. */
  readonly dueAt: string | null
}

export interface MailingOrder {
  readonly channel: Channel
  readonly kind: 'tokens' | 'reminder'
  readonly name: string
  readonly recipients: readonly { recipient: Recipient; tokenId: number | null }[]
  /** Send again what a killed process may have sent. */
  readonly resendUnknown: boolean
  /** Send again what was refused for good or came back: after the addresses were mended. */
  readonly retryFailed: boolean
  /** Which process sends it. */
  readonly run: string
}

export interface MailingPlan {
  readonly mailingId: number
  readonly due: readonly Due[]
  /** Whom it leaves out, and why. */
  readonly skipped: Partial<Record<SkipReason, number>>
}

/**
 * Writes down whom a mailing goes to, before anything goes out. Those whom it went to already keep what is written of
 * them, and get nothing again.
 * @throws MailingUnderWay
 */
export async function planMailing(
  tx: WriteTransaction,
  election: Election,
  order: MailingOrder,
): Promise<MailingPlan> {
  const mailingId = await takeMailing(tx, election, order)
  await tx.db
    .updateTable('message')
    .set({ state: 'unknown', reason: 'interrupted' })
    .where('mailing_id', '=', mailingId)
    .where('state', '=', 'sending')
    .execute()
  const known = new Map(
    (await messagesOf(tx, mailingId)).map((row) => [keyOf(row.voter_id, row.token_id), row]),
  )
  const skipped: Partial<Record<SkipReason, number>> = {}
  const fresh: { voter_id: number; token_id: number | null; state: MessageState; reason: string | null }[] =
    []
  for (const { recipient, tokenId } of order.recipients) {
    const reason = retried(order, recipient)
    if (reason !== undefined) skipped[reason] = (skipped[reason] ?? 0) + 1
    const row = known.get(keyOf(recipient.voterId, tokenId))
    const state = reason === undefined ? 'queued' : 'skipped'
    if (row === undefined)
      fresh.push({ voter_id: recipient.voterId, token_id: tokenId, state, reason: reason ?? null })
    else if (mayChange(row.state, order)) {
      await tx.db
        .updateTable('message')
        .set({ state, reason: reason ?? null, tries: 0, due_at: null })
        .where('id', '=', row.id)
        .execute()
    }
  }
  await tx.insertAll(
    'message',
    fresh.map((row) => ({ mailing_id: mailingId, ...row, key: newKey(), at: tx.now })),
  )
  return { mailingId, skipped, due: await dueOf(tx, mailingId, order) }
}

/** Who came back before gets nothing, unless the officer says that the addresses were mended. */
function retried({ retryFailed }: MailingOrder, recipient: Recipient): SkipReason | undefined {
  return skipReason(retryFailed ? { ...recipient, bounced: false } : recipient)
}

function mayChange(state: MessageState, { resendUnknown, retryFailed }: MailingOrder): boolean {
  if (state === 'unknown') return resendUnknown
  if (state === 'failed' || state === 'bounced') return retryFailed
  return state === 'skipped' || state === 'queued'
}

async function dueOf(tx: WriteTransaction, mailingId: number, order: MailingOrder): Promise<Due[]> {
  const waiting = (await messagesOf(tx, mailingId)).filter(
    ({ state }) => state === 'queued' || state === 'deferred',
  )
  const rows = new Map(waiting.map((row) => [keyOf(row.voter_id, row.token_id), row]))
  return order.recipients.flatMap(({ recipient, tokenId }) => {
    const row = rows.get(keyOf(recipient.voterId, tokenId))
    if (row === undefined) return []
    return { id: row.id, key: row.key, recipient, tokenId, tries: row.tries, dueAt: row.due_at }
  })
}

async function messagesOf(tx: WriteTransaction, mailingId: number) {
  return tx.db
    .selectFrom('message')
    .select(['id', 'voter_id', 'token_id', 'key', 'state', 'tries', 'due_at'])
    .where('mailing_id', '=', mailingId)
    .execute()
}

async function takeMailing(tx: WriteTransaction, election: Election, order: MailingOrder): Promise<number> {
  const { channel, kind, name, run } = order
  const known = await tx.db
    .selectFrom('mailing')
    .selectAll()
    .where('election_id', '=', election.id)
    .where('channel', '=', channel)
    .where('name', '=', name)
    .executeTakeFirst()
  const until = leaseUntil(tx.now)
  if (known === undefined) {
    const { id } = await tx.db
      .insertInto('mailing')
      .values({ election_id: election.id, channel, kind, name, started_at: tx.now, run, run_until: until })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  }
  const left = Date.parse(known.run_until ?? tx.now) - Date.parse(tx.now)
  if (known.run !== null && left > 0 && left <= leaseMillis && !isDead(known.run)) {
    throw new MailingUnderWay({ election: election.slug, mailing: name, seconds: Math.ceil(left / 1000) })
  }
  await tx.db.updateTable('mailing').set({ run, run_until: until }).where('id', '=', known.id).execute()
  return known.id
}

function keyOf(voterId: number, tokenId: number | null): string {
  return `${voterId} ${tokenId ?? ''}`
}

/** 22 letters and digits that a mail address may hold: 110 bits of chance, in small letters, as some servers make them. */
function newKey(): string {
  return Array.from(randomBytes(22), (byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte % 32]).join('')
}
