import { type Element, type Group, groupOrder, type Scalar, type Sha256 } from './group.ts'

/** The text forms of the protocol: elements in hexadecimal, scalars in decimal, hashes in either or Base64. */

const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Lower-case hexadecimal, first byte first. */
export function hexOf(bytes: Uint8Array): string {
  let hex = ''
  for (const byte of bytes) hex += hexOfByte[byte]
  return hex
}

/** The bytes of lower-case hexadecimal; undefined if it is anything else. */
export function bytesOfHex(hex: string): Uint8Array | undefined {
  if (hex.length % 2 !== 0 || !/^[0-9a-f]*$/.test(hex)) return undefined
  const bytes = new Uint8Array(hex.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16)
  return bytes
}

/** 64 lower-case digits, big-endian: RFC 8032's bytes in reverse. */
export function elementToHex(p: Element): string {
  let hex = ''
  for (let i = 31; i >= 0; i--) hex += hexOfByte[p[i]!]
  return hex
}

/** The one place where a foreign point comes in. Undefined unless it is a valid element, canonically written. */
export function elementFromHex(group: Group, hex: string): Element | undefined {
  const bytes = hex.length === 64 ? bytesOfHex(hex)?.reverse() : undefined
  return bytes !== undefined && group.isElement(bytes) ? bytes : undefined
}

/** Decimal without leading zeros. For public scalars only: the conversion takes a time that depends on it. */
export function scalarToDecimal(s: Scalar): string {
  return BigInt(`0x${hexOf(s.slice().reverse())}`).toString()
}

/** Undefined unless it is an integer from 0 to q − 1 without leading zeros. For public scalars only. */
export function scalarFromDecimal(text: string): Scalar | undefined {
  if (!/^(?:0|[1-9][0-9]{0,75})$/.test(text)) return undefined
  const value = BigInt(text)
  return value < groupOrder ? scalarFromInteger(value) : undefined
}

/**
 * @param value public, 0 … q − 1.
 * @throws RangeError outside that range
 */
export function scalarFromInteger(value: bigint): Scalar {
  if (value < 0n || value >= groupOrder) throw new RangeError('a scalar is from 0 to q - 1')
  return bytesOfHex(value.toString(16).padStart(64, '0'))!.reverse() as Scalar
}

/**
 * A scalar from an integer that may be secret, such as what was chosen on a ballot.
 *
 * @param value 0 … 2^32 − 1.
 */
export function scalarFromSecretInteger(value: number): Scalar {
  const bytes = new Uint8Array(32)
  for (let i = 0; i < 4; i++) bytes[i] = (value >>> (8 * i)) & 255
  return bytes as Scalar
}

/** Standard Base64 without padding. */
export function base64Unpadded(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replace(/=+$/, '')
}

export function sha256Hex(group: Group, text: string): string {
  return hexOf(group.sha256().update(text).digest())
}

/** Unpadded, as the protocol writes fingerprints and tracking codes. */
export function sha256Base64(group: Group, text: string): string {
  return base64Unpadded(group.sha256().update(text).digest())
}

/** SHA-256 as a big-endian integer, modulo q. */
export function hashToScalar(group: Group, hashed: string | Sha256): Scalar {
  const hash = typeof hashed === 'string' ? group.sha256().update(hashed) : hashed
  return scalarFromBigEndian(group, hash.digest())
}

/** @param bytes at most 64, reduced modulo q in constant time. */
export function scalarFromBigEndian(group: Group, bytes: Uint8Array): Scalar {
  const wide = new Uint8Array(64)
  for (let i = 0; i < bytes.length; i++) wide[i] = bytes[bytes.length - 1 - i]!
  const scalar = group.reduce(wide)
  group.wipe(wide)
  return scalar
}
