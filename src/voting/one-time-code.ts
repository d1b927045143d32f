import type { Clock } from '../clock.ts'
import type { MessageSender } from '../delivery/message-sender.ts'
import type { Group } from '../sealing/group.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'

export interface CodeRequest {
  /** The public half of the token, 64 hexadecimal digits. */
  readonly credential: string
  /** As `challenge` gave it. */
  readonly challenge: string
  /** Of the challenge, by `signChallenge` (src/sealing/challenge.ts). */
  readonly signature: string
  readonly language: 'en' | 'es' | 'fr'
}

/** One-time codes of the elections of a file. */
export interface OneTimeCodes {
  /**
   * What a voter signs to have a code sent; the same for everybody.
   * @throws ElectionNotFound, CodeNotUsed, WrongState
   */
  challenge(slug: string): Promise<{ challenge: string; expiresAt: string }>
  /**
   * Sends a code to the voter of the credential, after it has returned, and to nobody where there is none: the
   * answer is the same.
   * @throws ElectionNotFound, CodeNotUsed, WrongState, ChallengeInvalid, CodesBusy
   */
  request(slug: string, request: CodeRequest): Promise<void>
  /** Waits for everything that is being sent. */
  settled(): Promise<void>
  /** Refuses requests from now on, and waits like `settled`. */
  close(): Promise<void>
}

export async function openOneTimeCodes(_options: {
  work: UnitOfWork
  group: Group
  clock: Clock
  senders: { readonly email?: MessageSender; readonly sms?: MessageSender }
  /** The folder `templates` of the package. */
  templates: string
  /** Hears what went wrong in the background, without a code or an address in it. */
  onFault: (error: unknown) => void
}): Promise<OneTimeCodes> {
  throw new Error('not yet')
}
