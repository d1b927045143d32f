import { createHash } from 'node:crypto'

/** A picture of a candidate. */
export interface Photo {
  readonly type: 'image/jpeg' | 'image/png' | 'image/webp'
  readonly bytes: Uint8Array
  /** Of the bytes; 64 lower-case hex digits. */
  readonly sha256: string
}

/** In bytes. */
export const largestPhoto = 512 * 1024

/** @returns the end of a sentence where the bytes are no photo that a ballot can have */
export function photoOfBytes(bytes: Uint8Array): Photo | string {
  if (bytes.length > largestPhoto) {
    return `is larger than ${largestPhoto / 1024} KB (it has ${Math.ceil(bytes.length / 1024)})`
  }
  const type = typeOf(bytes)
  if (type === undefined) return 'is no JPEG, PNG or WebP picture'
  return { type, bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
}

/** What the first bytes say: a name can say anything. */
function typeOf(bytes: Uint8Array): Photo['type'] | undefined {
  const begins = (start: number, signature: readonly number[]) =>
    signature.every((byte, index) => bytes[start + index] === byte)
  if (begins(0, [0xff, 0xd8, 0xff])) return 'image/jpeg'
  if (begins(0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png'
  // RIFF, four bytes of size, WEBP
  return begins(0, [0x52, 0x49, 0x46, 0x46]) && begins(8, [0x57, 0x45, 0x42, 0x50]) ? 'image/webp' : undefined
}
