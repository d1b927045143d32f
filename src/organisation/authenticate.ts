import { timingSafeEqual } from 'node:crypto'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { hashOfKey, readApiKey } from './api-key.ts'
import { actorOf, isGood, keyHolders, worthNoting } from './key-holders.ts'
import type { Actor } from './roles.ts'

/** Stands for the hash of a key that is not there; nothing hashes to it. */
const noHash = new Uint8Array(32)

/**
 * Who holds the API key that was presented. Undefined, after the same work, where it is none, unknown, expired or
 * revoked, or its officer was removed. That the key was used is written down, once a minute at most; a failed
 * attempt is not, or strangers could fill the file.
 * @param presented the key as it came, without `Bearer`
 */
export async function authenticateKey(
  work: UnitOfWork,
  presented: string,
  now: Date,
): Promise<Actor | undefined> {
  const handle = readApiKey(presented)?.handle ?? ''
  const holder = await work.read((tx) =>
    keyHolders(tx).select('api_key.hash').where('handle', '=', handle).executeTakeFirst(),
  )
  const fits = timingSafeEqual(hashOfKey(presented), holder?.hash ?? noHash)
  if (holder === undefined || !fits || !isGood(holder, now)) return undefined
  if (worthNoting(holder.usedAt, now)) await noteUse(work, holder.keyId, now)
  return actorOf(holder)
}

async function noteUse(work: UnitOfWork, keyId: number, now: Date): Promise<void> {
  await work.write('use key', ({ db }) =>
    db.updateTable('api_key').set({ used_at: now.toISOString() }).where('id', '=', keyId).execute(),
  )
}
