import { element, type Format, record } from './canonical-json.ts'
import { elementToHex, scalarFromInteger } from './encoding.ts'
import type { Element, Group, Scalar } from './group.ts'

/** An ElGamal ciphertext: α = r·G, β = r·y + M, for the public key y and the plaintext point M. */
export interface Ciphertext {
  readonly alpha: Element
  readonly beta: Element
}

/** `{"alpha":…,"beta":…}`, each point checked on reading. */
export function ciphertextFormat(group: Group): Format<Ciphertext> {
  return record({ alpha: element(group), beta: element(group) })
}

/** The ciphertext of zero with no randomness: the neutral one of `addCiphertexts`. */
export function neutralCiphertext(group: Group): Ciphertext {
  return { alpha: group.identity, beta: group.identity }
}

/** Encrypts the sum of the two plaintexts. */
export function addCiphertexts(group: Group, a: Ciphertext, b: Ciphertext): Ciphertext {
  return { alpha: group.add(a.alpha, b.alpha), beta: group.add(a.beta, b.beta) }
}

export function sumCiphertexts(group: Group, ciphertexts: Iterable<Ciphertext>): Ciphertext {
  let sum = neutralCiphertext(group)
  for (const ciphertext of ciphertexts) sum = addCiphertexts(group, sum, ciphertext)
  return sum
}

/**
 * Encrypts `weight` times the plaintext.
 *
 * @param weight public, 0 … q − 1.
 */
export function weighCiphertext(group: Group, ciphertext: Ciphertext, weight: bigint): Ciphertext {
  if (weight === 1n) return ciphertext
  const factor = scalarFromInteger(weight)
  return { alpha: group.multiply(ciphertext.alpha, factor), beta: group.multiply(ciphertext.beta, factor) }
}

/** Encrypts a point. The randomness is the voter's secret: who has it can open the ciphertext. */
export function encrypt(
  group: Group,
  { publicKey, plaintext, randomness }: { publicKey: Element; plaintext: Element; randomness: Scalar },
): Ciphertext {
  return {
    alpha: group.multiplyBase(randomness),
    beta: group.add(group.multiply(publicKey, randomness), plaintext),
  }
}

/** `α,β` of each, joined by commas, as the hashed strings have them. */
export function joinCiphertexts(ciphertexts: Iterable<Ciphertext>): string {
  return Array.from(ciphertexts, ({ alpha, beta }) => `${elementToHex(alpha)},${elementToHex(beta)}`).join(
    ',',
  )
}
