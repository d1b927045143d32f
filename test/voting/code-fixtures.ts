import { fileURLToPath } from 'node:url'
import type { Message, MessageSender } from '../../src/delivery/message-sender.ts'
import { signChallenge } from '../../src/sealing/challenge.ts'
import { credentialSecret, publicCredential } from '../../src/sealing/credential.ts'
import { elementToHex } from '../../src/sealing/encoding.ts'
import { type OneTimeCodes, openOneTimeCodes } from '../../src/voting/one-time-code.ts'
import { group, type Opened } from './fixtures.ts'

export const templates = fileURLToPath(new URL('../../templates', import.meta.url))

/** A way of sending that keeps what it is given. */
export interface Outbox extends MessageSender {
  readonly messages: Message[]
}

export function outbox(): Outbox {
  const messages: Message[] = []
  return {
    messages,
    send: async (message) => {
      messages.push(message)
    },
    close: async () => {},
  }
}

export function codesOf(
  box: Opened,
  senders: Parameters<typeof openOneTimeCodes>[0]['senders'],
  onFault: (error: unknown) => void = (error) => {
    throw error
  },
): Promise<OneTimeCodes> {
  return openOneTimeCodes({ work: box.work, group, clock: box.clock, senders, templates, onFault })
}

/** What the page of a voter sends. */
export function signedRequest(box: Opened, number: string, challenge: string) {
  const token = box.tokens.get(number)
  if (token === undefined) throw new Error(`${number} has no token`)
  const secret = credentialSecret(group, { uuid: box.form.uuid, token })
  return {
    credential: elementToHex(publicCredential(group, secret)),
    challenge,
    signature: signChallenge(group, { secret, challenge }),
    language: 'en' as const,
  }
}

/** Asks for a code as a voter does, and waits until it is sent. */
export async function askForCode(box: Opened, codes: OneTimeCodes, number: string): Promise<void> {
  const { challenge } = await codes.challenge(box.slug)
  await codes.request(box.slug, signedRequest(box, number, challenge))
  await codes.settled()
}

/** The code that a message brings. */
export function codeIn(message: Message | undefined): string {
  const code = /(?<!\d)\d{6}(?!\d)/.exec(message?.text ?? '')?.[0]
  if (code === undefined) throw new Error('no code came')
  return code
}

/** Six digits that are not those. */
export function otherThan(code: string): string {
  return String((Number(code) + 1) % 1_000_000).padStart(6, '0')
}
