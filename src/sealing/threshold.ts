import {
  array,
  constant,
  element,
  type Format,
  integer,
  largestSmallInteger,
  Malformed,
  record,
} from './canonical-json.ts'
import { elementToHex, scalarFromInteger } from './encoding.ts'
import type { Element, Group } from './group.ts'
import { type Proof, proofFormat } from './proof.ts'
import { type SignedMessage, signedMessageFormat, verifySignature } from './signed-message.ts'
import { type TrusteePublicKey, trusteePublicKeyFormat, verifyTrusteeKey } from './trustee-key.ts'

/** What a trustee of a threshold group signs first: its place in the group and its two keys. */
export interface Certificate {
  readonly context: {
    readonly group: 'Ed25519'
    readonly size: number
    readonly threshold: number
    /** From 1. */
    readonly index: number
  }
  readonly verification: Element
  readonly encryption: Element
}

/** A_0 … A_t: the coefficients of a trustee's secret polynomial, times the base. */
export interface Commitments {
  readonly coefexps: readonly Element[]
}

/**
 * A group of trustees of whom `threshold` together open the votes: the public outcome of the key ceremony
 * after Pedersen. Trustee j (from 1) holds the value at j of a polynomial that nobody knows.
 */
export interface ThresholdParameters {
  readonly threshold: number
  readonly certs: readonly SignedMessage<Certificate>[]
  readonly coefexps: readonly SignedMessage<Commitments>[]
  /** Of all certificates with the trustee's own commitments. */
  readonly signatures: readonly Proof[]
  readonly verification_keys: readonly TrusteePublicKey[]
}

const small = integer({ from: 1, to: largestSmallInteger })

export function thresholdParametersFormat(group: Group): Format<ThresholdParameters> {
  const inner: Format<ThresholdParameters> = record({
    threshold: small,
    certs: array(certificateFormat(group)),
    coefexps: array(signedMessageFormat(commitmentsFormat(group))),
    signatures: array(proofFormat),
    verification_keys: array(trusteePublicKeyFormat(group)),
  })
  return {
    read(json, place) {
      const parameters = inner.read(json, place)
      if (!isComplete(parameters)) throw new Malformed('wrong-shape', place)
      return parameters
    },
    write: inner.write,
  }
}

function certificateFormat(group: Group): Format<SignedMessage<Certificate>> {
  const context = record({ group: constant('Ed25519'), size: small, threshold: small, index: small })
  return signedMessageFormat(record({ context, verification: element(group), encryption: element(group) }))
}

function commitmentsFormat(group: Group): Format<Commitments> {
  return record({ coefexps: array(element(group)) })
}

/** As many of everything as there are trustees, and as many coefficients as the threshold. */
function isComplete({
  threshold,
  certs,
  coefexps,
  signatures,
  verification_keys,
}: ThresholdParameters): boolean {
  const size = certs.length
  return (
    threshold <= size &&
    [coefexps, signatures, verification_keys].every((list) => list.length === size) &&
    coefexps.every(({ content }) => content.coefexps.length === threshold)
  )
}

/** The public key whose secret is shared: the sum of the constant coefficients. */
export function thresholdKey(group: Group, { coefexps }: ThresholdParameters): Element {
  return sum(
    group,
    coefexps.map(({ content }) => content.coefexps[0]!),
  )
}

/** @returns where the first thing is that doesn't hold, such as `certs[1]`, or undefined. */
export function findWrongThresholdPart(group: Group, parameters: ThresholdParameters): string | undefined {
  const { certs, coefexps, verification_keys } = parameters
  const indexes = certs.map((_, index) => index)
  const wrongCertificate = indexes.find((index) => !isCertificateRight(group, parameters, index))
  if (wrongCertificate !== undefined) return `certs[${wrongCertificate}]`

  const wrongCommitments = coefexps.findIndex(({ message, signature }, index) => {
    const { verification } = certs[index]!.content
    return !verifySignature(group, { message, signature, verification })
  })
  if (wrongCommitments >= 0) return `coefexps[${wrongCommitments}]`

  const wrongSignature = indexes.find((index) => !isCeremonySigned(group, parameters, index))
  if (wrongSignature !== undefined) return `signatures[${wrongSignature}]`

  const computed = verificationKeys(group, parameters)
  const wrongKey = verification_keys.findIndex((key, index) => {
    const { verification } = certs[index]!.content
    return !isKeyRight(group, { key, computed: computed[index]!, verification })
  })
  return wrongKey < 0 ? undefined : `verification_keys[${wrongKey}]`
}

function isCertificateRight(group: Group, { certs, threshold }: ThresholdParameters, index: number): boolean {
  const { message, signature, content } = certs[index]!
  const { context, verification } = content
  return (
    context.size === certs.length &&
    context.threshold === threshold &&
    context.index === index + 1 &&
    verifySignature(group, { message, signature, verification })
  )
}

function isCeremonySigned(
  group: Group,
  { certs, coefexps, signatures }: ThresholdParameters,
  index: number,
): boolean {
  const certsAndCommitments: Format<{
    readonly certs: SignedMessage<Certificate>[]
    readonly coefexps: Element[]
  }> = record({ certs: array(certificateFormat(group)), coefexps: array(element(group)) })
  const signed = certsAndCommitments.write({
    certs: [...certs],
    coefexps: [...coefexps[index]!.content.coefexps],
  })
  return verifySignature(group, {
    message: `certs_sig|${signed}`,
    signature: signatures[index]!,
    verification: certs[index]!.content.verification,
  })
}

function isKeyRight(
  group: Group,
  { key, computed, verification }: { key: TrusteePublicKey; computed: Element; verification: Element },
): boolean {
  return (
    group.equal(key.public_key, computed) &&
    key.signature !== undefined &&
    verifySignature(group, { message: elementToHex(computed), signature: key.signature, verification }) &&
    verifyTrusteeKey(group, key)
  )
}

/** What each trustee's public key must be: the shared polynomial's value at its index, times the base. */
function verificationKeys(group: Group, { threshold, coefexps }: ThresholdParameters): Element[] {
  const coefficients = Array.from({ length: threshold }, (_, degree) =>
    sum(
      group,
      coefexps.map(({ content }) => content.coefexps[degree]!),
    ),
  )
  return coefexps.map((_, index) => {
    const at = scalarFromInteger(BigInt(index + 1))
    return coefficients.reduceRight((value, coefficient) => group.add(group.multiply(value, at), coefficient))
  })
}

function sum(group: Group, elements: readonly Element[]): Element {
  return elements.reduce((total, element) => group.add(total, element), group.identity)
}
