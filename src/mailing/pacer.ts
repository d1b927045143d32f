import { z } from 'zod'

/** How often something may be done: `10/s`, `60/min`, `500/h`. */
export const rateSchema = z
  .string()
  .regex(/^[1-9]\d{0,5}\/(s|min|h)$/, 'write it like 10/s, 60/min or 500/h')
  .transform((text) => {
    const [count = '', unit = ''] = text.split('/')
    return { s: 1000, min: 60_000, h: 3_600_000 }[unit as 's' | 'min' | 'h'] / Number(count)
  })

/** Lets its callers go on one by one, never sooner after each other than its pause. */
export interface Pacer {
  /** @param sleep takes milliseconds */
  turn(sleep: (millis: number) => Promise<void>): Promise<void>
}

/**
 * @param pause milliseconds between two turns
 * @param now milliseconds of a clock that only goes forward
 */
export function pacer(pause: number, now: () => number = () => performance.now()): Pacer {
  let next = Number.NEGATIVE_INFINITY
  return {
    turn: async (sleep) => {
      const at = Math.max(now(), next)
      next = at + pause
      if (at > now()) await sleep(at - now())
    },
  }
}
