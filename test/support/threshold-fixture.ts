import type { Certificate } from '../../src/sealing/certificate.ts'
import { elementToHex, scalarFromInteger } from '../../src/sealing/encoding.ts'
import type { Group, Scalar } from '../../src/sealing/group.ts'
import { type Proof, proofFormat, proveKnowledge } from '../../src/sealing/proof.ts'
import type { ThresholdParameters } from '../../src/sealing/threshold.ts'
import { proveTrusteeKey, type TrusteePublicKey } from '../../src/sealing/trustee-key.ts'

export interface ThresholdFixture {
  readonly parameters: ThresholdParameters
  /** Each trustee's share of the secret. */
  readonly secrets: readonly Scalar[]
}

/**
 * A key ceremony among trustees who all sit at one table.
 *
 * @param mistakes what the first trustee gets wrong, and signs all the same.
 */
export function holdCeremony(
  group: Group,
  { size, threshold }: { size: number; threshold: number },
  mistakes: { context?: Partial<Certificate['context']>; key?: TrusteePublicKey } = {},
): ThresholdFixture {
  const indexes = Array.from({ length: size }, (_, index) => index)
  const signingKeys = indexes.map(() => group.randomScalar())
  const polynomials = indexes.map(() => Array.from({ length: threshold }, () => group.randomScalar()))
  const certs = indexes.map((index) => {
    const context = { group: 'Ed25519' as const, size, threshold, index: index + 1 }
    const verification = group.multiplyBase(signingKeys[index]!)
    const encryption = group.multiplyBase(group.randomScalar())
    const content = {
      context: index === 0 ? { ...context, ...mistakes.context } : context,
      verification,
      encryption,
    }
    const keys = { verification: elementToHex(verification), encryption: elementToHex(encryption) }
    const message = JSON.stringify({ context: content.context, ...keys })
    return { message, signature: sign(group, signingKeys[index]!, message), content }
  })
  const coefexps = polynomials.map((polynomial, index) => {
    const content = { coefexps: polynomial.map((coefficient) => group.multiplyBase(coefficient)) }
    const message = JSON.stringify({ coefexps: content.coefexps.map(elementToHex) })
    return { message, signature: sign(group, signingKeys[index]!, message), content }
  })
  const certsJson = certs.map(({ message, signature }) => ({
    message,
    signature: JSON.parse(proofFormat.write(signature)),
  }))
  const signatures = coefexps.map(({ content }, index) => {
    const signed = JSON.stringify({ certs: certsJson, coefexps: content.coefexps.map(elementToHex) })
    return sign(group, signingKeys[index]!, `certs_sig|${signed}`)
  })
  const secrets = indexes.map((index) => shareAt(group, polynomials, index + 1))
  const verification_keys = secrets.map((secret, index) => {
    const key = proveTrusteeKey(group, secret)
    const signature = sign(group, signingKeys[index]!, elementToHex(key.public_key))
    return { ...((index === 0 && mistakes.key) || key), signature }
  })
  return { parameters: { threshold, certs, coefexps, signatures, verification_keys }, secrets }
}

function sign(group: Group, secret: Scalar, message: string): Proof {
  return proveKnowledge(group, { secret, bases: [group.base], prefix: `sigmsg|${message}|` })
}

/** The sum of the polynomials' values at x. */
function shareAt(group: Group, polynomials: readonly (readonly Scalar[])[], x: number): Scalar {
  const at = scalarFromInteger(BigInt(x))
  return polynomials
    .map((coefficients) =>
      coefficients.reduceRight((value, coefficient) =>
        group.addScalars(group.multiplyScalars(value, at), coefficient),
      ),
    )
    .reduce((sum, value) => group.addScalars(sum, value))
}
