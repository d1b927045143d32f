import type { Answer } from '../shared/answers.ts'

/** The server can't be reached, or has too much to do; after so many seconds it is worth another try. */
export interface Wait {
  readonly why: 'offline' | 'busy'
  readonly seconds: number
}

/** What the server said in the end: an answer, or a refusal that another try would not change. */
export type Settled<T> = Exclude<Answer<T>, { kind: 'unreachable' }>

/** Between two tries without a connection, in seconds. */
const offlinePause = 5
/** Where a busy server doesn't say how long, in seconds. */
const busyPause = 10

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
export async function untilAnswered<T>(
  ask: () => Promise<Answer<T>>,
  patience: Patience,
  onWait: (wait: Wait | undefined) => void,
): Promise<Settled<T>> {
  for (;;) {
    const answer = await ask()
    if (answer.kind !== 'unreachable' && !isBusy(answer)) return answer
    const wait = waitAfter(answer)
    onWait(wait)
    await patience.wait(wait.seconds)
    onWait(undefined)
  }
}

function isBusy(answer: Settled<unknown>): boolean {
  return answer.kind === 'refused' && (answer.status >= 500 || answer.status === 429)
}

function waitAfter(answer: Answer<unknown>): Wait {
  if (answer.kind !== 'refused') return { why: 'offline', seconds: offlinePause }
  return { why: 'busy', seconds: answer.after ?? busyPause }
}
