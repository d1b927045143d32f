import { type BallotGroups, sharesRank, skippedRank } from './ballot-groups.ts'
import { type IrregularRankings, skippableRanks } from './irregular-rankings.ts'
import type { OptionIndex } from './option-index.ts'
import type { Round } from './tabulation.ts'

/** Why a paper counts for nobody any more. */
export const exhaustionReasons = ['overvotes', 'skippedRanks', 'repeatedOptions', 'noChoiceLeft'] as const
type ExhaustionReason = (typeof exhaustionReasons)[number]

/** Weights by the reason why their papers are exhausted. */
export type ExhaustedWeights = Record<ExhaustionReason, number>

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
  readonly why: Readonly<ExhaustedWeights>
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
  /** Where `sort` puts papers, by option; last the exhausted. */
  readonly #sorted: {
    readonly first: Int32Array
    readonly last: Int32Array
    readonly weight: Float64Array
  }
  /** As many empty ranks in a row are passed over. */
  readonly #skippable: number
  /** How many options continued when the papers were first sorted. */
  #standing = 0
  readonly #trace: number
  #traced = none
  /** Why the paper that was read last came to its end. */
  #reason: ExhaustionReason = 'noChoiceLeft'

  /** @param trace the number of a group, to be asked about by `whereabouts` */
  constructor(groups: BallotGroups, rules: IrregularRankings, trace: number = none) {
    this.#groups = groups
    this.#rules = rules
    this.#position = groups.starts.slice(0, groups.count)
    this.#below = new Int32Array(groups.count).fill(none)
    const slots = groups.optionCount + 1
    this.#sorted = {
      first: new Int32Array(slots),
      last: new Int32Array(slots),
      weight: new Float64Array(slots),
    }
    this.#skippable = skippableRanks(rules.skippedRanks)
    this.#trace = trace
  }

  /** Where a traced paper of weight 1 was sorted last, nothing when it is exhausted; if one is traced. */
  whereabouts(): Pick<Round, 'traced'> {
    if (this.#trace === none) return {}
    return { traced: this.#traced === none ? [] : [{ option: this.#traced, votes: '1' }] }
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
    this.#standing ||= continuing.reduce((count, continues) => count + continues, 0)
    const { entries, starts, weights, optionCount } = this.#groups
    const below = this.#below
    const position = this.#position
    const { first, last, weight } = this.#sorted
    first.fill(none)
    last.fill(none)
    weight.fill(0)
    const why: ExhaustedWeights = { overvotes: 0, skippedRanks: 0, repeatedOptions: 0, noChoiceLeft: 0 }
    // Ranks of one option are read here, which is most of what a count does; all others by the rules.
    const readsOn = this.#rules.repeatedOptions === 'skip'
    for (let paper = pile.first; paper !== none; ) {
      const lower = below[paper]!
      const end = starts[paper + 1]!
      let rank = position[paper]!
      let option = none
      while (readsOn && rank < end) {
        const entry = entries[rank]!
        // The entry after the last is the first of the next ballot, which shares no rank.
        if (entry === skippedRank || entries[rank + 1]! >= sharesRank) break
        if (continuing[entry]) {
          option = entry
          break
        }
        rank++
      }
      position[paper] = rank
      if (option === none) {
        option = this.#next(paper, continuing)
        if (option === none) why[this.#reason] += weights[paper]!
      }
      if (paper === this.#trace) this.#traced = option
      const slot = option === none ? optionCount : option
      below[paper] = none
      if (last[slot] === none) first[slot] = paper
      else below[last[slot]!] = paper
      last[slot] = paper
      weight[slot]! += weights[paper]!
      paper = lower
    }
    const pileAt = (slot: number): Pile => ({ first: first[slot]!, last: last[slot]!, weight: weight[slot]! })
    const piles = new Map<OptionIndex, Pile>()
    for (let option = 0; option < optionCount; option++) {
      if (first[option] !== none) piles.set(option, pileAt(option))
    }
    return { piles, exhausted: pileAt(optionCount), why }
  }

  /** Puts one pile under another, which takes it over. */
  join(pile: Pile, lower: Pile): void {
    if (lower.first === none) return
    if (pile.last === none) pile.first = lower.first
    else this.#below[pile.last] = lower.first
    pile.last = lower.last
    pile.weight += lower.weight
  }

  /** The papers of a pile, by the numbers of their groups. */
  *papersIn(pile: Pile): Generator<number> {
    for (let paper = pile.first; paper !== none; paper = this.#below[paper]!) yield paper
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

  /** Reads a paper on to its next preference, or to its end, and then says why. */
  #next(paper: number, continuing: Uint8Array): OptionIndex {
    const { entries, starts } = this.#groups
    const { overvotes, repeatedOptions } = this.#rules
    const end = starts[paper + 1]!
    this.#reason = 'noChoiceLeft'
    let found = none
    let rank = this.#position[paper]!
    while (rank < end) {
      const entry = entries[rank]!
      let next = rank + 1
      if (entry === skippedRank) {
        // No ballot ends with an empty rank, so there is something after these.
        while (entries[next] === skippedRank) next++
        if (next - rank > this.#skippable) {
          this.#reason = 'skippedRanks'
          break
        }
      } else {
        while (next < end && entries[next]! >= sharesRank) next++
        if (repeatedOptions === 'exhaust' && this.#repeats(starts[paper]!, rank, next)) {
          this.#reason = 'repeatedOptions'
          break
        }
        if (next === rank + 1) found = continuing[entry] ? entry : none
        else {
          const several = overvotes === 'exhaust if several continuing'
          const among = several ? this.#continuingOf(rank, next, continuing) : severalOptions
          if (overvotes !== 'skip' && among === severalOptions) {
            this.#reason = 'overvotes'
            break
          }
          found = several ? among : none
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
    for (let entry = rank; entry < next; entry++) {
      if (this.#ranks(this.#groups.entries[entry]! & ~sharesRank, start, rank)) return true
    }
    return false
  }

  /**
   * Whether an option is ranked between two entries. A rank that holds all options does not count: it is how
   * readers hand over an overvote of which the file doesn't say the options.
   */
  #ranks(option: OptionIndex, from: number, to: number): boolean {
    const { entries } = this.#groups
    for (let rank = from; rank < to; ) {
      let next = rank + 1
      while (next < to && entries[next]! >= sharesRank) next++
      if (next === rank + 1 || next - rank < this.#standing) {
        for (let entry = rank; entry < next; entry++) {
          if (entries[entry] !== skippedRank && (entries[entry]! & ~sharesRank) === option) return true
        }
      }
      rank = next
    }
    return false
  }
}

const severalOptions = -2

export function emptyPile(): Pile {
  return { first: none, last: none, weight: 0 }
}
