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

export class WebhookInvalid extends Refusal {
  readonly code = 'webhook-invalid'
  /** @param reason a sentence without the address: its path may be a secret of the other side */
  constructor(reason: string, hint?: string) {
    super(reason, {}, hint)
  }
}

export class WebhookExists extends Refusal {
  readonly code = 'webhook-exists'
  constructor(webhook: number) {
    super(
      `Webhook ${webhook} goes there already.`,
      { webhook },
      `To change it, remove it first: urna webhook remove ${webhook}`,
    )
  }
}

export class WebhookNotFound extends Refusal {
  readonly code = 'webhook-not-found'
  constructor(webhook: number) {
    super(`There is no webhook ${webhook}.`, { webhook }, 'See which there are with: urna webhook list')
  }
}

export class WebhookFailed extends Refusal {
  readonly code = 'webhook-failed'
  /** @param answer a status of HTTP, or a word; never what the other side wrote */
  constructor({ webhook, answer }: { webhook: number; answer: string }) {
    super(
      `Webhook ${webhook} did not take the test (${answer}).`,
      { webhook, answer },
      answer === 'private-address'
        ? 'Its host is in a private network. If that is meant, add the webhook with --allow-private.'
        : 'The other side answers 200 to 299 within ten seconds where it takes a message.',
    )
  }
}
