import {
  array,
  constant,
  element,
  type Format,
  integer,
  largestSmallInteger,
  record,
} from './canonical-json.ts'
import type { CeremonyKeys } from './ceremony-keys.ts'
import type { Element, Group } from './group.ts'
import { type SignedMessage, signContent, signedMessageFormat, verifySignature } from './signed-message.ts'

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

/** A place in a group of `size` trustees, of whom `threshold` together open the votes. */
export interface CeremonyPlace {
  readonly size: number
  readonly threshold: number
  /** From 1. */
  readonly index: number
}

export type SignedCertificate = SignedMessage<Certificate>

export const smallCount = integer({ from: 1, to: largestSmallInteger })

function contentFormat(group: Group): Format<Certificate> {
  const context = record({
    group: constant('Ed25519'),
    size: smallCount,
    threshold: smallCount,
    index: smallCount,
  })
  return record({ context, verification: element(group), encryption: element(group) })
}

export function certificateFormat(group: Group): Format<SignedCertificate> {
  return signedMessageFormat(contentFormat(group))
}

/** The first step of the key ceremony. */
export function makeCertificate(
  group: Group,
  { keys, place: { size, threshold, index } }: { keys: CeremonyKeys; place: CeremonyPlace },
): SignedCertificate {
  const { verification, encryption } = keys
  const context = { group: 'Ed25519', size, threshold, index } as const
  return signContent(group, {
    signing: keys.signing,
    format: contentFormat(group),
    content: { context, verification, encryption },
  })
}

/** Whether it is signed with its own key, for this place and no other. */
export function isCertificateRight(
  group: Group,
  { message, signature, content: { context, verification } }: SignedCertificate,
  place: CeremonyPlace,
): boolean {
  return (
    context.size === place.size &&
    context.threshold === place.threshold &&
    context.index === place.index &&
    verifySignature(group, { message, signature, verification })
  )
}

/** What a trustee signs with its commitments A_0 … A_t: that it saw these certificates and no others. */
export function certificatesStatement(
  group: Group,
  { certs, coefexps }: { certs: readonly SignedCertificate[]; coefexps: readonly Element[] },
): string {
  const format: Format<{ readonly certs: SignedCertificate[]; readonly coefexps: Element[] }> = record({
    certs: array(certificateFormat(group)),
    coefexps: array(element(group)),
  })
  return `certs_sig|${format.write({ certs: [...certs], coefexps: [...coefexps] })}`
}
