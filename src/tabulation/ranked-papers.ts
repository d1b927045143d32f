import { type BallotGroups, sharesRank, skippedRank } from './ballot-groups.ts'
import { type IrregularRankings, skippableRanks } from './irregular-rankings.ts'
import type { OptionIndex } from './option-index.ts'
import { addRun, emptyPile, type Pile, Places } from './pile.ts'
import type { Round } from './tabulation.ts'

/** Why a paper counts for nobody any more. */
export const exhaustionReasons = ['overvotes', 'skippedRanks', 'repeatedOptions', 'noChoiceLeft'] as const
type ExhaustionReason = (typeof exhaustionReasons)[number]

/** Weights by the reason why their papers are exhausted. */
export type ExhaustedWeights = Record<ExhaustionReason, number>

/** No paper, and no option. */
const none = -1

/** How many papers of a pile are sorted at a time. */
const handful = 1 << 15

/** How many papers are fetched from memory at a time. */
const fetched = 128

/** Where the papers of a pile go next. */
export interface SortedPile {
  readonly piles: ReadonlyMap<OptionIndex, Pile>
  readonly exhausted: Pile
  readonly why: Readonly<ExhaustedWeights>
}

/**
 * The papers of a ranked count, one for each distinct ballot. Each remembers how far it has been read, and
 * lies in one pile. Sorting a pile touches its papers and no others, and leaves them in the places that the pile
 * had: a linked list would be simpler, but takes three times as long, as each paper would have to wait until the
 * one above has come from memory.
 */
