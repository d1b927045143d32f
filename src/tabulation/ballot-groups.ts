import type { OptionIndex } from './option-index.ts'

/**
 * Set on an entry that shares the rank of the entry before it. What remains without it is the option.
 */
export const sharesRank = 0x8000

/** The entry of a rank that the voter left empty, though later ones are used. */
export const skippedRank = 0x7fff

/** Options are numbered below `skippedRank`. */
export const maxOptions = skippedRank

/** The highest score or grade that a ballot can give; the lowest is 0. */
export const maxScore = 0xffff

/** The most decimal places of a ballot's weight. */
export const maxWeightPlaces = 6

/**
 * Distinct ballots, each with the weight of all that are alike, in packed arrays: a million ballots are not
 * a million objects. Group `g` has the entries from `starts[g]` up to `starts[g + 1]`; without entries it is
 * blank.
 *
 * In `rankings` the entries run from the first rank down: an option, an option with `sharesRank`, or
 * `skippedRank`; options of one rank ascend. In `selections` they are options in ascending order. In `scores`
 * they alternate: an option, then its score (or grade, from 0, the worst); the options ascend, and those
 * that the voter left without a score are not there.
 */
export interface BallotGroups {
  readonly kind: BallotKind
  readonly optionCount: number
  /** How many distinct ballots. */
  readonly count: number
  readonly starts: Uint32Array
  readonly entries: Uint16Array
  /** In units of 10^-`weightPlaces`; whole numbers that add up to less than 2^53, so sums of them are exact. */
  readonly weights: Float64Array
  readonly weightPlaces: number
  /** Weight of the ballots that were set aside as invalid, in the same unit. */
  readonly invalid: number
  /**
   * The group of each ballot in the order in which they came, a ballot of weight n n times; only where it
   * was asked for.
   */
  readonly sequence?: Uint32Array
}

/** What the ballots of a set say. */
export type BallotKind = 'rankings' | 'selections' | 'scores'

/** Whether any of the entries from `start` to before `end` shares a rank with another. */
export function sharesAnyRank(entries: Uint16Array, start: number, end: number): boolean {
  for (let position = start; position < end; position++) if (entries[position]! >= sharesRank) return true
  return false
}

/** Packs ranks, best first; an empty list is a skipped rank. */
export function packRanking(ranks: readonly (readonly OptionIndex[])[]): number[] {
  return ranks.flatMap((rank) =>
    rank.length === 0
      ? [skippedRank]
      : rank.map((option, position) => (position === 0 ? option : option | sharesRank)),
  )
}

/** The ranks of a group, best first; an empty list is a skipped rank. */
export function unpackRanking(groups: BallotGroups, group: number): OptionIndex[][] {
  const ranks: OptionIndex[][] = []
  for (const entry of groups.entries.subarray(groups.starts[group], groups.starts[group + 1])) {
    if (entry === skippedRank) ranks.push([])
    else if (entry & sharesRank) ranks.at(-1)!.push(entry & ~sharesRank)
    else ranks.push([entry])
  }
  return ranks
}
