import { type BallotGroups, sharesRank } from '../ballot-groups.ts'
import type { OptionIndex } from '../option-index.ts'

/** No paper. */
const none = -1

/**
 * The papers that rank all continuing options, in piles by the one that they have last. An exclusion touches the
 * pile of that option, and the papers of which several options share the lowest rank.
 */
export class LowestRanks {
  readonly #groups: BallotGroups
  /** 1 for each option that continues, by position; its owner takes options away. */
  readonly #continuing: Uint8Array
  /** Before which entry each paper is read on, upwards. */
  readonly #end: Uint32Array
  /** The paper below each in its pile, or `none`. */
  readonly #below: Int32Array
  /** The first paper of each pile, by option; last those of which several share the lowest rank. */
  readonly #piles: Int32Array
  readonly #weights = new Map<number, Float64Array>()
  /** The options of the lowest rank that was read last. */
  readonly #sharing: Uint16Array

  constructor(groups: BallotGroups, continuing: Uint8Array) {
    this.#groups = groups
    this.#continuing = continuing
    this.#end = groups.starts.slice(1, groups.count + 1)
    this.#below = new Int32Array(groups.count)
    this.#piles = new Int32Array(groups.optionCount + 1).fill(none)
    this.#sharing = new Uint16Array(groups.optionCount)
  }

  /** By how many options share a lowest rank, then by option: the weight of the papers on which it does so. */
  get weights(): ReadonlyMap<number, Float64Array> {
    return this.#weights
  }

  /** Adds a paper, which ranks all continuing options. */
  put(paper: number): void {
    const size = this.#readUpwards(paper)
    const weight = this.#groups.weights[paper]!
    const weights = this.#weightsOf(size)
    for (let place = 0; place < size; place++) weights[this.#sharing[place]!]! += weight
    const pile = size === 1 ? this.#sharing[0]! : this.#groups.optionCount
    this.#below[paper] = this.#piles[pile]!
    this.#piles[pile] = paper
  }

  /** Moves the papers that have an option last which doesn't continue any more. */
  exclude(option: OptionIndex): void {
    const shared = this.#groups.optionCount
    const moving = [this.#piles[option]!, this.#piles[shared]!]
    this.#piles[option] = none
    this.#piles[shared] = none
    for (const size of this.#weights.keys()) if (size > 1) this.#weights.delete(size)
    for (const first of moving) {
      for (let paper = first; paper !== none; ) {
        const lower = this.#below[paper]!
        this.put(paper)
        paper = lower
      }
    }
  }

  #weightsOf(size: number): Float64Array {
    const known = this.#weights.get(size)
    if (known) return known
    const weights = new Float64Array(this.#groups.optionCount)
    this.#weights.set(size, weights)
    return weights
  }

  /** Notes the continuing options of a paper's lowest rank. @returns how many */
  #readUpwards(paper: number): number {
    const { starts, entries } = this.#groups
    let size = 0
    for (let position = this.#end[paper]! - 1; position >= starts[paper]!; position--) {
      const entry = entries[position]!
      const option = entry & ~sharesRank
      // `skippedRank` is the number of no option.
      if (this.#continuing[option] && !this.#isRankedAbove(paper, position, option)) {
        if (size === 0) this.#end[paper] = position + 1
        this.#sharing[size++] = option
      }
      if (entry < sharesRank && size > 0) break
    }
    return size
  }

  #isRankedAbove(paper: number, position: number, option: OptionIndex): boolean {
    const { starts, entries } = this.#groups
    for (let above = starts[paper]!; above < position; above++) {
      if ((entries[above]! & ~sharesRank) === option) return true
    }
    return false
  }
}
