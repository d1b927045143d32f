import { createHash, randomBytes } from 'node:crypto'

/**
 * An API key: `urna_` and 48 letters and figures, which are 5 bytes that name it (its handle, no secret), 20
 * random bytes and 5 bytes of checksum. The prefix lets scanners for leaked secrets find it; the checksum tells a
 * key from any other text, and a slip of the pen from a wrong key, without looking it up.
 */
const shape = /^urna_([a-z2-7]{8})[a-z2-7]{40}$/
const handleBytes = 5
const secretBytes = 20
const checksumBytes = 5

/** The letters of RFC 4648, in lower case. */
const letters = 'abcdefghijklmnopqrstuvwxyz234567'

interface ApiKey {
  /** 8 letters and figures: what lists, logs and commands call the key. */
  readonly handle: string
  /** The whole key: shown once, kept nowhere. */
  readonly text: string
}

/** @param random 25 bytes from the system's source of randomness */
export function makeApiKey(random: Uint8Array = randomBytes(handleBytes + secretBytes)): ApiKey {
  const text = `urna_${base32(Buffer.concat([random, checksumOf(random)]))}`
  return { text, handle: handleOf(text) }
}

/** @returns undefined if the text is no key: of another shape, or mistyped */
export function readApiKey(text: string): ApiKey | undefined {
  if (!shape.test(text)) return undefined
  const bytes = fromBase32(text.slice('urna_'.length))
  const body = bytes.subarray(0, handleBytes + secretBytes)
  if (!checksumOf(body).equals(bytes.subarray(body.length))) return undefined
  return { text, handle: handleOf(text) }
}

/**
 * What is kept of a key: SHA-256, 32 bytes. A slow hash is for passwords, which can be guessed; no speed helps
 * against 160 random bits, and a slow one would let strangers keep the server busy.
 */
export function hashOfKey(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function handleOf(text: string): string {
  return text.slice('urna_'.length, 'urna_'.length + 8)
}

function checksumOf(body: Uint8Array): Buffer {
  return createHash('sha256').update('urna api key').update(body).digest().subarray(0, checksumBytes)
}

/** @param bytes a multiple of five, so that nothing needs to be filled up */
function base32(bytes: Uint8Array): string {
  let text = ''
  for (let start = 0; start < bytes.length; start += 5) {
    const group = Buffer.from(bytes.subarray(start, start + 5)).readUIntBE(0, 5)
    for (let place = 7; place >= 0; place--) text += letters[Math.floor(group / 32 ** place) % 32]
  }
  return text
}

function fromBase32(text: string): Buffer {
  const bytes = Buffer.alloc((text.length / 8) * 5)
  for (let start = 0; start < text.length; start += 8) {
    const group = Array.from(text.slice(start, start + 8)).reduce(
      (sum, letter) => sum * 32 + letters.indexOf(letter),
      0,
    )
    bytes.writeUIntBE(group, (start / 8) * 5, 5)
  }
  return bytes
}
