import type { TrusteeGroup } from '../../election/trustee-group.ts'
import { type Format, parseCanonical } from '../../sealing/canonical-json.ts'
import { certificateFormat, type SignedCertificate } from '../../sealing/certificate.ts'
import type { Group } from '../../sealing/group.ts'
import { type Polynomial, polynomialFormat } from '../../sealing/polynomial.ts'
import { type ShareOutput, shareOutputFormat } from '../../sealing/share.ts'

/** What trustees sent and was checked, read again from our own file. */
export function storedCertificates(group: Group, { members }: TrusteeGroup): SignedCertificate[] {
  return members.map(({ certificate }) => stored(certificateFormat(group), certificate))
}

export function storedPolynomials(group: Group, { members }: TrusteeGroup): Polynomial[] {
  return members.map(({ shares }) => stored(polynomialFormat(group), shares))
}

export function storedOutputs(group: Group, { members }: TrusteeGroup): ShareOutput[] {
  return members.map(({ public_key }) => stored(shareOutputFormat(group), public_key))
}

function stored<T>(format: Format<T>, text: string | null): T {
  const reading = parseCanonical(format, text ?? '')
  if (!reading.ok) throw new Error(`a message of the ceremony is damaged: ${reading.malformation.code}`)
  return reading.value
}
