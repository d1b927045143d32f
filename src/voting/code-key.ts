import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { latestPast } from '../clock.ts'
import type { Election } from '../election/find-election.ts'
import type { ReadTransaction, WriteTransaction } from '../store/unit-of-work.ts'

/**
 * The key of the file for one-time codes. A plain hash would hide nothing: there are a million codes, and a
 * computer hashes them all in a second. Without this key, whoever sees the hashes alone, in an extract or in the
 * memory of a query, learns no code.
 */
export type CodeKey = Uint8Array & { readonly codeKey: true }

/** Makes the key where there is none yet. */
export async function ensureCodeKey(tx: WriteTransaction): Promise<void> {
  await tx.db
    .insertInto('code_key')
    .values({ id: 1, key: randomBytes(32) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** @returns undefined where no code was ever made */
export async function readCodeKey(tx: ReadTransaction): Promise<CodeKey | undefined> {
  const row = await tx.db.selectFrom('code_key').select('key').executeTakeFirst()
  return row?.key as CodeKey | undefined
}

/** Of a code of a voter that was made at that moment. 32 bytes. */
export function codeHash(
  key: CodeKey,
  made: { election: Pick<Election, 'uuid'>; voterId: number; createdAt: string; code: string },
): Uint8Array {
  const { election, voterId, createdAt, code } = made
  return mac(key, ['one-time code', election.uuid, voterId, createdAt, code])
}

/** How long a challenge can be signed, in milliseconds. */
const challengeLife = 5 * 60_000

/** What voters sign: it expires, nobody else can make it, and nothing of it is kept. */
export function makeChallenge(
  key: CodeKey,
  { uuid, now }: { uuid: string; now: Date },
): { challenge: string; expiresAt: string } {
  const expires = now.getTime() + challengeLife
  const nonce = randomBytes(12).toString('base64url')
  const challenge = [uuid, expires, nonce, sealOf(key, uuid, expires, nonce)].join('.')
  return { challenge, expiresAt: new Date(expires).toISOString() }
}

/** Whether the challenge was made here, for this election, and hasn't expired. */
export function isChallenge(
  key: CodeKey,
  { uuid, now, challenge }: { uuid: string; now: Date; challenge: string },
): boolean {
  const [of, expires, nonce = '', seal = '', ...more] = challenge.split('.')
  const expected = Buffer.from(sealOf(key, uuid, Number(expires), nonce))
  const given = Buffer.from(seal)
  const genuine = given.length === expected.length && timingSafeEqual(given, expected)
  const made = Number(expires) - challengeLife
  const isNow = now.getTime() < Number(expires) && made <= Date.parse(latestPast(now.toISOString()))
  return genuine && more.length === 0 && of === uuid && isNow
}

function sealOf(key: CodeKey, uuid: string, expires: number, nonce: string): string {
  return Buffer.from(mac(key, ['challenge', uuid, expires, nonce])).toString('base64url')
}

/** The first part keeps the uses of the key apart; as JSON no two lists are one text. */
function mac(key: CodeKey, parts: readonly (string | number)[]): Uint8Array {
  return createHmac('sha256', key).update(JSON.stringify(parts)).digest()
}
