import { array, type Format, Malformed, record } from './canonical-json.ts'
import { certificateFormat, isCertificateRight, type SignedCertificate, smallCount } from './certificate.ts'
import { type Commitments, commitmentsFormat } from './commitments.ts'
import type { Element, Group } from './group.ts'
import { commitmentsFault, type Polynomial } from './polynomial.ts'
import { type Proof, proofFormat } from './proof.ts'
import { type ShareOutput, shareOutputFault } from './share.ts'
import type { SignedMessage } from './signed-message.ts'
import { type TrusteePublicKey, trusteePublicKeyFormat } from './trustee-key.ts'

/**
 * A group of trustees of whom `threshold` together open the votes: the public outcome of the key ceremony
 * after Pedersen. Trustee j (from 1) holds the value at j of a polynomial that nobody knows.
 */
export interface ThresholdParameters {
  readonly threshold: number
  readonly certs: readonly SignedCertificate[]
  readonly coefexps: readonly SignedMessage<Commitments>[]
  /** Of all certificates with the trustee's own commitments. */
  readonly signatures: readonly Proof[]
  readonly verification_keys: readonly TrusteePublicKey[]
}

export function thresholdParametersFormat(group: Group): Format<ThresholdParameters> {
  const inner: Format<ThresholdParameters> = record({
    threshold: smallCount,
    certs: array(certificateFormat(group)),
    coefexps: array(commitmentsFormat(group)),
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

/** The outcome of the ceremony, from what the trustees sent. @param ceremony right, in the order of the trustees. */
export function thresholdParameters(ceremony: {
  certs: readonly SignedCertificate[]
  polynomials: readonly Polynomial[]
  outputs: readonly ShareOutput[]
}): ThresholdParameters {
  const { certs, polynomials, outputs } = ceremony
  return {
    threshold: certs[0]!.content.context.threshold,
    certs,
    coefexps: polynomials.map(({ coefexps }) => coefexps),
    signatures: polynomials.map(({ signature }) => signature),
    verification_keys: outputs.map(({ public_key }) => public_key),
  }
}

/** @returns where the first thing is that doesn't hold, such as `certs[1]`, or undefined. */
export function findWrongThresholdPart(group: Group, parameters: ThresholdParameters): string | undefined {
  const { threshold, certs, coefexps, signatures, verification_keys } = parameters
  const size = certs.length
  const wrongCertificate = certs.findIndex(
    (cert, position) => !isCertificateRight(group, cert, { size, threshold, index: position + 1 }),
  )
  if (wrongCertificate >= 0) return `certs[${wrongCertificate}]`

  const faults = signatures.map((signature, position) =>
    commitmentsFault(group, { certs, index: position + 1 }, { coefexps: coefexps[position]!, signature }),
  )
  const wrongCommitments = faults.indexOf('commitments-not-signed')
  if (wrongCommitments >= 0) return `coefexps[${wrongCommitments}]`
  const wrongSignature = faults.findIndex((fault) => fault !== undefined)
  if (wrongSignature >= 0) return `signatures[${wrongSignature}]`

  const commitments = coefexps.map(({ content }) => content)
  const wrongKey = verification_keys.findIndex(
    (public_key, position) =>
      shareOutputFault(group, { certs, commitments, index: position + 1 }, { public_key }) !== undefined,
  )
  return wrongKey < 0 ? undefined : `verification_keys[${wrongKey}]`
}

function sum(group: Group, elements: readonly Element[]): Element {
  return elements.reduce((total, element) => group.add(total, element), group.identity)
}
