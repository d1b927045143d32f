import { createHash, randomBytes } from 'node:crypto'

/** 32 bytes of chance after a prefix by which scanners for leaked secrets find it. */
const secretPattern = /^urna_nominee_[A-Za-z0-9_-]{43}$/

export function makeNomineeSecret(): string {
  return `urna_nominee_${randomBytes(32).toString('base64url')}`
}

/** What is kept of it, 32 bytes; undefined for a text that is no secret of a nominee. */
export function hashOfNominee(secret: string): Buffer | undefined {
  return secretPattern.test(secret) ? createHash('sha256').update(secret).digest() : undefined
}

/** With the secret behind the #, a part that no browser sends to any server. */
export function nomineeLink({
  origin,
  slug,
  secret,
}: {
  origin: string
  slug: string
  secret: string
}): string {
  return `${origin}/nominate/${slug}#n=${secret}`
}
