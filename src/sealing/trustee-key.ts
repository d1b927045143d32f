import { element, type Format, optional, record, text } from './canonical-json.ts'
import { elementToHex } from './encoding.ts'
import type { Element, Group, Scalar } from './group.ts'
import { type Proof, proofFormat, proveKnowledge, verifyKnowledge } from './proof.ts'
import { secretScalarFromDecimal } from './secret-decimal.ts'

/** A trustee's public key with the proof that its owner knows the secret one. */
export interface TrusteePublicKey {
  readonly pok: Proof
  readonly public_key: Element
  /** In a threshold group only: of the key, by its owner. */
  readonly signature?: Proof
  /** Belenios 3.3 and later. */
  readonly name?: string
}

export function trusteePublicKeyFormat(group: Group): Format<TrusteePublicKey> {
  return record({
    pok: proofFormat,
    public_key: element(group),
    signature: optional(proofFormat),
    name: optional(text),
  })
}

/** Of a trustee without whom nothing opens: nobody would verify a signature, as there is no key to sign with. */
export function unsignedPublicKeyFormat(group: Group): Format<TrusteePublicKey> {
  return record({ pok: proofFormat, public_key: element(group), name: optional(text) })
}

/** A fresh key pair. The secret opens votes: wipe it after use. */
export function generateTrusteeKey(group: Group): { secret: Scalar; publicKey: TrusteePublicKey } {
  const secret = group.randomScalar()
  return { secret, publicKey: proveTrusteeKey(group, secret) }
}

/** The public key of a secret one, with a fresh proof. */
export function proveTrusteeKey(group: Group, secret: Scalar): TrusteePublicKey {
  const public_key = group.multiplyBase(secret)
  const pok = proveKnowledge(group, { secret, bases: [group.base], prefix: prefixFor(public_key) })
  return { pok, public_key }
}

/** Whether the proof holds. Without it, the last trustee could choose a key that cancels all others. */
export function verifyTrusteeKey(group: Group, { pok, public_key }: TrusteePublicKey): boolean {
  if (group.equal(public_key, group.identity)) return false
  return verifyKnowledge(group, {
    proof: pok,
    claims: [{ base: group.base, multiple: public_key }],
    prefix: prefixFor(public_key),
  })
}

/**
 * Reads the private key file of a Belenios trustee: JSON text of a decimal number.
 *
 * @returns undefined if it is anything else, or not below q
 */
export function readTrusteeSecret(group: Group, json: string): Scalar | undefined {
  const digits = /^"([0-9]+)"\s*$/.exec(json)?.[1]
  return digits === undefined ? undefined : secretScalarFromDecimal(group, digits)
}

function prefixFor(publicKey: Element): string {
  return `pok|Ed25519|${elementToHex(publicKey)}|`
}
