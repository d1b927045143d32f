import * as z from 'zod'
import { type BallotGroups, sharesRank, skippedRank } from './ballot-groups.ts'
import type { OptionIndex } from './option-index.ts'

/** What a method that moves papers from option to option makes of irregular rankings. */
export const irregularRankingRules = {
  /**
   * When the next rank holds several options: the paper is exhausted, the rank is passed over, or it is
   * exhausted only if several of them are still continuing.
   */
  overvotes: z.enum(['exhaust', 'skip', 'exhaust if several continuing']),
  /** When the next rank was left empty: the paper is exhausted, or one empty rank, or any number, is passed over. */
  skippedRanks: z.enum(['exhaust', 'skip one', 'skip all']),
  /** When an option is ranked again: the paper is exhausted, or the later rank is passed over. */
  repeatedOptions: z.enum(['exhaust', 'skip']),
}

export interface IrregularRankings {
  readonly overvotes: z.output<typeof irregularRankingRules.overvotes>
  readonly skippedRanks: z.output<typeof irregularRankingRules.skippedRanks>
  readonly repeatedOptions: z.output<typeof irregularRankingRules.repeatedOptions>
}

/** No paper. */
const none = -1

/** Papers that lie together: a list threaded through `RankedPapers`, so that a paper moves without a copy. */
export interface Pile {
  first: number
  last: number
  /** Sum of the weights, in units of the ballot groups. */
  weight: number
}

/** Where the papers of a pile go next. */
export interface SortedPile {
  readonly piles: ReadonlyMap<OptionIndex, Pile>
  readonly exhausted: Pile
}

/**
 * The papers of a ranked count, one for each distinct ballot. Each remembers how far it has been read, and
 * lies in one pile. Sorting a pile touches its papers and no others.
 */
export class RankedPapers {
  readonly #groups: BallotGroups
  readonly #rules: IrregularRankings
  /** The entry from which each paper is read on. */
  readonly #position: Uint32Array
  /** The paper below each in its pile, or `none`. */
  readonly #below: Int32Array

  constructor(groups: BallotGroups, rules: IrregularRankings) {
    this.#groups = groups
    this.#rules = rules
    this.#position = groups.starts.slice(0, groups.count)
    this.#below = new Int32Array(groups.count).fill(none)
  }

  /** All papers that are not blank. */
  all(): Pile {
    const pile = emptyPile()
    for (let paper = 0; paper < this.#groups.count; paper++) {
      if (this.#groups.starts[paper] !== this.#groups.starts[paper + 1]) this.#put(pile, paper)
    }
    return pile
  }

  /**
   * Sorts the papers of a pile by their next preference among the continuing options. The pile is used up.
   * @param continuing 1 for each option that is, by position
   */
  sort(pile: Pile, continuing: Uint8Array): SortedPile {
    const piles = new Map<OptionIndex, Pile>()
    const exhausted = emptyPile()
    for (let paper = pile.first; paper !== none; ) {
      const below = this.#below[paper]!
      const option = this.#next(paper, continuing)
      let to = exhausted
      if (option !== none) {
        const sorted = piles.get(option)
        to = sorted ?? emptyPile()
        if (!sorted) piles.set(option, to)
      }
      this.#put(to, paper)
      paper = below
    }
    return { piles, exhausted }
  }

  /** Puts one pile under another, which takes it over. */
  join(pile: Pile, lower: Pile): void {
    if (lower.first === none) return
    if (pile.last === none) pile.first = lower.first
    else this.#below[pile.last] = lower.first
    pile.last = lower.last
    pile.weight += lower.weight
  }

  /** Whether a paper lies in a pile; looks at each that does. */
  holds(pile: Pile, paper: number): boolean {
    let looked = pile.first
    while (looked !== none && looked !== paper) looked = this.#below[looked]!
    return looked === paper
  }

  #put(pile: Pile, paper: number): void {
    this.#below[paper] = none
    if (pile.last === none) pile.first = paper
    else this.#below[pile.last] = paper
    pile.last = paper
    pile.weight += this.#groups.weights[paper]!
  }

  /** Reads a paper on to its next preference, or to its end. */
  #next(paper: number, continuing: Uint8Array): OptionIndex {
    const { entries, starts } = this.#groups
    const { overvotes, skippedRanks, repeatedOptions } = this.#rules
    const end = starts[paper + 1]!
    let found = none
    let rank = this.#position[paper]!
    while (rank < end) {
      const entry = entries[rank]!
      let next = rank + 1
      if (entry === skippedRank) {
        if (skippedRanks === 'exhaust' || (skippedRanks === 'skip one' && entries[rank - 1] === skippedRank))
          break
      } else {
        while (next < end && entries[next]! >= sharesRank) next++
        if (repeatedOptions === 'exhaust' && this.#repeats(starts[paper]!, rank, next)) break
        if (next === rank + 1) found = continuing[entry] ? entry : none
        else {
          if (overvotes === 'exhaust') break
          const several = overvotes === 'skip' ? none : this.#continuingOf(rank, next, continuing)
          if (several === severalOptions) break
          found = several
        }
        // The rank is left for the next reading, which passes over it when its option no longer continues.
        if (found !== none) break
      }
      rank = next
    }
    this.#position[paper] = found === none ? end : rank
    return found
  }

  /** The one option of a rank that continues; `none`, or `severalOptions`. */
  #continuingOf(from: number, to: number, continuing: Uint8Array): number {
    let found = none
    for (let entry = from; entry < to; entry++) {
      const option = this.#groups.entries[entry]! & ~sharesRank
      if (!continuing[option]) continue
      if (found !== none) return severalOptions
      found = option
    }
    return found
  }

  /** Whether an option between `rank` and `next` was already ranked since `start`. */
  #repeats(start: number, rank: number, next: number): boolean {
    const { entries } = this.#groups
    for (let entry = rank; entry < next; entry++) {
      const option = entries[entry]! & ~sharesRank
      for (let earlier = start; earlier < rank; earlier++) {
        if (entries[earlier] !== skippedRank && (entries[earlier]! & ~sharesRank) === option) return true
      }
    }
    return false
  }
}

const severalOptions = -2

export function emptyPile(): Pile {
  return { first: none, last: none, weight: 0 }
}
