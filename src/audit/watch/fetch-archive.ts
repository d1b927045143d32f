import { open } from 'node:fs/promises'
import { BoardUnreachable } from './refusals.ts'

export type Fetched =
  /** What the tag stands for, so the server says. */
  | { readonly kind: 'same' }
  /** The server knows of no such election. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'fetched'; readonly tag: string | null }

/** In milliseconds: a server from which nothing comes for so long is not reached. */
const stalled = 60_000

/**
 * Downloads a public archive, whole.
 *
 * @param options.tag of what is known; undefined to have it in any case
 * @param options.path where the bytes go: what is there is overwritten
 * @throws BoardUnreachable; an AbortError where `signal` says so
 */
export async function fetchArchive(
  address: string,
  { tag, path, signal }: { tag: string | undefined; path: string; signal?: AbortSignal | undefined },
): Promise<Fetched> {
  const patience = impatience()
  const stop = signal === undefined ? patience.signal : AbortSignal.any([signal, patience.signal])
  const headers = tag === undefined ? {} : { 'if-none-match': tag }
  try {
    const reply = await fetch(address, { headers, signal: stop })
    if (reply.status === 304 && tag !== undefined) return { kind: 'same' }
    if (reply.status === 404 && (await saysNoElection(reply))) return { kind: 'gone' }
    if (!reply.ok || reply.body === null) throw new Unanswered(`it answers ${reply.status}`)
    await writeBody(reply.body, path, patience.reset)
    return { kind: 'fetched', tag: reply.headers.get('etag') }
  } catch (error) {
    signal?.throwIfAborted()
    const reason = reasonOf(error)
    if (reason === undefined) throw error
    throw new BoardUnreachable({ address, reason })
  } finally {
    patience.end()
  }
}

class Unanswered extends Error {}

function reasonOf(error: unknown): string | undefined {
  return error instanceof Unanswered ? error.message : networkFault(error)
}

/** Why `fetch` got no answer, in the words of the system; undefined for what is no fault of the network. */
export function networkFault(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if (error.name === 'TimeoutError') return 'nothing comes any more'
  // What fetch throws of the network is a TypeError, with what the system said inside.
  if (!(error instanceof TypeError)) return undefined
  const { code, message } = (error.cause ?? error) as { code?: string; message: string }
  return code ?? message
}

/** So that a proxy that answers 404 of itself is not taken for an election that is gone. */
async function saysNoElection(reply: Response): Promise<boolean> {
  const body = (await reply.json().catch(() => undefined)) as
    | { error?: { code?: unknown } }
    | null
    | undefined
  return body?.error?.code === 'election-not-found'
}

async function writeBody(body: ReadableStream<Uint8Array>, path: string, alive: () => void): Promise<void> {
  const file = await open(path, 'w', 0o644)
  try {
    for await (const chunk of body) {
      alive()
      await file.appendFile(chunk)
    }
    await file.sync()
  } finally {
    await file.close()
  }
}

/** A signal that aborts when nothing has reset it for long. */
function impatience(): { signal: AbortSignal; reset(): void; end(): void } {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(new DOMException('nothing comes', 'TimeoutError')), stalled)
  return { signal: controller.signal, reset: () => timer.refresh(), end: () => clearTimeout(timer) }
}
