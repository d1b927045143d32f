import { randomBytes } from 'node:crypto'
import { webhookTypes } from '../audit/notices.ts'
import type { Clock } from '../clock.ts'
import { nearestWord } from '../election/spelling.ts'
import { findOrganisation } from '../organisation/find-organisation.ts'
import type { ReadTransaction, UnitOfWork } from '../store/unit-of-work.ts'
import { WebhookExists, WebhookFailed, WebhookInvalid, WebhookNotFound } from './refusals.ts'
import { postWebhook, wasTaken } from './webhook-post.ts'
import { webhookTarget } from './webhook-target.ts'

export interface Webhook {
  id: number
  organisation: string
  /** Scheme and host: the rest may be a secret of the other side. */
  origin: string
  /** What is posted there. */
  types: string[]
  /** ISO 8601 in UTC. */
  createdAt: string
  /** How many messages wait, and how many were given up. */
  waiting: number
  dead: number
}

/**
 * Has what happens from now on posted to a URL.
 * @param input.types empty for everything
 * @returns with the secret that signs messages, which is not shown again
 * @throws WebhookInvalid, WebhookExists, OrganisationNotFound, OrganisationAmbiguous
 */
export async function addWebhook(
  work: UnitOfWork,
  input: { organisation: string | undefined; url: string; types: readonly string[]; allowPrivate: boolean },
): Promise<{ id: number; organisation: string; origin: string; types: string[]; secret: string }> {
  const { allowPrivate } = input
  const { href, origin } = webhookTarget(input.url, { allowPrivate })
  for (const type of input.types) requireType(type)
  const types = input.types.length === 0 ? [...webhookTypes] : [...new Set(input.types)]
  return work.write('add a webhook', async (tx) => {
    const organisation = await findOrganisation(tx, input.organisation)
    const known = await tx.db
      .selectFrom('webhook')
      .select('id')
      .where('organisation_id', '=', organisation.id)
      .where('url', '=', href)
      .executeTakeFirst()
    if (known !== undefined) throw new WebhookExists(known.id)
    const secret = randomBytes(32)
    const { head } = await tx.db
      .selectFrom('audit_entry')
      .select(({ fn }) => fn.max<number | null>('position').as('head'))
      .executeTakeFirstOrThrow()
    const { id } = await tx.db
      .insertInto('webhook')
      .values({
        ...{ organisation_id: organisation.id, url: href, kinds: JSON.stringify(types), secret },
        ...{ allow_private: allowPrivate ? 1 : 0, seen: head ?? 0, officer: tx.officer, created_at: tx.now },
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const details = { organisation: organisation.slug, webhook: id, origin, types, allowPrivate }
    await tx.record({ action: 'webhook-added', details })
    return {
      id,
      organisation: organisation.slug,
      origin,
      types,
      secret: `whsec_${secret.toString('base64')}`,
    }
  })
}

function requireType(type: string): void {
  if (webhookTypes.includes(type)) return
  const meant = nearestWord(type, webhookTypes)
  throw new WebhookInvalid(
    `There is no type of message called "${type}".`,
    meant === undefined ? `There are: ${webhookTypes.join(', ')}` : `Did you mean ${meant}?`,
  )
}

/** @throws OrganisationNotFound, OrganisationAmbiguous */
export async function listWebhooks(work: UnitOfWork, slug: string | undefined): Promise<Webhook[]> {
  return work.read(async (tx) => {
    const organisation = await findOrganisation(tx, slug)
    const rows = await tx.db
      .selectFrom('webhook as w')
      .leftJoin('webhook_delivery as d', 'd.webhook_id', 'w.id')
      .select(['w.id', 'w.url', 'w.kinds', 'w.created_at'])
      .select(({ fn }) => fn.count<number>('d.id').filterWhere('d.state', '=', 'waiting').as('waiting'))
      .select(({ fn }) => fn.count<number>('d.id').filterWhere('d.state', '=', 'dead').as('dead'))
      .where('w.organisation_id', '=', organisation.id)
      .groupBy('w.id')
      .orderBy('w.id')
      .execute()
    return rows.map(({ id, url, kinds, created_at, waiting, dead }) => ({
      ...{ id, organisation: organisation.slug, origin: new URL(url).origin, createdAt: created_at },
      ...{ types: JSON.parse(kinds) as string[], waiting: Number(waiting), dead: Number(dead) },
    }))
  })
}

/**
 * Nothing is posted there any more; what waited for it is forgotten.
 * @throws WebhookNotFound
 */
export async function removeWebhook(work: UnitOfWork, id: number): Promise<{ id: number; origin: string }> {
  return work.write('remove a webhook', async (tx) => {
    const { url } = await findWebhook(tx, id)
    const { origin } = new URL(url)
    await tx.db.deleteFrom('webhook').where('id', '=', id).execute()
    await tx.record({ action: 'webhook-removed', details: { webhook: id, origin } })
    return { id, origin }
  })
}

/**
 * Posts a message of the type `test` at once, signed like any other.
 * @throws WebhookNotFound, WebhookFailed
 */
export async function testWebhook(
  { work, clock }: { work: UnitOfWork; clock: Clock },
  id: number,
): Promise<{ id: number; origin: string; answer: string }> {
  const webhook = await work.read((tx) => findWebhook(tx, id))
  const now = clock.now()
  const answer = await postWebhook({
    ...{ url: webhook.url, secret: webhook.secret, allowPrivate: webhook.allow_private === 1, now },
    id: messageId(),
    body: JSON.stringify({ type: 'test', timestamp: now.toISOString(), data: {} }),
  })
  if (!wasTaken(answer)) throw new WebhookFailed({ webhook: id, answer })
  return { id, origin: new URL(webhook.url).origin, answer }
}

/** By which the other side knows a message; it says nothing. */
export function messageId(): string {
  return `msg_${randomBytes(16).toString('hex')}`
}

export async function findWebhook(tx: ReadTransaction, id: number) {
  const found = await tx.db.selectFrom('webhook').selectAll().where('id', '=', id).executeTakeFirst()
  if (found === undefined) throw new WebhookNotFound(id)
  return found
}
