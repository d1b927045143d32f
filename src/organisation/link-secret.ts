import { createHash, randomBytes } from 'node:crypto'

/** Who is known by a secret that an officer hands them in a link or a file. */
export type SecretHolder = 'nominee' | 'trustee'

/** 32 bytes of chance after a prefix by which scanners for leaked secrets find it. */
export function makeSecret(holder: SecretHolder): string {
  return `urna_${holder}_${randomBytes(32).toString('base64url')}`
}

export function isSecretOf(holder: SecretHolder, text: string): boolean {
  return new RegExp(`^urna_${holder}_[A-Za-z0-9_-]{43}$`).test(text)
}

/** What is kept of a secret, 32 bytes; of 256 random bits no fast hash tells anything. */
export function hashOfSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
