import type { z } from 'zod/mini'

/** What came of a request: an answer, a refusal by the server, or nothing at all for now. */
export type Outcome<Answer> =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'refused'; readonly reason: string; readonly message: string }
  | Wait

/** The server can't be reached, or has too much to do; after so many seconds it is worth another try. */
export interface Wait {
  readonly kind: 'later'
  readonly why: 'offline' | 'busy'
  readonly seconds: number
}

/** Between two tries without a connection, in seconds. */
const offlinePause = 5
/** Where a busy server doesn't say how long, in seconds. */
const busyPause = 10
/** A try that takes longer is given up, in milliseconds: the same bytes go again. */
const longest = 30_000

/** Asks the server, and believes nothing of its answer that has not the form it should have. */
export async function request<Answer>(
  address: string,
  schema: z.ZodMiniType<Answer>,
  body?: unknown,
): Promise<Outcome<Answer>> {
  let reply: Response
  let text: string
  try {
    reply = await fetch(address, {
      ...(body !== undefined && {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(longest),
    })
    text = await reply.text()
  } catch {
    return { kind: 'later', why: 'offline', seconds: offlinePause }
  }
  if (reply.status >= 500 || reply.status === 429) {
    const said = Number(reply.headers.get('retry-after'))
    return { kind: 'later', why: 'busy', seconds: said > 0 ? said : busyPause }
  }
  return understood(reply.status, text, schema)
}

function understood<Answer>(status: number, text: string, schema: z.ZodMiniType<Answer>): Outcome<Answer> {
  const json = parsed(text)
  if (status < 400) {
    const answer = schema.safeParse(json)
    if (answer.success) return { kind: 'answer', answer: answer.data }
    return { kind: 'refused', reason: 'not-understood', message: '' }
  }
  const { error } = (json ?? {}) as {
    error?: { code?: string; message?: string; details?: { reason?: string } }
  }
  return {
    kind: 'refused',
    reason: String(error?.details?.reason ?? error?.code ?? 'not-understood'),
    message: String(error?.message ?? ''),
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Something that is waited for: a time, or whoever cuts it short. */
export interface Patience {
  /** Until that many seconds are over, the connection is back, or `end` is called. */
  wait(seconds: number): Promise<void>
  end(): void
}

export function newPatience(): Patience {
  let end = () => {}
  return {
    wait: (seconds) =>
      new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer)
          removeEventListener('online', done)
          resolve()
        }
        const timer = setTimeout(done, seconds * 1000)
        addEventListener('online', done)
        end = done
      }),
    end: () => end(),
  }
}

/** Asks again and again until the server answers. @param onWait hears why it takes longer, and undefined when it goes on */
export async function untilAnswered<Answer>(
  ask: () => Promise<Outcome<Answer>>,
  patience: Patience,
  onWait: (wait: Wait | undefined) => void,
): Promise<Exclude<Outcome<Answer>, Wait>> {
  for (;;) {
    const outcome = await ask()
    if (outcome.kind !== 'later') return outcome
    onWait(outcome)
    await patience.wait(outcome.seconds)
    onWait(undefined)
  }
}
