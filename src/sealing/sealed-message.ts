import { constant, element, parseCanonical, record, text, textLike } from './canonical-json.ts'
import { bytesOfHex, elementToHex, hexOf } from './encoding.ts'
import type { Element, Group, Scalar } from './group.ts'
import { signContent, signedMessageFormat, verifySignature } from './signed-message.ts'

/** Who sends to whom: the sender's signing key and the recipient's encryption key. */
export interface Channel {
  readonly signing: Scalar
  readonly recipient: Element
}

/** Who opens: the recipient's decryption key and the verification key of whom it should come from. */
export interface ReceivingEnd {
  readonly decryption: Scalar
  readonly sender: Element
}

/** Why a message is not taken: it isn't one, it was sealed for another key, or the sender did not sign it to us. */
export interface MessageRefusal {
  readonly refused: 'malformed' | 'unreadable' | 'not-signed' | 'for-another'
}

const envelope = (group: Group) =>
  record({
    algorithm: constant('AES-GCM'),
    alpha: element(group),
    beta: element(group),
    data: textLike(/^(?:[0-9a-f]{2})*$/),
  })
const addressed = (group: Group) => record({ recipient: element(group), message: text })

/** Whether the text has the form of a sealed message; what is in it, its recipient alone can tell. */
export function isSealedMessage(group: Group, sealed: string): boolean {
  return parseCanonical(envelope(group), sealed).ok
}

/** Signs a message and seals it for its recipient, so that anybody may carry it: ElGamal and AES-256-GCM. */
export async function sealMessage(
  group: Group,
  { signing, recipient }: Channel,
  message: string,
): Promise<string> {
  const signed = signedMessageFormat(addressed(group)).write(
    signContent(group, { signing, format: addressed(group), content: { recipient, message } }),
  )
  return sealFor(group, recipient, signed)
}

/** Seals a text, signed or not, for whoever has the decryption key. */
export async function sealFor(group: Group, recipient: Element, signed: string): Promise<string> {
  const nonce = group.randomScalar()
  const chosen = group.randomScalar()
  const hidden = group.multiplyBase(chosen)
  const alpha = group.multiplyBase(nonce)
  const beta = group.add(group.multiply(recipient, nonce), hidden)
  const { key, iv } = await symmetricKey(group, { hidden, alpha, use: 'encrypt' })
  for (const secret of [nonce, chosen, hidden]) group.wipe(secret)
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(signed))
  return envelope(group).write({ algorithm: 'AES-GCM', alpha, beta, data: hexOf(new Uint8Array(data)) })
}

/** What the sender says to us, and to nobody else. */
export async function openMessage(
  group: Group,
  { decryption, sender }: ReceivingEnd,
  sealed: string,
): Promise<{ readonly message: string } | MessageRefusal> {
  const reading = parseCanonical(envelope(group), sealed)
  if (!reading.ok) return { refused: 'malformed' }
  const { alpha, beta, data } = reading.value
  const hidden = group.subtract(beta, group.multiply(alpha, decryption))
  const { key, iv } = await symmetricKey(group, { hidden, alpha, use: 'decrypt' })
  group.wipe(hidden)
  const opened = await crypto.subtle
    .decrypt({ name: 'AES-GCM', iv }, key, Uint8Array.from(bytesOfHex(data)!))
    .catch(() => undefined)
  if (opened === undefined) return { refused: 'unreadable' }
  const signed = parseCanonical(signedMessageFormat(addressed(group)), new TextDecoder().decode(opened))
  if (!signed.ok) return { refused: 'malformed' }
  const { message, signature, content } = signed.value
  if (!verifySignature(group, { message, signature, verification: sender })) return { refused: 'not-signed' }
  if (!group.equal(content.recipient, group.multiplyBase(decryption))) return { refused: 'for-another' }
  return { message: content.message }
}

async function symmetricKey(
  group: Group,
  { hidden, alpha, use }: { hidden: Element; alpha: Element; use: 'encrypt' | 'decrypt' },
) {
  const raw = Uint8Array.from(
    group
      .sha256()
      .update(`key|${elementToHex(hidden)}`)
      .digest(),
  )
  const iv = Uint8Array.from(
    group
      .sha256()
      .update(`iv|${elementToHex(alpha)}`)
      .digest(),
  )
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, [use])
  group.wipe(raw)
  return { key, iv }
}
