import { type MailingDeps, type MailingInput, prepareMailing } from './prepare-mailing.ts'
import type { Recipient } from './recipients.ts'

/** In the place of a token where a message is only looked at. */
const hiddenToken = '•••••-••••••-•••••-••••••'
/** Of the shape of a token, and known to nobody: the page refuses it. */
const fakeToken = 'SAMPT-SAMPTE-SAMPT-SAMPTE'

const nobody: Recipient = {
  ...{ voterId: 0, proxyId: null, proxyFor: null },
  ...{ number: '12345', name: 'Ada Example', address: null, unsubscribed: false, bounced: false },
  ...{ region: null, chapter: null, district: null, custom: {} },
}

/** A message as the first voter would get it, if there is one, without a token that is good. */
export async function sampleMessage(
  deps: MailingDeps,
  input: MailingInput,
  token: 'hidden' | 'fake',
): Promise<{ election: string; subject: string; text: string }> {
  const { election, recipients, compose } = await prepareMailing(deps, input)
  // A test goes to somebody who may not be on the roll.
  const recipient = token === 'hidden' ? (recipients[0]?.recipient ?? nobody) : nobody
  const { subject, text } = compose(recipient, token === 'hidden' ? hiddenToken : fakeToken)
  return { election: election.slug, subject, text }
}
