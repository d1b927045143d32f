import type { OptionIndex } from '../option-index.ts'
import type { Pile } from '../pile.ts'
import type { RankedPapers } from '../ranked-papers.ts'
import { compareValues, difference, type PaperValue } from './values.ts'

/** A pile of papers that goes on to an option, or is exhausted. */
interface TracedMove {
  /** Absent for the first preferences. */
  readonly from?: OptionIndex
  readonly to?: OptionIndex
  readonly pile: Pile
  readonly before: PaperValue
  readonly after: PaperValue
}

/**
 * Follows one paper through the transfers. Where a surplus takes it on at a lower value, the rest of its
 * value stays where it was, what rounding loses included.
 */
export class PaperTrace {
  /** What the paper counts for, by option; empty when it is exhausted. */
  readonly held = new Map<OptionIndex, PaperValue>()
  readonly #paper: number
  readonly #papers: RankedPapers

  constructor(paper: number, papers: RankedPapers) {
    this.#paper = paper
    this.#papers = papers
  }

  move({ from, to, pile, before, after }: TracedMove): void {
    if (!this.#papers.holds(pile, this.#paper)) return
    if (from !== undefined) {
      if (compareValues(before, after) > 0) this.held.set(from, difference(before, after))
      else this.held.delete(from)
    }
    if (to !== undefined) this.held.set(to, after)
  }
}
