import { setTimeout } from 'node:timers/promises'
import { networkFault } from '../audit/watch/fetch-archive.ts'
import { jsonOf } from '../json-of.ts'
import { MemberServiceDistrusted, MemberServiceUnreachable } from './service-refusals.ts'

export interface ServiceSettings {
  /** https, or http on this machine; a slash at its end. */
  readonly url: URL
  /** What identifies us; holds a secret. */
  readonly header: Readonly<Record<string, string>>
  /** Milliseconds for one attempt, from the question to the end of the answer; without it `usualPatience`. */
  readonly patience?: number
  /** Milliseconds before the second attempt; each further pause is twice as long. */
  readonly firstPause?: number
}

/** What a service answered. */
export type ServiceReply =
  /** With its length in bytes. */
  | { readonly kind: 'body'; readonly body: unknown; readonly length: number }
  /** It has what was named with `known`, and nothing newer. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'missing' }

const usualPatience = 30_000
const attempts = 4
/** In milliseconds: whoever asks for a longer pause is asked again another day. */
const longestPause = 30_000
/** In bytes, of one page of members; what is longer is no page. */
const longestAnswer = 16 * 1024 * 1024

/**
 * Asks a service something, again with growing pauses where its trouble may pass: no answer, too late, 429 and 5xx.
 * @param path below the URL of the service, with its query
 * @param known the state of the list that is known already
 * @throws MemberServiceUnreachable, MemberServiceDistrusted
 */
export async function askService(
  settings: ServiceSettings,
  path: string,
  known?: string,
): Promise<ServiceReply> {
  const { firstPause = 500 } = settings
  for (let attempt = 1; ; attempt++) {
    const { reply, trouble, wait = 0 } = await askOnce(settings, path, known)
    if (reply !== undefined) return reply
    if (attempt === attempts || wait > longestPause) {
      throw new MemberServiceUnreachable({ host: settings.url.host, reason: trouble, attempts: attempt })
    }
    await setTimeout(Math.max(wait, firstPause * 2 ** (attempt - 1)))
  }
}

type Attempt =
  | { readonly reply: ServiceReply; readonly trouble?: undefined; readonly wait?: undefined }
  | { readonly reply?: undefined; readonly trouble: string; readonly wait?: number }

/** @throws MemberServiceUnreachable, MemberServiceDistrusted for what would be the same next time */
async function askOnce(
  { url, header, patience = usualPatience }: ServiceSettings,
  path: string,
  known: string | undefined,
): Promise<Attempt> {
  const { host } = url
  const signal = AbortSignal.timeout(patience)
  try {
    const reply = await fetch(new URL(path, url), {
      headers: { accept: 'application/json', ...header, ...(known && { 'if-none-match': `"${known}"` }) },
      // The secret is for this service, and for none that it names.
      redirect: 'manual',
      signal,
    })
    const { status } = reply
    if (status === 200) return { reply: { kind: 'body', ...(await bodyOf(reply, host)) } }
    await reply.body?.cancel()
    if (status === 304 && known !== undefined) return { reply: { kind: 'unchanged' } }
    if (status === 404) return { reply: { kind: 'missing' } }
    if (status === 429 || status >= 500) return { trouble: `it answers ${status}`, ...waitIn(reply) }
    if (status >= 300 && status < 400) {
      throw new MemberServiceDistrusted({ host, reason: 'it sends urna on to another address' })
    }
    throw new MemberServiceUnreachable({ host, reason: `it answers ${status}`, attempts: 1 })
  } catch (error) {
    const reason = signal.aborted ? 'nothing comes any more' : networkFault(error)
    if (reason === undefined) throw error
    return { trouble: reason }
  }
}

/** @throws MemberServiceDistrusted */
async function bodyOf(reply: Response, host: string): Promise<{ body: unknown; length: number }> {
  const decoder = new TextDecoder()
  let [text, length] = ['', 0]
  for await (const chunk of reply.body ?? []) {
    length += chunk.length
    if (length > longestAnswer) throw new MemberServiceDistrusted({ host, reason: 'its answer has no end' })
    text += decoder.decode(chunk, { stream: true })
  }
  const body = jsonOf(text + decoder.decode())
  if (body === undefined) throw new MemberServiceDistrusted({ host, reason: 'it is no JSON' })
  return { body, length }
}

/** Only whole seconds: a date would depend on two clocks. */
function waitIn(reply: Response): { wait?: number } {
  const after = reply.headers.get('retry-after') ?? ''
  return /^\d{1,6}$/.test(after) ? { wait: Number(after) * 1000 } : {}
}
