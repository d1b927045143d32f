import type { TrusteeGroup } from '../../election/trustee-group.ts'
import { assertNever } from '../../errors.ts'
import { type Malformation, parseCanonical } from '../../sealing/canonical-json.ts'
import { certificateFormat, isCertificateRight } from '../../sealing/certificate.ts'
import type { Element, Group } from '../../sealing/group.ts'
import { type PolynomialFault, polynomialFault, polynomialFormat } from '../../sealing/polynomial.ts'
import { proofFormat } from '../../sealing/proof.ts'
import { type ShareOutputFault, shareOutputFault, shareOutputFormat } from '../../sealing/share.ts'
import { verifySignature } from '../../sealing/signed-message.ts'
import { answerStatement, type CeremonyAnswer } from './messages.ts'
import { storedCertificates, storedPolynomials } from './stored-messages.ts'

/**
 * Why what a trustee sent in the ceremony is refused, or undefined. The rounds before are complete.
 *
 * @returns words that complete "… is refused: "
 */
export function answerFault(
  group: Group,
  declared: TrusteeGroup,
  answer: CeremonyAnswer,
): string | undefined {
  switch (answer.asked) {
    case 'certificate':
      return certificateFault(group, declared, answer)
    case 'shares': {
      const reading = parseCanonical(polynomialFormat(group), answer.payload)
      if (!reading.ok) return malformed(reading.malformation)
      const certs = storedCertificates(group, declared)
      const unsigned = signatureFault(group, answer, verificationOf(group, declared, answer))
      if (unsigned !== undefined) return unsigned
      const fault = polynomialFault(group, { certs, index: answer.place }, reading.value)
      return fault && polynomialReasons[fault]
    }
    case 'public_key': {
      const reading = parseCanonical(shareOutputFormat(group), answer.payload)
      if (!reading.ok) return malformed(reading.malformation)
      const unsigned = signatureFault(group, answer, verificationOf(group, declared, answer))
      if (unsigned !== undefined) return unsigned
      const certs = storedCertificates(group, declared)
      const commitments = storedPolynomials(group, declared).map(({ coefexps }) => coefexps.content)
      const fault = shareOutputFault(group, { certs, commitments, index: answer.place }, reading.value)
      return fault && keyReasons[fault]
    }
    default:
      return assertNever(answer.asked)
  }
}

function certificateFault(group: Group, declared: TrusteeGroup, answer: CeremonyAnswer): string | undefined {
  const format = certificateFormat(group)
  const reading = parseCanonical(format, answer.payload)
  if (!reading.ok) return malformed(reading.malformation)
  const { threshold, members } = declared
  const place = { size: members.length, threshold, index: answer.place }
  if (!isCertificateRight(group, reading.value, place)) {
    return `it is not signed for place ${answer.place} of a group of ${members.length} with the threshold ${threshold}`
  }
  const { verification, encryption } = reading.value.content
  for (const { name, certificate, place: other } of members) {
    const present = certificate === null ? undefined : parseCanonical(format, certificate)
    if (other === answer.place || !present?.ok) continue
    const { content } = present.value
    const used = [content.verification, content.encryption]
    if ([verification, encryption].some((key) => used.some((each) => group.equal(each, key)))) {
      return `it has a key of ${name}`
    }
  }
  return signatureFault(group, answer, verification)
}

function verificationOf(group: Group, declared: TrusteeGroup, { place }: CeremonyAnswer): Element {
  return storedCertificates(group, declared)[place - 1]!.content.verification
}

function signatureFault(group: Group, answer: CeremonyAnswer, verification: Element): string | undefined {
  const signature = parseCanonical(proofFormat, answer.signature)
  const message = answerStatement(group, answer)
  const holds = signature.ok && verifySignature(group, { message, signature: signature.value, verification })
  return holds ? undefined : 'it is not signed by who made the certificate'
}

function malformed({ code, place }: Malformation): string {
  return `it is ${code}${place === '' ? '' : ` at ${place}`}`
}

const polynomialReasons: Readonly<Record<PolynomialFault, string>> = {
  'too-few-shares': 'it does not have a share for each trustee',
  'unreadable-share': 'a share in it can be read by nobody',
  'wrong-number-of-commitments': 'it commits to another threshold',
  'commitments-not-signed': 'its commitments are not signed by who made the certificate',
  'other-certificates-signed': 'it was made for other certificates than those that were received',
}

const keyReasons: Readonly<Record<ShareOutputFault, string>> = {
  'not-the-committed-key': 'its key does not follow from what the trustees committed to',
  'key-not-signed': 'its key is not signed by who made the certificate',
  'key-not-proven': 'nothing proves that the private half of its key is known',
}
