/** Time comes in by the door. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }
