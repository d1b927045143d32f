import { equalBytes } from './bytes.ts'
import { type Format, record, scalar } from './canonical-json.ts'
import { elementToHex, hashToScalar } from './encoding.ts'
import type { Element, Group, Scalar } from './group.ts'

/** A non-interactive proof of knowledge, in the form of Schnorr, Chaum and Pedersen. */
export interface Proof {
  readonly challenge: Scalar
  /** w − x·challenge, for the secret x and the nonce w. */
  readonly response: Scalar
}

/** `{"challenge":…,"response":…}` */
export const proofFormat: Format<Proof> = record({ challenge: scalar, response: scalar })

/**
 * Proves that one secret x links every base P to x·P.
 *
 * @param prefix the hashed string up to its last bar; the commitments follow, joined by commas.
 */
export function proveKnowledge(
  group: Group,
  { secret, bases, prefix }: { secret: Scalar; bases: readonly Element[]; prefix: string },
): Proof {
  const nonce = group.randomScalar()
  const commitments = bases.map((base) =>
    base === group.base ? group.multiplyBase(nonce) : group.multiply(base, nonce),
  )
  const challenge = knowledgeChallenge(group, prefix, commitments)
  const response = respond(group, { nonce, secret, challenge })
  group.wipe(nonce)
  return { challenge, response }
}

/** @param claims each base with what is claimed to be x times it. */
export function verifyKnowledge(
  group: Group,
  {
    proof: { challenge, response },
    claims,
    prefix,
  }: {
    proof: Proof
    claims: readonly { readonly base: Element; readonly multiple: Element }[]
    prefix: string
  },
): boolean {
  const commitments = claims.map(({ base, multiple }) =>
    group.add(
      base === group.base ? group.multiplyBase(response) : group.multiply(base, response),
      group.multiply(multiple, challenge),
    ),
  )
  return equalBytes(challenge, knowledgeChallenge(group, prefix, commitments))
}

/** @param commitments one a base, in their order */
export function knowledgeChallenge(group: Group, prefix: string, commitments: readonly Element[]): Scalar {
  return hashToScalar(group, prefix + joinElements(commitments))
}

/** nonce − secret·challenge */
export function respond(
  group: Group,
  { nonce, secret, challenge }: { nonce: Scalar; secret: Scalar; challenge: Scalar },
): Scalar {
  const product = group.multiplyScalars(secret, challenge)
  const response = group.subtractScalars(nonce, product)
  group.wipe(product)
  return response
}

/** In hexadecimal, joined by commas, as the hashed strings have them. */
export function joinElements(elements: Iterable<Element>): string {
  return Array.from(elements, elementToHex).join(',')
}
