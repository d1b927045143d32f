import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** Bytes of a key. */
export const logKeyLength = 32
const nonceLength = 12
const tagLength = 16
const cipher = 'aes-256-gcm'

/** Of a voter or another person, under the names that `audit show` has for them. */
export type Personal = Readonly<Record<string, unknown>>

/**
 * What an entry says of a person, encrypted under the key of its election (AES-256-GCM; nonce, tag and text as
 * Base64). The chain of the log goes over these bytes, so that it stays whole when the key is destroyed.
 * @param position of the entry: moved to another one, it can't be read
 */
export function sealPersonal(key: Uint8Array, position: number, personal: Personal): string {
  const nonce = randomBytes(nonceLength)
  const sealing = createCipheriv(cipher, key, nonce, { authTagLength: tagLength })
  sealing.setAAD(Buffer.from(String(position)))
  const text = Buffer.concat([sealing.update(JSON.stringify(personal), 'utf8'), sealing.final()])
  return Buffer.concat([nonce, sealing.getAuthTag(), text]).toString('base64')
}

/** Undefined where the key is another one. */
export function openPersonal(key: Uint8Array, position: number, sealed: string): Personal | undefined {
  const bytes = Buffer.from(sealed, 'base64')
  const opening = createDecipheriv(cipher, key, bytes.subarray(0, nonceLength), { authTagLength: tagLength })
  opening.setAAD(Buffer.from(String(position)))
  opening.setAuthTag(bytes.subarray(nonceLength, nonceLength + tagLength))
  try {
    const text = Buffer.concat([opening.update(bytes.subarray(nonceLength + tagLength)), opening.final()])
    return JSON.parse(text.toString('utf8')) as Personal
  } catch {
    return undefined
  }
}
