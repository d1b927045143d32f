/** Papers that lie together. */
export interface Pile {
  /** Where they lie in the order of `RankedPapers`: from one place up to another, then the next two. */
  readonly runs: number[]
  /** Sum of the weights, in units of the ballot groups. */
  weight: number
}

export function emptyPile(): Pile {
  return { runs: [], weight: 0 }
}

/** Puts one pile under another, which takes it over. */
export function joinPiles(pile: Pile, lower: Pile): void {
  for (let run = 0; run < lower.runs.length; run += 2)
    addRun(pile.runs, lower.runs[run]!, lower.runs[run + 1]!)
  pile.weight += lower.weight
}

/** Adds places to the end of runs. */
export function addRun(runs: number[], from: number, to: number): void {
  if (runs.at(-1) === from) runs[runs.length - 1] = to
  else runs.push(from, to)
}

/** Steps over the places of a pile. */
export class Places {
  /** Those of the present step lie from here on. */
  from = 0
  to = 0
  readonly #runs: readonly number[]
  #next = 0
  #end = 0

  constructor(runs: readonly number[]) {
    this.#runs = runs
  }

  /** Goes on to places that lie together, at most so many. @returns whether there are any */
  advance(most: number): boolean {
    this.from = this.to
    if (this.from === this.#end) {
      if (this.#next === this.#runs.length) return false
      this.from = this.#runs[this.#next++]!
      this.#end = this.#runs[this.#next++]!
    }
    this.to = Math.min(this.from + most, this.#end)
    return true
  }
}
