import { compareBytes } from './bytes.ts'
import { array, type Malformation, parseCanonical, textLike } from './canonical-json.ts'
import { elementFromHex, elementToHex, scalarFromBigEndian } from './encoding.ts'
import type { Element, Group, Scalar } from './group.ts'

/** Base58: no 0, O, I or l, which people take for one another. */
const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

const tokenPattern = new RegExp(`^[${alphabet}]{5}-[${alphabet}]{6}-[${alphabet}]{5}-[${alphabet}]{6}$`)

/** A voter's private credential: `XXXXX-XXXXXX-XXXXX-XXXXXX`, 128 bits of chance. */
export function generateToken(group: Group): string {
  return hyphenated(randomText(group, tokenLetters))
}

/** @param bytes at least 32, as good as chance: what they are more than a token holds makes no letter likelier */
export function tokenOfBytes(bytes: Uint8Array): string {
  let rest = bytes.reduce((number, byte) => number * 256n + BigInt(byte), 0n)
  let letters = ''
  while (letters.length < tokenLetters) {
    letters += alphabet[Number(rest % BigInt(alphabet.length))]
    rest /= BigInt(alphabet.length)
  }
  return hyphenated(letters)
}

const tokenLetters = 22

function hyphenated(letters: string): string {
  return [letters.slice(0, 5), letters.slice(5, 11), letters.slice(11, 16), letters.slice(16)].join('-')
}

export function isToken(text: string): boolean {
  return tokenPattern.test(text)
}

/** An election's identifier: 14 characters, 82 bits of chance. */
export function generateUuid(group: Group): string {
  return randomText(group, 14)
}

/** Characters of the alphabet of tokens, by chance: 5.86 bits each. */
export function randomText(group: Group, length: number): string {
  return Array.from({ length }, () => alphabet[group.randomBelow(alphabet.length)]).join('')
}

/**
 * The secret scalar that a token stands for in one election. It signs and binds the voter's ballots.
 *
 * @throws RangeError if it doesn't have the shape of a token
 */
export function credentialSecret(group: Group, { uuid, token }: { uuid: string; token: string }): Scalar {
  if (!isToken(token)) throw new RangeError('not the shape of a token')
  const bytes = new Uint8Array(64)
  for (const half of [0, 1]) {
    bytes.set(group.sha256().update(`derive_credential|${uuid}|${half}|${token}`).digest(), 32 * half)
  }
  const secret = scalarFromBigEndian(group, bytes)
  group.wipe(bytes)
  return secret
}

/** The half that is published, and under which ballots are cast. */
export function publicCredential(group: Group, secret: Scalar): Element {
  return group.multiplyBase(secret)
}

/** One entry of the published list. */
export interface PublicCredential {
  readonly credential: Element
  /** 1 where the list has none. */
  readonly weight: bigint
}

const entry = textLike(/^[0-9a-f]{64}(?:,(?:0|[1-9][0-9]{0,75}))?$/)

/**
 * The published list: a JSON array, in the order that Belenios gives it. Weights are written if any isn't 1.
 */
export function serializePublicCredentials(credentials: Iterable<PublicCredential>): string {
  const sorted = Array.from(credentials).sort((a, b) => compareBytes(a.credential, b.credential))
  const weighted = sorted.some(({ weight }) => weight !== 1n)
  return array(entry).write(
    sorted.map(({ credential, weight }) =>
      weighted ? `${elementToHex(credential)},${weight}` : elementToHex(credential),
    ),
  )
}

/**
 * The public half of a token, as text. The identity is none: its secret is zero, so that anybody could vote with it.
 *
 * @returns undefined for what no token can have
 */
export function credentialOf(group: Group, hex: string): Element | undefined {
  const credential = elementFromHex(group, hex)
  return credential === undefined || group.equal(credential, group.identity) ? undefined : credential
}

/** @returns the entries in the order of the list, or why it is refused; a credential listed twice is. */
export function parsePublicCredentials(
  group: Group,
  json: string,
): readonly PublicCredential[] | { readonly refused: Malformation } {
  const reading = parseCanonical(array(entry), json)
  if (!reading.ok) return { refused: reading.malformation }
  const credentials: PublicCredential[] = []
  const seen = new Set<string>()
  for (const [index, line] of reading.value.entries()) {
    const hex = line.slice(0, 64)
    const credential = credentialOf(group, hex)
    if (credential === undefined) return { refused: { code: 'not-an-element', place: `[${index}]` } }
    if (seen.has(hex)) return { refused: { code: 'wrong-shape', place: `[${index}]` } }
    seen.add(hex)
    credentials.push({ credential, weight: BigInt(line.slice(65) || 1) })
  }
  return credentials
}
