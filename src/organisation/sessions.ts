import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { latestPast } from '../clock.ts'
import type { UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import { actorOf, isGood, keyHolders, worthNoting } from './key-holders.ts'
import type { Actor } from './roles.ts'

const hour = 3_600_000
/** However busy, a session ends this long after it began; in milliseconds. */
const sessionLifetime = 12 * hour
/** Nobody is sitting there any more; in milliseconds. */
const sessionIdleTime = 1 * hour

/**
 * Opens a session of the dashboard for whoever showed a key; it can do what the key can.
 * @returns its id, 256 random bits in Base64 for URLs: for the cookie alone. Only a hash is kept.
 */
export async function openSession(work: UnitOfWork, actor: Actor): Promise<string> {
  const id = randomBytes(32).toString('base64url')
  return work.as(actor.name).write('open session', async (tx) => {
    await removeOldSessions(tx)
    await tx.db
      .insertInto('session')
      .values({ hash: hashOf(id), key_id: actor.keyId, opened_at: tx.now, seen_at: tx.now })
      .execute()
    await tx.record({ action: 'session-opened', details: { organisation: actor.organisation } })
    return id
  })
}

/** Ends a session of an officer; to end it again does no harm. */
export async function endSession(
  work: UnitOfWork,
  { name, organisation }: Pick<Actor, 'name' | 'organisation'>,
  id: string,
): Promise<void> {
  await work.as(name).write('end session', async (tx) => {
    const { numDeletedRows } = await tx.db
      .deleteFrom('session')
      .where('hash', '=', hashOf(id))
      .executeTakeFirstOrThrow()
    if (numDeletedRows > 0n) await tx.record({ action: 'session-ended', details: { organisation } })
  })
}

/**
 * Whose session it is. Undefined where there is none of that id, it is over, it was idle for too long, its key
 * or officer is no more, or the clock went back.
 */
export async function actorOfSession(work: UnitOfWork, id: string, now: Date): Promise<Actor | undefined> {
  const hash = hashOf(id)
  const session = await work.read((tx) =>
    keyHolders(tx)
      .innerJoin('session', 'session.key_id', 'api_key.id')
      .select(['session.opened_at', 'session.seen_at'])
      .where('session.hash', '=', hash)
      .executeTakeFirst(),
  )
  if (session === undefined || !isGood(session, now)) return undefined
  const age = now.getTime() - Date.parse(session.opened_at)
  const idle = now.getTime() - Date.parse(session.seen_at)
  if (age >= sessionLifetime || idle >= sessionIdleTime) return undefined
  if (session.seen_at > latestPast(now.toISOString())) return undefined
  if (worthNoting(session.seen_at, now)) {
    const seen_at = now.toISOString()
    await work.write('use session', ({ db }) =>
      db.updateTable('session').set({ seen_at }).where('hash', '=', hash).execute(),
    )
  }
  return actorOf(session)
}

/** To be sent with every change. Made from the id, so that it fits this session alone and needs no place in the file. */
export function csrfTokenOf(id: string): string {
  return createHmac('sha256', id).update('urna csrf token').digest('base64url')
}

/** Whether a token is the one that goes with the session; compared in constant time. */
export function csrfTokenFits(id: string, presented: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(csrfTokenOf(id)), digest(presented))
}

/** Ids are random, so a fast hash will do: see `hashOfKey`. */
function hashOf(id: string): Buffer {
  return createHash('sha256').update('urna session').update(id).digest()
}

async function removeOldSessions(tx: WriteTransaction): Promise<void> {
  const before = (age: number) => new Date(Date.parse(tx.now) - age).toISOString()
  await tx.db
    .deleteFrom('session')
    .where(({ or, eb }) =>
      or([
        eb('opened_at', '<=', before(sessionLifetime)),
        eb('seen_at', '<=', before(sessionIdleTime)),
        eb('seen_at', '>', latestPast(tx.now)),
      ]),
    )
    .execute()
}
