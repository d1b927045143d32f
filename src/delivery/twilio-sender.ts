import { isLoopback } from './hosts.ts'
import type { MessageSender } from './message-sender.ts'
import { DeliveryMisconfigured, MessageNotSent } from './refusals.ts'
import { fateOf, requireNumber, wasNeverThere } from './sms-sender.ts'

export interface TwilioSettings {
  /** Of the account: `AC` and 32 hexadecimal digits. */
  readonly account: string
  /** Of an API key, `SK…`, whose secret follows; without it the secret is the account's own token. */
  readonly key: string | undefined
  readonly secret: string
  /** A number of the account, or the id of a messaging service: `MG…`. */
  readonly from: string
  /** Of the API, if it is not Twilio's: https, or http on this machine. */
  readonly url: string | undefined
}

/** In milliseconds, for one attempt. */
const patience = 10_000

/**
 * Sends short messages through Twilio, by its own library, which tries nothing again by itself.
 * @throws DeliveryMisconfigured which quotes nothing
 */
export async function openTwilioSender(settings: TwilioSettings): Promise<MessageSender> {
  const { account, key, secret, from, url } = settings
  const origin = url === undefined ? undefined : originOf(url)
  if (
    !/^AC[0-9a-f]{32}$/.test(account) ||
    secret === '' ||
    (key !== undefined && !/^SK[0-9a-f]{32}$/.test(key))
  ) {
    throw new DeliveryMisconfigured(
      'The account of Twilio is not given as it should be.',
      'account begins with AC, key with SK, and secret is what belongs to the key, or to the account if there is no key.',
    )
  }
  const { default: twilio } = await import('twilio')
  const client = twilio(key ?? account, secret, { accountSid: account, timeout: patience, autoRetry: false })
  if (origin !== undefined) client.api.baseUrl = origin
  const sender = from.startsWith('MG') ? { messagingServiceSid: from } : { from }
  return {
    send: async ({ to, text }) => {
      const number = requireNumber(to)
      try {
        await client.messages.create({ ...sender, to: number, body: text })
      } catch (error) {
        throw notSent(error)
      }
    },
    close: async () => {},
  }
}

/** By the number of Twilio's error where it gives one. Its text may quote the message. */
function notSent(error: unknown): MessageNotSent {
  const { status, code } = error as { status?: unknown; code?: unknown }
  if (typeof status === 'number' && status >= 400) {
    return new MessageNotSent('SMS', String(typeof code === 'number' ? code : status), fateOf(status))
  }
  return new MessageNotSent('SMS', 'connection', wasNeverThere(error) ? 'later' : 'unknown')
}

function originOf(url: string): string {
  const read = URL.canParse(url) ? new URL(url) : undefined
  const safe = read?.protocol === 'https:' || (read?.protocol === 'http:' && isLoopback(read.hostname))
  if (read === undefined || !safe || read.href !== `${read.origin}/`) {
    throw new DeliveryMisconfigured('The address of Twilio is no address that begins with https://.')
  }
  return read.origin
}
