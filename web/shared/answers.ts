/** What came of a question to the server: an answer, a refusal, or nothing at all. */
export type Answer<T> =
  | { readonly kind: 'answer'; readonly value: T }
  | { readonly kind: 'refused'; readonly status: number; readonly code: string; readonly message: string }
  | { readonly kind: 'unreachable' }

/** What reads an answer: a schema of zod, small or large. */
interface Reader<T> {
  safeParse(
    json: unknown,
  ): { readonly success: true; readonly data: T } | { readonly success: false; readonly error: unknown }
}

/** In milliseconds. */
const longest = 30_000

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
  const json = parsed(text)
  const read = reply.ok ? reader.safeParse(json) : undefined
  if (read?.success === true) return { kind: 'answer', value: read.data }
  const { error } = (json ?? {}) as { error?: { code?: string; message?: string } }
  const { code = 'not-understood', message = '' } = error ?? {}
  return { kind: 'refused', status: reply.status, code: String(code), message: String(message) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
