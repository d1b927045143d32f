import { Refusal } from '../errors.ts'

/** Says why, and never to whom or what: neither the text nor the address is in it. */
export class MessageNotSent extends Refusal {
  readonly code = 'message-not-sent'
  readonly reason: string
  /** @param reason such as `ECONNECTION` or `550`: what the other side's text says may quote the message */
  constructor(by: 'mail' | 'SMS', reason: string) {
    super(`The ${by === 'mail' ? 'mail server' : 'SMS gateway'} did not take a message (${reason}).`, {
      by,
      reason,
    })
    this.reason = reason
  }
}

export class DeliveryMisconfigured extends Refusal {
  readonly code = 'delivery-misconfigured'
  constructor(sentence: string, hint?: string) {
    super(sentence, {}, hint)
  }
}
