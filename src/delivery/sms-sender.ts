import { setTimeout } from 'node:timers/promises'
import { z } from 'zod'
import { jsonOf } from '../json-of.ts'
import { headerIn, safeTarget } from './http-target.ts'
import type { MessageSender } from './message-sender.ts'
import { DeliveryMisconfigured, type Fate, MessageNotSent } from './refusals.ts'
import { fillStrings } from './template.ts'

export interface SmsSettings {
  /** Where messages are posted to: https, or http on this machine. */
  readonly url: string
  /** The header that identifies us, such as `Authorization: Bearer …`. Holds a secret; undefined for none. */
  readonly header: string | undefined
  /** The JSON that is posted, with `{to}` and `{text}` in its texts: `{"to":"{to}","message":"{text}"}`. */
  readonly body: string
  /** Milliseconds before the second attempt; each further pause is twice as long. */
  readonly firstPause?: number
}

/** In milliseconds, for one attempt. */
const patience = 10_000
const attempts = 4

/**
 * Sends short messages through a gateway that takes JSON over HTTP. Only what the gateway says is its own trouble
 * (5xx) is tried again: after a broken connection nobody knows whether the message is on its way.
 * @throws DeliveryMisconfigured which quotes neither the URL nor the header
 */
export function openSmsSender({ url, header, body, firstPause = 500 }: SmsSettings): MessageSender {
  const target = targetOf(url)
  const headers = { 'Content-Type': 'application/json', ...(header !== undefined && headerOf(header)) }
  const template = templateOf(body)
  const closing = new AbortController()
  const post = async (text: string): Promise<number> => {
    try {
      const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(patience)])
      // A redirection would carry the secret to another host.
      const answer = await fetch(target, { method: 'POST', headers, body: text, redirect: 'error', signal })
      await answer.body?.cancel()
      return answer.status
    } catch (error) {
      const isLate = (error as Error).name === 'TimeoutError'
      throw new MessageNotSent(
        'SMS',
        isLate ? 'timeout' : 'connection',
        wasNeverThere(error) ? 'later' : 'unknown',
      )
    }
  }
  return {
    send: async ({ to, text }) => {
      const number = requireNumber(to)
      const posted = JSON.stringify(fillStrings(template, { to: number, text }))
      for (let attempt = 1; ; attempt++) {
        const status = await post(posted)
        if (status >= 200 && status < 300) return
        if (status < 500 || attempt === attempts)
          throw new MessageNotSent('SMS', String(status), fateOf(status))
        await pause(firstPause * 2 ** (attempt - 1), closing.signal)
      }
    },
    close: async () => closing.abort(),
  }
}

/** @throws MessageNotSent if it is none */
export function requireNumber(to: string): string {
  const number = to.replace(/[\s().\-/]/g, '')
  if (!/^\+?\d{4,20}$/.test(number)) throw new MessageNotSent('SMS', 'no number', 'never')
  return number
}

/** @param status of HTTP, 400 or more */
export function fateOf(status: number): Fate {
  if (status === 429 || status >= 500) return 'later'
  return [401, 403, 404].includes(status) ? 'halt' : 'never'
}

const notThere: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
])

/** Whether nobody was reached who could have taken it. */
export function wasNeverThere(error: unknown): boolean {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } }
  return notThere.has(code) || notThere.has(cause?.code)
}

/** @throws MessageNotSent if the sender is closed meanwhile */
async function pause(millis: number, signal: AbortSignal): Promise<void> {
  await setTimeout(millis, undefined, { signal }).catch(() => {
    throw new MessageNotSent('SMS', 'closed', 'later')
  })
}

function targetOf(url: string): URL {
  const target = safeTarget(url)
  if (target !== undefined) return target
  throw new DeliveryMisconfigured(
    'The SMS gateway is not given as a URL that begins with https:// and has no password in it.',
    'What identifies you to the gateway goes into the file of its header.',
  )
}

function headerOf(text: string): Readonly<Record<string, string>> {
  const header = headerIn(text)
  if (header !== undefined) return header
  throw new DeliveryMisconfigured(
    'The file of the header of the SMS gateway does not hold one header.',
    'Write one line into it, like: Authorization: Bearer KEY',
  )
}

const templateSchema = z.json()

function templateOf(body: string): z.infer<typeof templateSchema> {
  const template = templateSchema.safeParse(jsonOf(body))
  const written = JSON.stringify(template.data ?? null)
  if (template.success && written.includes('{to}') && written.includes('{text}')) return template.data
  throw new DeliveryMisconfigured(
    'What is posted to the SMS gateway is not JSON with {to} and {text} in it.',
    'Write it like {"to":"{to}","message":"{text}"}.',
  )
}
