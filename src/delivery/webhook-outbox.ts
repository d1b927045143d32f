import { noticeOf } from '../audit/notices.ts'
import { noticeRows } from '../audit/notifications.ts'
import type { UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import { wasTaken } from './webhook-post.ts'
import { findWebhook, messageId } from './webhooks.ts'

const [second, minute, hour] = [1000, 60_000, 3_600_000]
/** Pauses between attempts, in milliseconds: after the last of them there is one more attempt, a day after the first. */
const pauses = [5 * second, 30 * second, 2 * minute, 10 * minute, hour, 6 * hour, 16 * hour]
/** In milliseconds: an attempt of which nobody heard, as the process was killed, is made again after that. */
const claimed = minute

/** A message that is to be posted now. */
export interface DueDelivery {
  readonly id: number
  readonly webhookId: number
  readonly url: string
  readonly secret: Uint8Array
  readonly allowPrivate: boolean
  readonly messageId: string
  readonly body: string
}

/**
 * Writes a message for each webhook and each entry of the log that it is told of and has none yet. The log is what
 * happened, so nothing is lost where a process is killed before this.
 */
export async function fillOutbox(work: UnitOfWork): Promise<void> {
  const behind = await work.read(({ db }) =>
    db
      .selectFrom('webhook')
      .select('id')
      .where('seen', '<', ({ selectFrom }) =>
        selectFrom('audit_entry').select(({ fn }) => fn.max<number>('audit_entry.position').as('head')),
      )
      .execute(),
  )
  if (behind.length === 0) return
  await work.write('write messages for webhooks', async (tx) => {
    const { head } = await tx.db
      .selectFrom('audit_entry')
      .select(({ fn }) => fn.max<number>('position').as('head'))
      .executeTakeFirstOrThrow()
    const webhooks = await tx.db.selectFrom('webhook').selectAll().where('seen', '<', head).execute()
    for (const webhook of webhooks) await fillOne(tx, webhook)
    await tx.db.updateTable('webhook').set({ seen: head }).execute()
  })
}

async function fillOne(
  tx: WriteTransaction,
  webhook: { id: number; organisation_id: number; kinds: string; seen: number },
): Promise<void> {
  const types = new Set(JSON.parse(webhook.kinds) as string[])
  const { slug: organisation } = await tx.db
    .selectFrom('organisation')
    .select('slug')
    .where('id', '=', webhook.organisation_id)
    .executeTakeFirstOrThrow()
  const rows = await noticeRows(tx, webhook.organisation_id)
    .where('audit_entry.position', '>', webhook.seen)
    .orderBy('audit_entry.position')
    .execute()
  const messages = rows.flatMap(({ position, at, action, slug, title }) => {
    const { type } = noticeOf(action)!
    if (!types.has(type)) return []
    // What everybody may read, and nothing of anybody.
    const data = { organisation, ...(slug !== null && { election: slug, title }) }
    const body = JSON.stringify({ type, timestamp: at, data })
    return { webhook_id: webhook.id, position, message_id: messageId(), type, body }
  })
  await tx.insertAll(
    'webhook_delivery',
    messages.map((each) => ({ ...each, state: 'waiting' as const, due_at: tx.now, at: tx.now })),
  )
}

/** Takes what is due, the oldest for each webhook. What is not settled comes again: a message may be posted twice, and never not at all. */
export async function claimDue(work: UnitOfWork): Promise<DueDelivery[]> {
  const now = await work.read(async (tx) => {
    const due = await tx.db
      .selectFrom('webhook_delivery')
      .select('id')
      .where('state', '=', 'waiting')
      .where('due_at', '<=', tx.now)
      .limit(1)
      .executeTakeFirst()
    return due === undefined ? undefined : tx.now
  })
  if (now === undefined) return []
  return work.write('post to webhooks', async (tx) => {
    const rows = await tx.db
      .selectFrom('webhook_delivery as d')
      .innerJoin('webhook as w', 'w.id', 'd.webhook_id')
      .select(['d.id', 'd.webhook_id as webhookId', 'd.message_id as messageId', 'd.body'])
      .select(['w.url', 'w.secret', 'w.allow_private'])
      .where('d.state', '=', 'waiting')
      .where('d.due_at', '<=', tx.now)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('webhook_delivery as older')
              .select('older.id')
              .whereRef('older.webhook_id', '=', 'd.webhook_id')
              .whereRef('older.id', '<', 'd.id')
              .where('older.state', '=', 'waiting')
              .where('older.due_at', '<=', tx.now),
          ),
        ),
      )
      .execute()
    for (const { id } of rows) {
      await tx.db
        .updateTable('webhook_delivery')
        .set((set) => ({ tries: set('tries', '+', 1), due_at: later(tx.now, claimed), at: tx.now }))
        .where('id', '=', id)
        .execute()
    }
    return rows.map(({ allow_private, ...row }) => ({ ...row, allowPrivate: allow_private === 1 }))
  })
}

/** Writes down how an attempt ended: taken, to be made again, or given up, of which officers are told. */
export async function settleDelivery(work: UnitOfWork, id: number, answer: string): Promise<void> {
  await work.write('post to webhooks', async (tx) => {
    const row = await tx.db
      .selectFrom('webhook_delivery')
      .select(['webhook_id', 'tries', 'type', 'state'])
      .where('id', '=', id)
      .executeTakeFirst()
    // The webhook was removed meanwhile, or another process heard of it.
    if (row?.state !== 'waiting') return
    const pause = pauses[row.tries - 1]
    const state = wasTaken(answer) ? 'delivered' : pause === undefined ? 'dead' : 'waiting'
    const due_at = later(tx.now, state === 'waiting' ? (pause ?? 0) : 0)
    await tx.db
      .updateTable('webhook_delivery')
      .set({ state, answer, due_at, at: tx.now })
      .where('id', '=', id)
      .execute()
    if (state !== 'dead') return
    const details = { webhook: row.webhook_id, type: row.type, answer, tries: row.tries }
    await tx.record({ action: 'webhook-given-up', details })
  })
}

function later(now: string, milliseconds: number): string {
  return new Date(Date.parse(now) + milliseconds).toISOString()
}

/** A message to a webhook, and what became of it. Moments are ISO 8601 in UTC. */
export interface Delivery {
  messageId: string
  type: string
  state: 'waiting' | 'delivered' | 'dead'
  tries: number
  answer: string | null
  at: string
  /** Of the next attempt; null where there is none. */
  dueAt: string | null
}

/**
 * The latest messages to a webhook, the latest first.
 * @throws WebhookNotFound
 */
export async function listDeliveries(work: UnitOfWork, webhook: number): Promise<Delivery[]> {
  return work.read(async (tx) => {
    await findWebhook(tx, webhook)
    const rows = await tx.db
      .selectFrom('webhook_delivery')
      .selectAll()
      .where('webhook_id', '=', webhook)
      .orderBy('id', 'desc')
      .limit(100)
      .execute()
    return rows.map(({ message_id, type, state, tries, answer, at, due_at }) => ({
      ...{ messageId: message_id, type, state, tries, answer, at },
      dueAt: state === 'waiting' ? due_at : null,
    }))
  })
}
