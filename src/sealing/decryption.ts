import { equalBytes } from './bytes.ts'
import { element, type Format, type Malformation, parseCanonical, record } from './canonical-json.ts'
import type { Ciphertext } from './ciphertext.ts'
import type { Crew } from './crew.ts'
import type { SealedElection } from './election.ts'
import { elementToHex } from './encoding.ts'
import type { EncryptedTally } from './encrypted-tally.ts'
import type { Element, Group, Scalar } from './group.ts'
import { knowledgeChallenge, type Proof, proofFormat, respond } from './proof.ts'
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
export async function partialDecryption(
  { group, multiplyBase, multiply }: Crew,
  { election, secret, tally }: { election: SealedElection; secret: Scalar; tally: EncryptedTally },
): Promise<PartialDecryption> {
  const prefix = prefixFor(election, group.multiplyBase(secret))
  const alphas = Array.from(leavesOf(tally), ({ value }) => value.alpha)
  const nonces = alphas.map(() => group.randomScalar())
  const factors = await multiply(
    alphas,
    alphas.map(() => secret),
  )
  const commitments = [await multiplyBase(nonces), await multiply(alphas, nonces)] as const
  const proofs = nonces.map((nonce, i): Proof => {
    const challenge = knowledgeChallenge(group, prefix, [commitments[0][i]!, commitments[1][i]!])
    const response = respond(group, { nonce, secret, challenge })
    group.wipe(nonce)
    return { challenge, response }
  })
  return { decryption_factors: inShapeOf(tally, factors), decryption_proofs: inShapeOf(tally, proofs) }
}

function inShapeOf<T>(tally: EncryptedTally, values: readonly T[]): Shape<T>[] {
  let next = 0
  return tally.map((question) => mapShape<Ciphertext, T>(question, () => values[next++]!))
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
export async function verifyPartialDecryption(
  { group, multiplyBase, multiply }: Crew,
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
): Promise<DecryptionRefusal | undefined> {
  if (!haveSameShape(tally, decryption_factors))
    return { refused: 'wrong-shape', place: 'decryption_factors' }
  if (!haveSameShape(tally, decryption_proofs)) return { refused: 'wrong-shape', place: 'decryption_proofs' }

  const prefix = prefixFor(election, publicKey)
  const ciphertexts = [...leavesOf(tally)]
  const factors = Array.from(leavesOf(decryption_factors), ({ value }) => value)
  const proofs = Array.from(leavesOf(decryption_proofs), ({ value }) => value)
  const responses = proofs.map(({ response }) => response)
  const challenges = proofs.map(({ challenge }) => challenge)
  const alphas = ciphertexts.map(({ value }) => value.alpha)
  const keys = alphas.map(() => publicKey)
  const ofBase = [await multiplyBase(responses), await multiply(keys, challenges)] as const
  const ofAlpha = [await multiply(alphas, responses), await multiply(factors, challenges)] as const
  const wrong = challenges.findIndex((challenge, i) => {
    const commitments = [ofBase, ofAlpha].map(([answered, claimed]) => group.add(answered[i]!, claimed[i]!))
    return !equalBytes(challenge, knowledgeChallenge(group, prefix, commitments))
  })
  if (wrong < 0) return undefined
  return { refused: 'wrong-proof', place: `decryption_proofs${ciphertexts[wrong]!.place}` }
}

function prefixFor(election: SealedElection, publicKey: Element): string {
  return `decrypt|${election.fingerprint}|${elementToHex(publicKey)}|`
}
