import { createHash } from 'node:crypto'

/** SHA-256 of the public election in unpadded Base64: every ballot is bound to it, and people compare it. */
export function fingerprintOf(sealedJson: string): string {
  return createHash('sha256').update(sealedJson).digest('base64').replace(/=+$/, '')
}
