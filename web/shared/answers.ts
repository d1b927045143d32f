import { jsonOf } from '../../src/json-of.ts'
/** What came of a question to the server: an answer, a refusal, or nothing at all. */
export type Answer<T> =
  | { readonly kind: 'answer'; readonly value: T }
  | {
      readonly kind: 'refused'
      readonly status: number
      readonly code: string
      /** Finer than the code, where the server says more: why it does not take a ballot. */
      readonly reason: string
      /** For people, in English; may be empty. */
      readonly message: string
      /** In seconds: when a server that has too much to do wants to be asked again, where it says so. */
      readonly after: number | undefined
    }
  | { readonly kind: 'unreachable' }

/** What reads an answer: a schema of zod, small or large. */
interface Reader<T> {
  safeParse(
    json: unknown,
  ): { readonly success: true; readonly data: T } | { readonly success: false; readonly error: unknown }
}

/** In milliseconds. */
const longest = 30_000

/** The code of an answer that has not the form that it should have. */
export const notUnderstood = 'not-understood'

/** Asks the server, and believes nothing of its answer that has not the form that it should have. */
export async function ask<T>(
  address: string,
  reader: Reader<T>,
  request: RequestInit = {},
): Promise<Answer<T>> {
  let reply: Response
  let text: string
  try {
    const signal = AbortSignal.timeout(longest)
    reply = await fetch(address, { cache: 'no-store', credentials: 'omit', signal, ...request })
    text = await reply.text()
  } catch {
    return { kind: 'unreachable' }
  }
  const json = jsonOf(text)
  const read = reply.ok ? reader.safeParse(json) : undefined
  if (read?.success === true) return { kind: 'answer', value: read.data }
  return { ...refusalIn(json), status: reply.status, after: secondsIn(reply.headers.get('retry-after')) }
}

/** A request that brings something along. */
export function posted(body: unknown) {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }
}

function refusalIn(json: unknown) {
  const { error } = (json ?? {}) as {
    error?: { code?: string; message?: string; details?: { reason?: string } }
  }
  const code = String(error?.code ?? notUnderstood)
  const reason = String(error?.details?.reason ?? code)
  return { kind: 'refused', code, reason, message: String(error?.message ?? '') } as const
}

function secondsIn(header: string | null): number | undefined {
  const seconds = Number(header)
  return seconds > 0 ? seconds : undefined
}
