import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'

/** How an id is spelled does not matter: upper case, without spaces, dots and dashes. */
export function normaliseNationalId(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s.\-/\u2010-\u2015]/g, '')
}

/** @param bytes `organisation.hash_key`, 32 of them */
export function nationalIdKey(bytes: Uint8Array): KeyObject {
  return createSecretKey(bytes)
}

/** HMAC-SHA256 of a normalised id under the key of the organisation, hex. The id itself is kept nowhere. */
export function hashNationalId(normalised: string, key: KeyObject): string {
  return createHmac('sha256', key).update(normalised, 'utf8').digest('hex')
}

/** Stands for an id wherever a row is shown or written. */
export const maskedNationalId = '***'
