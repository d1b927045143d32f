import { type Ciphertext, encrypt, sumCiphertexts } from './ciphertext.ts'
import { type Branch, select, sumScalars } from './disjunction.ts'
import { scalarFromInteger, scalarFromSecretInteger } from './encoding.ts'
import type { Element, Group, Scalar } from './group.ts'

/** A voter's small integer, its ciphertext and the randomness that opens it. Secret, but for the ciphertext. */
export interface Opening {
  /** A choice, 0 or 1, or a sum of choices. */
  readonly value: number
  readonly randomness: Scalar
  readonly ciphertext: Ciphertext
}

/**
 * Encrypts 0 or 1, by the same operations.
 *
 * @throws RangeError if it is anything else
 */
export function encryptBit(group: Group, publicKey: Element, value: number): Opening {
  if (value !== 0 && value !== 1) throw new RangeError('a choice is 0 or 1')
  const randomness = group.randomScalar()
  const plaintext = select(value, group.base, group.identity)
  return { value, randomness, ciphertext: encrypt(group, { publicKey, plaintext, randomness }) }
}

export function sumOpenings(group: Group, openings: readonly Opening[]): Opening {
  return {
    value: openings.reduce((sum, { value }) => sum + value, 0),
    randomness: sumScalars(
      group,
      openings.map(({ randomness }) => randomness),
    ),
    ciphertext: sumCiphertexts(
      group,
      openings.map(({ ciphertext }) => ciphertext),
    ),
  }
}

/** The branch of a disjunction that says "this encrypts `value`". */
export function branchFor(group: Group, opening: Opening, value: number): Branch {
  const encrypted = group.subtractScalars(
    scalarFromSecretInteger(opening.value),
    scalarFromInteger(BigInt(value)),
  )
  return { randomness: opening.randomness, encrypted }
}

export function wipeOpenings(group: Group, openings: Iterable<Opening>): void {
  for (const { randomness } of openings) group.wipe(randomness)
}
