import { type Format, Malformed, parseCanonical, record, text } from './canonical-json.ts'
import type { Element, Group, Scalar } from './group.ts'
import { type Proof, proofFormat, proveKnowledge, verifyKnowledge } from './proof.ts'

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

/** The owner of the secret stands by the message. */
export function signText(group: Group, secret: Scalar, message: string): Proof {
  return proveKnowledge(group, { secret, bases: [group.base], prefix: prefixFor(message) })
}

/** A message with what its content says, signed. */
export function signContent<T>(
  group: Group,
  { signing, format, content }: { signing: Scalar; format: Format<T>; content: T },
): SignedMessage<T> {
  const message = format.write(content)
  return { message, signature: signText(group, signing, message), content }
}

/** Whether the owner of the verification key signed the message. */
export function verifySignature(
  group: Group,
  { message, signature, verification }: { message: string; signature: Proof; verification: Element },
): boolean {
  return verifyKnowledge(group, {
    proof: signature,
    claims: [{ base: group.base, multiple: verification }],
    prefix: prefixFor(message),
  })
}

function prefixFor(message: string): string {
  return `sigmsg|${message}|`
}
