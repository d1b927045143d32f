import type { Clock } from '../clock.ts'

/** Remembers what happened not long ago, so that the log tells once what happens again and again. */
export class Recently {
  readonly #clock: Clock
  readonly #for: number
  readonly #seen = new Map<string, number>()

  /** @param milliseconds for which what happened is not new */
  constructor(clock: Clock, milliseconds: number) {
    this.#clock = clock
    this.#for = milliseconds
  }

  /** Whether it has not happened lately; from now on it has. */
  isNew(what: string): boolean {
    const now = this.#clock.now().getTime()
    for (const [each, at] of this.#seen) if (Math.abs(now - at) >= this.#for) this.#seen.delete(each)
    if (this.#seen.has(what)) return false
    this.#seen.set(what, now)
    return true
  }
}
