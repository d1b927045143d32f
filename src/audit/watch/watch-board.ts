import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../../clock.ts'
import { type Look, lookAtBoard } from './look-at-board.ts'
import { BoardUnreachable } from './refusals.ts'

export type Watched =
  | { readonly kind: 'looked'; readonly look: Look }
  /** Tried again in so many seconds. */
  | { readonly kind: 'unreachable'; readonly message: string; readonly seconds: number }

/** In seconds: a server that is down is tried again at least so often, or as often as was asked. */
const longestPause = 900

/** In seconds: so often the whole archive is looked at, whatever the server says of changes. */
const wholeEvery = 3600

/**
 * Looks at a board again and again, until `signal` aborts.
 *
 * @param options.every seconds between two looks
 * @throws BoardAlarm, and whatever else a look throws but that the board can't be reached
 */
export async function* watchBoard(options: {
  address: string
  folder: string
  every: number
  clock: Clock
  jobs?: number | undefined
  signal: AbortSignal
}): AsyncGenerator<Watched> {
  const { every, signal } = options
  let sinceWhole = Number.POSITIVE_INFINITY
  let failures = 0
  while (!signal.aborted) {
    let seconds = every
    try {
      const believe = sinceWhole < wholeEvery
      const look = await lookAtBoard({ ...options, believe })
      sinceWhole = believe ? sinceWhole : 0
      failures = 0
      yield { kind: 'looked', look }
    } catch (error) {
      if (signal.aborted) return
      if (!(error instanceof BoardUnreachable)) throw error
      seconds = Math.min(every * 2 ** failures++, Math.max(every, longestPause))
      yield { kind: 'unreachable', message: error.message, seconds }
    }
    sinceWhole += seconds
    await pause(seconds * 1000, undefined, { signal }).catch(() => {})
  }
}
