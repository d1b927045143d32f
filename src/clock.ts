/** Time comes in by the door. */
export interface Clock {
  now(): Date
}

/** By how much a clock is put right while it runs, at most; in milliseconds. */
const correction = 60_000

/**
 * The latest moment that can have been written down before now. What is ahead of it was written before the clock went
 * back: nobody knows how long ago that was, and a limit of time that began then is over.
 * @param now ISO 8601 in UTC, as the result
 */
export function latestPast(now: string): string {
  return new Date(Date.parse(now) + correction).toISOString()
}

export const systemClock: Clock = { now: () => new Date() }
