import { element, type Format, type Malformation, parseCanonical, record } from './canonical-json.ts'
import type { SealedElection } from './election.ts'
import { elementToHex } from './encoding.ts'
import type { EncryptedTally } from './encrypted-tally.ts'
import type { Element, Group, Scalar } from './group.ts'
import { type Proof, proofFormat, proveKnowledge, verifyKnowledge } from './proof.ts'
import { haveSameShape, leavesOf, mapShape, type Shape, shapesFormat } from './shape.ts'

/** One trustee's share in opening every ciphertext of a tally, in the tally's shape. */
export interface PartialDecryption {
  /** x·α for the trustee's secret x. */
  readonly decryption_factors: readonly Shape<Element>[]
  readonly decryption_proofs: readonly Shape<Proof>[]
}

function partialDecryptionFormat(group: Group): Format<PartialDecryption> {
  return record({
    decryption_factors: shapesFormat(element(group)),
    decryption_proofs: shapesFormat(proofFormat),
  })
}

export function serializePartialDecryption(group: Group, decryption: PartialDecryption): string {
  return partialDecryptionFormat(group).write(decryption)
}

/** @returns the decryption, whose proofs are still to be verified, or why its text is refused. */
export function parsePartialDecryption(
  group: Group,
  json: string,
): PartialDecryption | { readonly refused: Malformation } {
  const reading = parseCanonical(partialDecryptionFormat(group), json)
  return reading.ok ? reading.value : { refused: reading.malformation }
}

/**
 * A trustee's share in opening the tally.
 *
 * @param tally as it stands after the last shuffle.
 */
export function partialDecryption(
  group: Group,
  { election, secret, tally }: { election: SealedElection; secret: Scalar; tally: EncryptedTally },
): PartialDecryption {
  const prefix = prefixFor(election, group.multiplyBase(secret))
  const shares = tally.map((question) =>
    mapShape(question, ({ alpha }) => ({
      factor: group.multiply(alpha, secret),
      proof: proveKnowledge(group, { secret, bases: [group.base, alpha], prefix }),
    })),
  )
  return {
    decryption_factors: shares.map((share) => mapShape(share, ({ factor }) => factor)),
    decryption_proofs: shares.map((share) => mapShape(share, ({ proof }) => proof)),
  }
}

/** Why a partial decryption is refused, and where in it the reason lies, such as `decryption_proofs[0][3]`. */
export interface DecryptionRefusal {
  readonly refused: 'wrong-shape' | 'wrong-proof'
  readonly place: string
}

/**
 * @param publicKey the trustee's.
 * @returns why it is refused, or undefined.
 */
export function verifyPartialDecryption(
  group: Group,
  {
    election,
    publicKey,
    tally,
    decryption: { decryption_factors, decryption_proofs },
  }: {
    election: SealedElection
    publicKey: Element
    tally: EncryptedTally
    decryption: PartialDecryption
  },
): DecryptionRefusal | undefined {
  if (!haveSameShape(tally, decryption_factors))
    return { refused: 'wrong-shape', place: 'decryption_factors' }
  if (!haveSameShape(tally, decryption_proofs)) return { refused: 'wrong-shape', place: 'decryption_proofs' }

  const prefix = prefixFor(election, publicKey)
  const factors = leavesOf(decryption_factors)
  const proofs = leavesOf(decryption_proofs)
  for (const { value: ciphertext, place } of leavesOf(tally)) {
    const claims = [
      { base: group.base, multiple: publicKey },
      { base: ciphertext.alpha, multiple: factors.next().value!.value },
    ]
    const proof = proofs.next().value!.value
    if (!verifyKnowledge(group, { proof, claims, prefix })) {
      return { refused: 'wrong-proof', place: `decryption_proofs${place}` }
    }
  }
  return undefined
}

function prefixFor(election: SealedElection, publicKey: Element): string {
  return `decrypt|${election.fingerprint}|${elementToHex(publicKey)}|`
}
