import { array, type Format, parseCanonical, record, text, textLike } from './canonical-json.ts'
import type { CeremonyKeys } from './ceremony-keys.ts'
import { isCertificateRight, type SignedCertificate } from './certificate.ts'
import { type Commitments, commitmentsFormat, committedValue, sumOfCommitments } from './commitments.ts'
import { elementToHex } from './encoding.ts'
import type { Group, Scalar } from './group.ts'
import { commitmentsFault, isOwnPolynomial, openShare, type Polynomial } from './polynomial.ts'
import { type Proof, proofFormat } from './proof.ts'
import { openMessage, sealMessage } from './sealed-message.ts'
import { secretScalarFromDecimal, secretScalarToDecimal } from './secret-decimal.ts'
import { type SignedMessage, signText, verifySignature } from './signed-message.ts'
import {
  proveTrusteeKey,
  type TrusteePublicKey,
  trusteePublicKeyFormat,
  verifyTrusteeKey,
} from './trustee-key.ts'

/** What a trustee of a threshold group gets in the third round: all that the others sent it. */
export interface ShareInput {
  /** Its own polynomial, as it sent it. */
  readonly polynomial: string
  /** From each trustee, in their order. */
  readonly secrets: readonly string[]
  readonly coefexps: readonly SignedMessage<Commitments>[]
  readonly signatures: readonly Proof[]
}

/** What it answers: its share of the key, sealed for itself, and the public half of it. */
export interface ShareOutput {
  readonly private_key: string
  readonly public_key: TrusteePublicKey
}

export function shareInputFormat(group: Group): Format<ShareInput> {
  return record({
    polynomial: text,
    secrets: array(text) as Format<readonly string[]>,
    coefexps: array(commitmentsFormat(group)) as Format<readonly SignedMessage<Commitments>[]>,
    signatures: array(proofFormat) as Format<readonly Proof[]>,
  })
}

export function shareOutputFormat(group: Group): Format<ShareOutput> {
  return record({ private_key: text, public_key: trusteePublicKeyFormat(group) })
}

const rawShare = record({ decryption_key: textLike(/^[0-9]{1,76}$/) })

/** Sorts what the trustees sent by whom it is for. @param polynomials right, in the order of the trustees. */
export function shareInputs(polynomials: readonly Polynomial[]): ShareInput[] {
  return polynomials.map(({ polynomial }, recipient) => ({
    polynomial,
    secrets: polynomials.map(({ secrets }) => secrets[recipient]!),
    coefexps: polynomials.map(({ coefexps }) => coefexps),
    signatures: polynomials.map(({ signature }) => signature),
  }))
}

/**
 * Why a trustee does not make a key of what it got. `trustee`, from 1, is whose doing it is, as far as a trustee can
 * tell from what the officer handed on.
 */
export type ShareRefusal =
  | { readonly refused: 'incomplete' | 'not-in-group' | 'not-own-polynomial' }
  | {
      readonly refused:
        | 'certificate-wrong'
        | 'wrong-number-of-commitments'
        | 'commitments-not-signed'
        | 'other-certificates-signed'
        | 'share-unreadable'
        | 'share-wrong'
      readonly trustee: number
    }

/** Our place in the group, from 1; undefined if none of the certificates is of our keys. */
export function placeIn(
  group: Group,
  certs: readonly SignedCertificate[],
  { verification, encryption }: CeremonyKeys,
): number | undefined {
  const found = certs.findIndex(
    ({ content }) =>
      group.equal(content.verification, verification) && group.equal(content.encryption, encryption),
  )
  return found < 0 ? undefined : found + 1
}

/** The place, from 1, of the first certificate that is not right for its place. */
export function wrongCertificate(group: Group, certs: readonly SignedCertificate[]): number | undefined {
  const { threshold } = certs[0]!.content.context
  const found = certs.findIndex(
    (cert, position) =>
      !isCertificateRight(group, cert, { size: certs.length, threshold, index: position + 1 }),
  )
  return found < 0 ? undefined : found + 1
}

