import * as z from 'zod'
import { type BallotGroups, sharesRank, skippedRank } from '../ballot-groups.ts'
import { leastCommonMultiple } from '../exact-fraction.ts'
import type { OptionIndex } from '../option-index.ts'
import type { RoundVotes } from '../tie-breaking.ts'

/** What a count with a runoff among a few options makes of irregular rankings. */
export const sharedPreferenceRules = {
  /**
   * When several options share the next rank: the ballot is exhausted, the rank is passed over, the ballot is
   * exhausted only if several of them continue, or those that continue have equal parts of the vote.
   */
  overvotes: z.enum(['exhaust', 'skip', 'exhaust if several continuing', 'split equally']),
  /** When the next rank was left empty: the ballot is exhausted, or the rank is passed over. */
  skippedRanks: z.enum(['exhaust', 'skip all']),
}

export interface PreferenceReading {
  readonly overvotes: z.output<typeof sharedPreferenceRules.overvotes>
  readonly skippedRanks: z.output<typeof sharedPreferenceRules.skippedRanks>
  /** How many ranks of a ballot are looked at. */
  readonly mostRanks: number
}

/** A transfer to some options, in the unit of the votes. */
export interface SharedTransfer {
  readonly from: OptionIndex
  readonly to: readonly { readonly option: OptionIndex; readonly votes: bigint }[]
  readonly exhausted: bigint
}

/**
 * The highest preferences on ballots, of which a shared rank can have several. Votes are counted in the
 * smallest unit in which all parts are whole: a ballot of weight 1 is `unit` of them.
 */
export class SharedPreferences {
  readonly #groups: BallotGroups
  readonly #reading: PreferenceReading
  /** 1 for each size of a shared rank that occurs. */
  readonly unit: bigint

  constructor(groups: BallotGroups, reading: PreferenceReading) {
    this.#groups = groups
    this.#reading = reading
    // A part of a part moves when a rank is left for another, hence the square.
    this.unit = reading.overvotes === 'split equally' ? commonRankSize(groups) ** 2n : 1n
  }

  /**
   * @param continuing 1 for each option that is, by position
   * @param earlier those of the count before: ballots that were exhausted then remain so
   */
  count(
    continuing: Uint8Array,
    earlier?: Uint8Array,
  ): { readonly votes: RoundVotes; readonly exhausted: bigint } {
    const { count, weights, optionCount } = this.#groups
    const bySize: Float64Array[] = []
    const top = new Uint16Array(optionCount)
    let exhausted = 0
    for (let group = 0; group < count; group++) {
      const isOut = earlier !== undefined && this.#read(group, earlier, top) === 0
      const size = isOut ? 0 : this.#read(group, continuing, top)
      if (size === 0) {
        if (this.#isNotBlank(group)) exhausted += weights[group]!
        continue
      }
      bySize[size] ??= new Float64Array(optionCount)
      for (let place = 0; place < size; place++) bySize[size]![top[place]!]! += weights[group]!
    }
    const votes = Array.from({ length: optionCount }, (_, option) =>
      bySize.reduce((sum, parts, size) => sum + (BigInt(parts[option]!) * this.unit) / BigInt(size), 0n),
    )
    return { votes, exhausted: BigInt(exhausted) * this.unit }
  }

  /** What moves when of those that continued `before` only some do `after`. */
  transfers(before: Uint8Array, after: Uint8Array): SharedTransfer[] {
    const { count, weights, optionCount } = this.#groups
    const [top, next] = [new Uint16Array(optionCount), new Uint16Array(optionCount)]
    const kept = [...after.keys()].filter((option) => after[option])
    const column = new Map(kept.map((option, place) => [option, place]))
    const columns = kept.length + 1
    /** By the number of parts, as `from * columns + to`; the last column is of the exhausted. */
    const byParts: Float64Array[] = []
    for (let group = 0; group < count; group++) {
      const size = this.#read(group, before, top)
      const nextSize = this.#read(group, after, next)
      for (let place = 0; place < size; place++) {
        const from = top[place]!
        if (after[from]) continue
        byParts[size * Math.max(nextSize, 1)] ??= new Float64Array(optionCount * columns)
        const parts = byParts[size * Math.max(nextSize, 1)]!
        if (nextSize === 0) parts[from * columns + kept.length]! += weights[group]!
        for (let to = 0; to < nextSize; to++) {
          parts[from * columns + column.get(next[to]!)!]! += weights[group]!
        }
      }
    }
    const sum = (cell: number) =>
      byParts.reduce((total, parts, size) => total + (BigInt(parts[cell]!) * this.unit) / BigInt(size), 0n)
    return [...before.keys()]
      .filter((option) => before[option] && !after[option])
      .map((from) => ({
        from,
        to: kept
          .map((option, place) => ({ option, votes: sum(from * columns + place) }))
          .filter(({ votes }) => votes > 0n),
        exhausted: sum(from * columns + kept.length),
      }))
  }

  /** The options that a ballot counts for. */
  of(group: number, continuing: Uint8Array, earlier?: Uint8Array): OptionIndex[] {
    const top = new Uint16Array(this.#groups.optionCount)
    if (earlier && this.#read(group, earlier, top) === 0) return []
    return [...top.subarray(0, this.#read(group, continuing, top))]
  }

  #isNotBlank(group: number): boolean {
    return this.#groups.starts[group] !== this.#groups.starts[group + 1]
  }

  /** Writes the continuing options of the highest rank that has any; answers how many count, 0 for none. */
  #read(group: number, continuing: Uint8Array, top: Uint16Array): number {
    const { starts, entries } = this.#groups
    const { overvotes, skippedRanks, mostRanks } = this.#reading
    const end = starts[group + 1]!
    let position = starts[group]!
    for (let rank = 0; rank < mostRanks && position < end; rank++) {
      const first = position
      let size = 0
      do {
        const entry = entries[position]!
        const option = entry & ~sharesRank
        if (entry !== skippedRank && continuing[option]) top[size++] = option
        position++
      } while (position < end && entries[position]! >= sharesRank)
      if (entries[first] === skippedRank && skippedRanks === 'exhaust') return 0
      if (position > first + 1) {
        if (overvotes === 'exhaust') return 0
        if (overvotes === 'skip') continue
        if (overvotes === 'exhaust if several continuing' && size > 1) return 0
      }
      if (size > 0) return size
    }
    return 0
  }
}

function commonRankSize({ entries, starts, count }: BallotGroups): bigint {
  const sizes = new Set<number>()
  for (let group = 0; group < count; group++) {
    let size = 0
    for (let position = starts[group]!; position < starts[group + 1]!; position++) {
      size = entries[position]! >= sharesRank ? size + 1 : 1
      if (size > 1) sizes.add(size)
    }
  }
  return [...sizes].reduce((all, size) => leastCommonMultiple(all, BigInt(size)), 1n)
}
