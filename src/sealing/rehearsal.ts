import { element, type Format, record } from './canonical-json.ts'
import { elementToHex, hashToScalar } from './encoding.ts'
import type { Element, Group, Scalar } from './group.ts'
import { type Proof, proofFormat, proveKnowledge, verifyKnowledge } from './proof.ts'

/** What a trustee shows before an election opens: that the key is at hand, and decrypts. */
export interface Rehearsal {
  /** x·α for the trustee's secret x. */
  readonly factor: Element
  readonly proof: Proof
}

export function rehearsalFormat(group: Group): Format<Rehearsal> {
  return record({ factor: element(group), proof: proofFormat })
}

/**
 * Decrypts a test ciphertext. Its α is a known multiple of the base, so that x·α follows from the public key: who
 * could choose α could have a real vote opened under the name of a rehearsal.
 *
 * @param request.uuid of the election.
 */
export function rehearseDecryption(
  group: Group,
  { uuid, secret }: { uuid: string; secret: Scalar },
): Rehearsal {
  const publicKey = group.multiplyBase(secret)
  const alpha = testAlpha(group, uuid, publicKey)
  const proof = proveKnowledge(group, {
    ...{ secret, bases: [group.base, alpha] },
    prefix: prefixFor(uuid, publicKey),
  })
  return { factor: group.multiply(alpha, secret), proof }
}

export function verifyRehearsal(
  group: Group,
  { uuid, publicKey }: { uuid: string; publicKey: Element },
  { factor, proof }: Rehearsal,
): boolean {
  return verifyKnowledge(group, {
    proof,
    claims: [
      { base: group.base, multiple: publicKey },
      { base: testAlpha(group, uuid, publicKey), multiple: factor },
    ],
    prefix: prefixFor(uuid, publicKey),
  })
}

function testAlpha(group: Group, uuid: string, publicKey: Element): Element {
  return group.multiplyBase(hashToScalar(group, `rehearsal-alpha|${uuid}|${elementToHex(publicKey)}`))
}

/** Unlike that of any proof on a board. */
function prefixFor(uuid: string, publicKey: Element): string {
  return `rehearsal|${uuid}|${elementToHex(publicKey)}|`
}