export class RankedPapers {
  readonly #groups: BallotGroups
  readonly #rules: IrregularRankings
  /** The entry from which each paper is read on. */
  readonly #position: Uint32Array
  /** The papers, so that those of a pile lie in few runs. */
  readonly #order: Uint32Array
  readonly #handful: Handful
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
    this.#order = new Uint32Array(groups.count)
    const slots = groups.optionCount + 1
    const most = Math.min(handful, groups.count)
    this.#handful = {
      papers: new Uint32Array(most),
      slots: new Uint16Array(most),
      inOrder: new Uint32Array(most),
      counts: new Uint32Array(slots),
      weights: new Float64Array(slots),
    }
    this.#skippable = skippableRanks(rules.skippedRanks)
    this.#trace = trace
  }

  /** Where a traced paper of weight 1 was sorted last, nothing when it is exhausted; if one is traced. */
  whereabouts(): Pick<Round, 'traced'> {
    if (this.#trace === none) return {}
    return { traced: this.#traced === none ? [] : [{ option: this.#traced, votes: '1' }] }
  }

  /** All papers that are not blank, to be asked for once. */
  all(): Pile {
    const { count, starts, weights } = this.#groups
    let weight = 0
    let end = 0
    for (let paper = 0; paper < count; paper++) {
      if (starts[paper] === starts[paper + 1]) continue
      this.#order[end++] = paper
      weight += weights[paper]!
    }
    return { runs: end === 0 ? [] : [0, end], weight }
  }

  /**
   * Sorts the papers of a pile by their next preference among the continuing options. The pile is used up.
   * @param continuing 1 for each option that is, by position
   */
  sort(pile: Pile, continuing: Uint8Array): SortedPile {
    this.#standing ||= continuing.reduce((count, continues) => count + continues, 0)
    const { optionCount } = this.#groups
    const why: ExhaustedWeights = { overvotes: 0, skippedRanks: 0, repeatedOptions: 0, noChoiceLeft: 0 }
    const sorted: (Pile | undefined)[] = []
    const taken = new Places(pile.runs)
    const freed = new Places(pile.runs)
    for (let count = this.#take(taken); count > 0; count = this.#take(taken)) {
      this.#read(count, continuing, why)
      this.#layDown(count, freed, sorted)
    }
    const piles = new Map<OptionIndex, Pile>()
    for (let option = 0; option < optionCount; option++) {
      const received = sorted[option]
      if (received) piles.set(option, received)
    }
    return { piles, exhausted: sorted[optionCount] ?? emptyPile(), why }
  }

  /** The papers of a pile, by the numbers of their groups. */
  *papersIn(pile: Pile): Generator<number> {
    const places = new Places(pile.runs)
    while (places.advance(Number.POSITIVE_INFINITY)) yield* this.#order.subarray(places.from, places.to)
  }

  /** Whether a paper lies in a pile; looks at each that does. */
  holds(pile: Pile, paper: number): boolean {
    const places = new Places(pile.runs)
    while (places.advance(Number.POSITIVE_INFINITY)) {
      if (this.#order.subarray(places.from, places.to).includes(paper)) return true
    }
    return false
  }

  /** Takes a handful of papers, as many as there are. */
  #take(places: Places): number {
    const { papers } = this.#handful
    let count = 0
    while (count < papers.length && places.advance(papers.length - count)) {
      for (let place = places.from; place < places.to; place++) papers[count++] = this.#order[place]!
    }
    return count
  }

  /** Reads a handful of papers on, and notes the slot of each: its option, or one more for the exhausted. */
  #read(count: number, continuing: Uint8Array, why: ExhaustedWeights): void {
    const { entries, starts, weights: units, optionCount } = this.#groups
    const { papers, slots, counts, weights } = this.#handful
    const position = this.#position
    counts.fill(0)
    weights.fill(0)
    // Ranks of one option are read here, which is most of what a count does; all others by the rules.
    const readsOn = this.#rules.repeatedOptions === 'skip'
    for (let at = 0; at < count; at++) {
      if (at % fetched === 0) this.#fetch(at, Math.min(at + fetched, count))
      const paper = papers[at]!
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
        if (option === none) why[this.#reason] += units[paper]!
      }
      if (paper === this.#trace) this.#traced = option
      const slot = option === none ? optionCount : option
      slots[at] = slot
      counts[slot]!++
      weights[slot]! += units[paper]!
    }
  }

  /**
   * Touches what reading some papers will need. They lie far apart in memory, and waiting for that of all at
   * once takes little longer than for one.
   */
  #fetch(from: number, to: number): void {
    const { entries, starts, weights } = this.#groups
    const last = entries.length - 1
    const { papers, inOrder } = this.#handful
    const position = this.#position
    let touched = 0
    for (let at = from; at < to; at++) {
      const paper = papers[at]!
      // A paper that was read to its end has its last entry fetched, for after the very last there is none.
      touched ^= entries[Math.min(position[paper]!, last)]! ^ starts[paper + 1]! ^ weights[paper]!
    }
    // Kept, for otherwise nothing would need to be read.
    inOrder[0] = touched
  }

  /** Lays a handful of papers down in the places from which they were taken, those of a slot together. */
  #layDown(count: number, places: Places, sorted: (Pile | undefined)[]): void {
    const { papers, slots, counts, weights, inOrder } = this.#handful
    let before = 0
    for (let slot = 0; slot < counts.length; slot++) {
      const size = counts[slot]!
      counts[slot] = before
      before += size
    }
    for (let at = 0; at < count; at++) inOrder[counts[slots[at]!]!++] = papers[at]!
    let from = 0
    for (let slot = 0; slot < counts.length; slot++) {
      const end = counts[slot]!
      if (from === end) continue
      const pile = sorted[slot] ?? emptyPile()
      sorted[slot] = pile
      pile.weight += weights[slot]!
      while (from < end && places.advance(end - from)) {
        addRun(pile.runs, places.from, places.to)
        for (let place = places.from; place < places.to; place++) this.#order[place] = inOrder[from++]!
      }
    }
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

/** Papers on their way from one pile to others. */
interface Handful {
  readonly papers: Uint32Array
  /** Where each of them goes. */
  readonly slots: Uint16Array
  /** The papers by slot. */
  readonly inOrder: Uint32Array
  /** How many go to each slot; then where its papers end in `inOrder`. */
  readonly counts: Uint32Array
  /** Of the papers that go to each slot. */
  readonly weights: Float64Array
}
