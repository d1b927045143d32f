import { Refusal } from '../errors.ts'

/**
 * What is to be thought of a message that was not sent. `later`: it may be tried again. `never`: the other side refuses
 * it for good. `unknown`: it was handed over and nobody said what became of it, so that to try again could send it
 * twice. `halt`: the other side takes nothing from us, whoever it is for.
 */
export type Fate = 'later' | 'never' | 'unknown' | 'halt'

/** Says why, and never to whom or what: neither the text nor the address is in it. */
export class MessageNotSent extends Refusal {
  readonly code = 'message-not-sent'
  readonly reason: string
  readonly fate: Fate
  /** @param reason such as `ECONNECTION` or `550`: what the other side's text says may quote the message */
  constructor(by: 'mail' | 'SMS', reason: string, fate: Fate) {
    super(`The ${by === 'mail' ? 'mail server' : 'SMS gateway'} did not take a message (${reason}).`, {
      by,
      reason,
    })
    this.reason = reason
    this.fate = fate
  }
}

export class DeliveryMisconfigured extends Refusal {
  readonly code = 'delivery-misconfigured'
  constructor(sentence: string, hint?: string) {
    super(sentence, {}, hint)
  }
}