/**
 * A trustee's share of the key: the sum of what each of the group gave it, every part checked against what was
 * committed to. Wipe it after use.
 */
export async function receiveShare(
  group: Group,
  { keys, certs, input }: { keys: CeremonyKeys; certs: readonly SignedCertificate[]; input: ShareInput },
): Promise<{ readonly share: Scalar } | ShareRefusal> {
  const { polynomial, secrets, coefexps, signatures } = input
  if (certs.length === 0 || [secrets, coefexps, signatures].some(({ length }) => length !== certs.length)) {
    return { refused: 'incomplete' }
  }
  const wrong = wrongCertificate(group, certs)
  if (wrong !== undefined) return { refused: 'certificate-wrong', trustee: wrong }
  const own = placeIn(group, certs, keys)
  if (own === undefined) return { refused: 'not-in-group' }
  for (const [position, signature] of signatures.entries()) {
    const said = { coefexps: coefexps[position]!, signature }
    const fault = commitmentsFault(group, { certs, index: position + 1 }, said)
    if (fault !== undefined) return { refused: fault, trustee: position + 1 }
  }
  const { coefexps: committed } = coefexps[own - 1]!.content
  if (!(await isOwnPolynomial(group, { keys, coefexps: committed }, polynomial))) {
    return { refused: 'not-own-polynomial' }
  }
  let share = group.zero
  for (const [position, sealed] of secrets.entries()) {
    const sender = certs[position]!.content.verification
    const part = await openShare(group, { keys, sender }, sealed)
    if (part === undefined) return { refused: 'share-unreadable', trustee: position + 1 }
    const expected = committedValue(group, coefexps[position]!.content.coefexps, own)
    if (!group.equal(group.multiplyBase(part), expected)) {
      return { refused: 'share-wrong', trustee: position + 1 }
    }
    share = group.addScalars(share, part)
    group.wipe(part)
  }
  return { share }
}

/** The public half of a share, signed, and the share sealed for its owner. */
export async function makeShareOutput(
  group: Group,
  { keys, share }: { keys: CeremonyKeys; share: Scalar },
): Promise<ShareOutput> {
  const { signing, encryption } = keys
  const key = proveTrusteeKey(group, share)
  const secret = rawShare.write({ decryption_key: secretScalarToDecimal(share) })
  return {
    private_key: await sealMessage(group, { signing, recipient: encryption }, secret),
    public_key: { ...key, signature: signText(group, signing, elementToHex(key.public_key)) },
  }
}

/** The share that a trustee sealed for itself; undefined if it is not its own. Wipe it after use. */
export async function openShareOutput(
  group: Group,
  { decryption, verification: sender }: CeremonyKeys,
  sealed: string,
): Promise<Scalar | undefined> {
  const opened = await openMessage(group, { decryption, sender }, sealed)
  if ('refused' in opened) return undefined
  const reading = parseCanonical(rawShare, opened.message)
  return reading.ok ? secretScalarFromDecimal(group, reading.value.decryption_key) : undefined
}

export type ShareOutputFault = 'not-the-committed-key' | 'key-not-signed' | 'key-not-proven'

/** @param request.index of the trustee who sent it, from 1. */
export function shareOutputFault(
  group: Group,
  request: {
    certs: readonly SignedCertificate[]
    commitments: readonly Commitments[]
    index: number
  },
  { public_key: key }: Pick<ShareOutput, 'public_key'>,
): ShareOutputFault | undefined {
  const { certs, commitments, index } = request
  const expected = committedValue(group, sumOfCommitments(group, commitments), index)
  if (!group.equal(key.public_key, expected)) return 'not-the-committed-key'
  const { signature } = key
  const { verification } = certs[index - 1]!.content
  const message = elementToHex(expected)
  if (signature === undefined || !verifySignature(group, { message, signature, verification })) {
    return 'key-not-signed'
  }
  return verifyTrusteeKey(group, key) ? undefined : 'key-not-proven'
}
