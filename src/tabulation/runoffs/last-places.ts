import { type BallotGroups, sharesRank, skippedRank } from '../ballot-groups.ts'
import { leastCommonMultiple } from '../exact-fraction.ts'
import type { OptionIndex } from '../option-index.ts'
import { LowestRanks } from './lowest-ranks.ts'

/** Exact last places by option, `unit` of them for a ballot of weight 1. */
interface LastPlaceCount {
  readonly places: readonly bigint[]
  readonly unit: bigint
}

/** Among how many options a last place is shared, and by option the weight of the ballots that it so shares. */
interface Share {
  readonly size: number
  readonly of: (option: OptionIndex) => number
}

/** In place of how many options a paper ranks: all that continue, as it then always does; or it is blank. */
const all = 0xffff

/**
 * Which of the continuing options ballots have last, while these become fewer. Options that a ballot doesn't
 * rank share its last place; otherwise those of its lowest rank do. Blank ballots have none.
 *
 * What the unranked options of a paper share depends only on how many it ranks. So an exclusion touches, of the
 * papers that don't rank all, those that rank the excluded option.
 */
export class LastPlaces {
  readonly #groups: BallotGroups
  /** 1 for each option that continues, by position. */
  readonly #continuing: Uint8Array
  #left: number
  /** How many continuing options each paper ranks, or `all`. */
  readonly #ranked: Uint16Array
  /** These options in any order, from the start of the paper's entries. */
  readonly #options: Uint16Array
  /** Weights of the papers that rank so many options but not all; and of those among them that rank each. */
  readonly #weights: Float64Array
  readonly #ranking: Float64Array[] = []
  /** The papers that rank an option, but not all at first: from `starts[option]` up to `starts[option + 1]`. */
  readonly #rankers: { readonly starts: Uint32Array; readonly papers: Uint32Array }
  readonly #lowest: LowestRanks

  /** @param continuing the options among which last places are counted first */
  constructor(groups: BallotGroups, continuing: readonly OptionIndex[]) {
    const { optionCount, count, entries } = groups
    this.#groups = groups
    this.#continuing = new Uint8Array(optionCount)
    for (const option of continuing) this.#continuing[option] = 1
    this.#left = continuing.length
    this.#ranked = new Uint16Array(count).fill(all)
    this.#options = new Uint16Array(entries.length)
    this.#weights = new Float64Array(this.#left)
    this.#lowest = new LowestRanks(groups, this.#continuing)
    this.#readPapers()
    this.#rankers = this.#listRankers()
  }

  /** @param continuing options of which each was also given at the count before */
  count(continuing: readonly OptionIndex[]): LastPlaceCount {
    const isLeft = new Set(continuing)
    for (const [option, continued] of this.#continuing.entries()) {
      if (continued && !isLeft.has(option)) this.#exclude(option)
    }
    const shares = this.#shares()
    const unit = shares.reduce((common, { size }) => leastCommonMultiple(common, BigInt(size)), 1n)
    const places = Array.from({ length: this.#groups.optionCount }, (_, option) => {
      if (!this.#continuing[option]) return 0n
      return shares.reduce((sum, { size, of }) => sum + BigInt(of(option)) * (unit / BigInt(size)), 0n)
    })
    return { places, unit }
  }

  #shares(): Share[] {
    const shares: Share[] = [...this.#lowest.weights].map(([size, weights]) => ({
      size,
      of: (option) => weights[option]!,
    }))
    for (let ranked = 0; ranked < this.#left; ranked++) {
      const weight = this.#weights[ranked]!
      if (weight === 0) continue
      const ranking = this.#rankingOf(ranked)
      shares.push({ size: this.#left - ranked, of: (option) => weight - ranking[option]! })
    }
    return shares
  }

  #readPapers(): void {
    const { optionCount, count, starts, entries, weights } = this.#groups
    const options = this.#options
    const isRead = new Uint8Array(optionCount)
    for (let paper = 0; paper < count; paper++) {
      const start = starts[paper]!
      const end = starts[paper + 1]!
      if (start === end) continue
      let used = start
      for (let position = start; position < end; position++) {
        const entry = entries[position]!
        const option = entry & ~sharesRank
        if (entry === skippedRank || !this.#continuing[option] || isRead[option]) continue
        isRead[option] = 1
        options[used++] = option
      }
      for (let position = start; position < used; position++) isRead[options[position]!] = 0
      if (used - start === this.#left) this.#lowest.put(paper)
      else {
        this.#ranked[paper] = used - start
        this.#weights[used - start]! += weights[paper]!
        const ranking = this.#rankingOf(used - start)
        for (let position = start; position < used; position++)
          ranking[options[position]!]! += weights[paper]!
      }
    }
  }

  #listRankers() {
    const { optionCount, count, starts: paperStarts } = this.#groups
    const starts = new Uint32Array(optionCount + 1)
    const used = (paper: number) => (this.#ranked[paper] === all ? 0 : this.#ranked[paper]!)
    for (let paper = 0; paper < count; paper++) {
      const start = paperStarts[paper]!
      const end = start + used(paper)
      for (let position = start; position < end; position++) starts[this.#options[position]!]!++
    }
    for (let option = 1; option <= optionCount; option++) starts[option]! += starts[option - 1]!
    // Filled from the end, so that the ends become the starts, and the papers of an option ascend.
    const papers = new Uint32Array(starts[optionCount]!)
    for (let paper = count - 1; paper >= 0; paper--) {
      const start = paperStarts[paper]!
      const end = start + used(paper)
      for (let position = start; position < end; position++)
        papers[--starts[this.#options[position]!]!] = paper
    }
    return { starts, papers }
  }

  #exclude(excluded: OptionIndex): void {
    this.#continuing[excluded] = 0
    this.#left--
    const { starts, papers } = this.#rankers
    const { starts: paperStarts, weights } = this.#groups
    const ranked = this.#ranked
    const options = this.#options
    for (let at = starts[excluded]!; at < starts[excluded + 1]!; at++) {
      const paper = papers[at]!
      if (ranked[paper] === all) continue
      const rest = --ranked[paper]!
      const weight = weights[paper]!
      const before = this.#rankingOf(rest + 1)
      const after = this.#rankingOf(rest)
      const start = paperStarts[paper]!
      const last = start + rest
      for (let position = start; position < last; position++) {
        if (options[position] === excluded) options[position] = options[last]!
        const option = options[position]!
        before[option]! -= weight
        after[option]! += weight
      }
      this.#weights[rest + 1]! -= weight
      this.#weights[rest]! += weight
    }
    this.#lowest.exclude(excluded)
    if (this.#weights[this.#left]! > 0) this.#putThoseThatRankAll()
  }

  #rankingOf(ranked: number): Float64Array {
    this.#ranking[ranked] ??= new Float64Array(this.#groups.optionCount)
    return this.#ranking[ranked]
  }

  #putThoseThatRankAll(): void {
    const left = this.#left
    for (let paper = 0; paper < this.#ranked.length; paper++) {
      if (this.#ranked[paper] !== left) continue
      this.#ranked[paper] = all
      this.#lowest.put(paper)
    }
    this.#weights[left] = 0
  }
}
