import type { OptionIndex } from '../option-index.ts'
import type { Win } from './wins.ts'

/** Wins that have been locked in, and what follows from them: who is above whom by a chain of them. */
export class LockedWins {
  readonly #size: number
  /** 1 at `a * size + b` where a is above b. */
  readonly #above: Uint8Array

  constructor(size: number, above = new Uint8Array(size * size)) {
    this.#size = size
    this.#above = above
  }

  /** How many pairs of options there are, either way round. */
  get pairs(): number {
    return this.#above.length
  }

  copy(): LockedWins {
    return new LockedWins(this.#size, this.#above.slice())
  }

  isAbove(option: OptionIndex, other: OptionIndex): boolean {
    return this.#above[option * this.#size + other] === 1
  }

  /** Locks a win in; one that contradicts those before it makes a cycle, whose members are above themselves. */
  lock({ winner, loser }: Win): void {
    if (this.isAbove(winner, loser)) return
    for (let option = 0; option < this.#size; option++) {
      if ((option !== winner && !this.isAbove(option, winner)) || this.isAbove(option, loser)) continue
      this.#above[option * this.#size + loser] = 1
      for (let below = 0; below < this.#size; below++) {
        if (this.isAbove(loser, below)) this.#above[option * this.#size + below] = 1
      }
    }
  }

  /** Those that can still be locked in without a cycle, and say something new. */
  open(wins: readonly Win[]): Win[] {
    return wins.filter(({ winner, loser }) => !this.isAbove(loser, winner) && !this.isAbove(winner, loser))
  }

  /** The wins that would make a cycle if all of them were locked in. */
  cyclic(wins: readonly Win[]): Win[] {
    const all = this.copy()
    for (const win of wins) all.lock(win)
    return wins.filter(({ winner, loser }) => all.isAbove(loser, winner))
  }

  /** Those that nobody is above are first and equal; then the same for the rest. */
  ranking(standing: readonly OptionIndex[]): OptionIndex[][] {
    const ranking: OptionIndex[][] = []
    for (let left = standing; left.length > 0; ) {
      const top = left.filter((option) => !left.some((other) => this.isAbove(other, option)))
      ranking.push(top)
      left = left.filter((option) => !top.includes(option))
    }
    return ranking
  }

  /** The same for the same order, however it came about. */
  key(): string {
    return this.#above.join('')
  }
}
