import { array, type Format, parseCanonical, record, text, textLike } from './canonical-json.ts'
import type { CeremonyKeys } from './ceremony-keys.ts'
import { certificatesStatement, type SignedCertificate } from './certificate.ts'
import { type Commitments, commitmentsContentFormat, commitmentsFormat } from './commitments.ts'
import { scalarFromInteger } from './encoding.ts'
import type { Element, Group, Scalar } from './group.ts'
import { type Proof, proofFormat } from './proof.ts'
import { isSealedMessage, openMessage, sealMessage } from './sealed-message.ts'
import { secretScalarFromDecimal, secretScalarToDecimal } from './secret-decimal.ts'
import { type SignedMessage, signContent, signText, verifySignature } from './signed-message.ts'

/** What a trustee of a threshold group sends in the second round: shares of a secret of its own. */
export interface Polynomial {
  /** The coefficients, sealed by the trustee for itself. */
  readonly polynomial: string
  /** Its value at j, sealed for the trustee j, from 1. */
  readonly secrets: readonly string[]
  readonly coefexps: SignedMessage<Commitments>
  /** Of all certificates with these commitments. */
  readonly signature: Proof
}

export function polynomialFormat(group: Group): Format<Polynomial> {
  return record({
    polynomial: text,
    secrets: array(text) as Format<readonly string[]>,
    coefexps: commitmentsFormat(group),
    signature: proofFormat,
  })
}

const decimal = textLike(/^[0-9]{1,76}$/)
const rawPolynomial = record({ polynomial: array(decimal) })
const rawSecret = record({ secret: decimal })

/**
 * Draws a secret polynomial with as many coefficients as the threshold, and shares it among the trustees.
 *
 * @param request.certs right, and of all trustees.
 */
export async function makePolynomial(
  group: Group,
  { keys, certs }: { keys: CeremonyKeys; certs: readonly SignedCertificate[] },
): Promise<Polynomial> {
  const { signing, encryption } = keys
  const { threshold } = certs[0]!.content.context
  const coefficients = Array.from({ length: threshold }, () => group.randomScalar())
  const coefexps = coefficients.map((coefficient) => group.multiplyBase(coefficient))
  const secrets: string[] = []
  for (const [position, { content }] of certs.entries()) {
    const value = valueAt(group, coefficients, position + 1)
    const message = rawSecret.write({ secret: secretScalarToDecimal(value) })
    group.wipe(value)
    secrets.push(await sealMessage(group, { signing, recipient: content.encryption }, message))
  }
  const own = rawPolynomial.write({ polynomial: coefficients.map(secretScalarToDecimal) })
  for (const coefficient of coefficients) group.wipe(coefficient)
  return {
    polynomial: await sealMessage(group, { signing, recipient: encryption }, own),
    secrets,
    coefexps: signContent(group, {
      signing,
      format: commitmentsContentFormat(group),
      content: { coefexps },
    }),
    signature: signText(group, signing, certificatesStatement(group, { certs, coefexps })),
  }
}

/** Why what a trustee sends in the second round is refused. */
export type PolynomialFault =
  | 'too-few-shares'
  | 'unreadable-share'
  | 'wrong-number-of-commitments'
  | 'commitments-not-signed'
  | 'other-certificates-signed'

/**
 * All that can be seen without the keys of those it is for.
 *
 * @param index of the trustee who sent it, from 1.
 */
export function polynomialFault(
  group: Group,
  { certs, index }: { certs: readonly SignedCertificate[]; index: number },
  { polynomial, secrets, coefexps, signature }: Polynomial,
): PolynomialFault | undefined {
  if (secrets.length !== certs.length) return 'too-few-shares'
  if (![polynomial, ...secrets].every((sealed) => isSealedMessage(group, sealed))) return 'unreadable-share'
  return commitmentsFault(group, { certs, index }, { coefexps, signature })
}

/** What of `polynomialFault` every trustee sees of every other. */
export function commitmentsFault(
  group: Group,
  { certs, index }: { certs: readonly SignedCertificate[]; index: number },
  { coefexps, signature }: Pick<Polynomial, 'coefexps' | 'signature'>,
): Exclude<PolynomialFault, 'too-few-shares' | 'unreadable-share'> | undefined {
  const { context, verification } = certs[index - 1]!.content
  if (coefexps.content.coefexps.length !== context.threshold) return 'wrong-number-of-commitments'
  const { message, signature: own } = coefexps
  if (!verifySignature(group, { message, signature: own, verification })) return 'commitments-not-signed'
  const statement = certificatesStatement(group, { certs, coefexps: coefexps.content.coefexps })
  if (!verifySignature(group, { message: statement, signature, verification })) {
    return 'other-certificates-signed'
  }
  return undefined
}

/** The share that the trustee `sender` sealed for us; undefined if there is none in it. Wipe it after use. */
export async function openShare(
  group: Group,
  { keys, sender }: { keys: CeremonyKeys; sender: Element },
  sealed: string,
): Promise<Scalar | undefined> {
  const opened = await openMessage(group, { decryption: keys.decryption, sender }, sealed)
  if ('refused' in opened) return undefined
  const reading = parseCanonical(rawSecret, opened.message)
  return reading.ok ? secretScalarFromDecimal(group, reading.value.secret) : undefined
}

/** Whether it is the polynomial that we committed to, sealed by ourselves. */
export async function isOwnPolynomial(
  group: Group,
  { keys, coefexps }: { keys: CeremonyKeys; coefexps: readonly Element[] },
  sealed: string,
): Promise<boolean> {
  const { decryption, verification: sender } = keys
  const opened = await openMessage(group, { decryption, sender }, sealed)
  if ('refused' in opened) return false
  const reading = parseCanonical(rawPolynomial, opened.message)
  if (!reading.ok || reading.value.polynomial.length !== coefexps.length) return false
  return reading.value.polynomial.every((digits, degree) => {
    const coefficient = secretScalarFromDecimal(group, digits)
    return coefficient !== undefined && group.equal(group.multiplyBase(coefficient), coefexps[degree]!)
  })
}

function valueAt(group: Group, coefficients: readonly Scalar[], index: number): Scalar {
  const at = scalarFromInteger(BigInt(index))
  return coefficients.reduceRight(
    (value, coefficient) => group.addScalars(group.multiplyScalars(value, at), coefficient),
    group.zero,
  )
}
