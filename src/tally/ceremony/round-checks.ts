import { type Format, parseCanonical } from '../../sealing/canonical-json.ts'
import type { CeremonyKeys } from '../../sealing/ceremony-keys.ts'
import { certificateFormat, type SignedCertificate } from '../../sealing/certificate.ts'
import type { Group } from '../../sealing/group.ts'
import { placeIn, type ShareRefusal, wrongCertificate } from '../../sealing/share.ts'
import type { OwnCeremony } from '../key-file.ts'
import { type CeremonyRoundMessage, certificatesFingerprint } from './messages.ts'
import type { OwnKey } from './own-key.ts'
import { CeremonyRefused } from './refusals.ts'

export interface CeremonyInput {
  /** Where the message was read from, for sentences. */
  readonly source: string
  readonly message: CeremonyRoundMessage
  readonly keyFile: string | undefined
  /** Of the trustee, if said. */
  readonly name: string | undefined
  /** Where keys are looked for, and a new one is put. */
  readonly folder: string
  /** Asks the trustee which of these names is theirs. */
  readonly chooseName: (names: readonly string[]) => Promise<string>
}

/** A trustee in the middle of the ceremony. */
export interface Own {
  readonly found: OwnKey
  readonly keys: CeremonyKeys
}

/** The certificates of a round, right and with ours among them; the same as before, if we have answered to some. */
export function certificatesIn(
  group: Group,
  input: CeremonyInput,
  { found, keys }: Own,
): { certs: SignedCertificate[]; fingerprint: string } {
  const own = found.document.ceremony!
  const texts = input.message.certificates ?? []
  const format: Format<SignedCertificate> = certificateFormat(group)
  const certs = texts.map((text, position) => {
    const reading = parseCanonical(format, text)
    if (reading.ok) return reading.value
    const name = own.trustees[position]
    throw refused(input, `the certificate of ${name ?? 'somebody'} is malformed`, holdWithout(name), name)
  })
  if (certs.length !== own.trustees.length) {
    throw refused(input, `it has ${certs.length} certificates for ${own.trustees.length} trustees`, askAgain)
  }
  const wrong = wrongCertificate(group, certs)
  const { threshold } = certs[0]!.content.context
  if (wrong !== undefined || threshold !== own.threshold) {
    const name = own.trustees[(wrong ?? 1) - 1]
    throw refused(input, `the certificate of ${name} is not right for the group`, holdWithout(name), name)
  }
  if (placeIn(group, certs, keys) !== own.place) {
    throw refused(
      input,
      'your own certificate is not in it in your place: somebody changed it on the way',
      'Do not go on. Tell the other trustees, and ask the election officer how that came.',
    )
  }
  const fingerprint = certificatesFingerprint(group, texts)
  if (own.certificates !== undefined && own.certificates !== fingerprint) {
    throw refused(
      input,
      'its certificates are not those that you have answered to before',
      'Do not go on. Tell the other trustees; the ceremony is to be held again.',
    )
  }
  return { certs, fingerprint }
}

export function requireSameGroup(input: CeremonyInput, own: OwnCeremony): void {
  const { threshold, trustees } = input.message
  if (threshold === own.threshold && JSON.stringify(trustees) === JSON.stringify(own.trustees)) return
  throw refused(
    input,
    `you joined ${own.threshold} of ${own.trustees.join(', ')}, and it says ${threshold} of ${trustees.join(', ')}`,
    'Do not go on. Ask the election officer to declare the group anew.',
  )
}

export const askAgain = 'Ask the election officer to send it again.'

function holdWithout(name = 'them'): string {
  return `Do not go on. Tell the election officer, who holds the ceremony again without ${name}: urna trustee remove "${name}" --restart`
}

export function refused(
  input: CeremonyInput,
  reason: string,
  hint: string,
  trustee?: string,
): CeremonyRefused {
  return new CeremonyRefused({ file: input.source, reason, hint, ...(trustee && { trustee }) })
}

export function shareRefused(input: CeremonyInput, refusal: ShareRefusal): CeremonyRefused {
  if (!('trustee' in refusal)) return refused(input, ownReasons[refusal.refused], askAgain)
  const name = input.message.trustees[refusal.trustee - 1] ?? 'somebody'
  return refused(input, othersReasons[refusal.refused](name), holdWithout(name), name)
}

const ownReasons = {
  incomplete: 'it does not have what every trustee sent you',
  'not-in-group': 'your certificate is not in it',
  'not-own-polynomial': 'what it says to be from you is not what you sent',
} as const

const othersReasons = {
  'certificate-wrong': (name: string) => `the certificate of ${name} is not right for the group`,
  'wrong-number-of-commitments': (name: string) => `${name} committed to another threshold`,
  'commitments-not-signed': (name: string) => `the commitments of ${name} are not signed by ${name}`,
  'other-certificates-signed': (name: string) => `${name} was shown other certificates than you were`,
  'share-unreadable': (name: string) => `the share that ${name} sent you can not be read`,
  'share-wrong': (name: string) =>
    `the share that ${name} sent you does not follow from what ${name} committed to`,
} as const
