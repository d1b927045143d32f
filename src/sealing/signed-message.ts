import { type Format, Malformed, parseCanonical, record, text } from './canonical-json.ts'
import type { Element, Group } from './group.ts'
import { type Proof, proofFormat, verifyKnowledge } from './proof.ts'

/** A message that a trustee of a threshold group published, signed. */
export interface SignedMessage<T> {
  /** JSON text: what is signed. */
  readonly message: string
  readonly signature: Proof
  /** What the message says. */
  readonly content: T
}

const envelope = record({ message: text, signature: proofFormat })

/** `{"message":"…","signature":…}`, where the message is itself the one canonical text of its content. */
export function signedMessageFormat<T>(content: Format<T>): Format<SignedMessage<T>> {
  return {
    read(json, place) {
      const signed = envelope.read(json, place)
      const reading = parseCanonical(content, signed.message)
      if (!reading.ok) throw new Malformed(reading.malformation.code, `${place}.message`)
      return { ...signed, content: reading.value }
    },
    write: envelope.write,
  }
}

/** Whether the owner of the verification key signed the message. */
export function verifySignature(
  group: Group,
  { message, signature, verification }: { message: string; signature: Proof; verification: Element },
): boolean {
  return verifyKnowledge(group, {
    proof: signature,
    claims: [{ base: group.base, multiple: verification }],
    prefix: `sigmsg|${message}|`,
  })
}
