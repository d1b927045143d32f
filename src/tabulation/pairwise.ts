import { type BallotGroups, sharesRank, skippedRank } from './ballot-groups.ts'
import type { OptionIndex } from './option-index.ts'
import { TabulationRefusal } from './refusals.ts'

/** What an option that a ballot doesn't rank is: below all that it ranks, or not compared with any. */
export type UnrankedOptions = 'last' | 'not compared'

/**
 * `votes[a][b]`: weight of the ballots that rank a above b, in units of the groups. Exact: each is a sum of
 * weights, which stays below 2^53. Withdrawn options have no votes, for or against.
 */
export type PairwiseVotes = readonly Float64Array[]

/** Comparing each option with each other takes room and time that grow with their square, and cube. */
const mostCompared = 1000

/**
 * Compares every two options. An option counts where a ballot ranks it first; a later rank for it is passed over.
 * @throws TabulationRefusal `too-large` for more than `mostCompared` options
 */
export function comparePairs(
  groups: BallotGroups,
  standing: readonly OptionIndex[],
  unranked: UnrankedOptions,
): PairwiseVotes {
  const size = groups.optionCount
  if (size > mostCompared) {
    throw new TabulationRefusal('too-large', `At most ${mostCompared} options can be compared in pairs.`, {
      options: size,
      most: mostCompared,
    })
  }
  const { above, equal, ranked } = rankedPairs(groups)
  const votes = Array.from({ length: size }, () => new Float64Array(size))
  for (const a of standing) {
    const row = votes[a]!
    for (const b of standing) {
      if (a === b) continue
      // Whoever ranks a without ranking b at least as high ranks a above b.
      row[b] =
        unranked === 'last' ? ranked[a]! - above[a * size + b]! - equal[a * size + b]! : above[b * size + a]!
    }
  }
  return votes
}

/**
 * What ballots say of the options that they rank, in one pass over them: for a ballot of length n n²/2 steps,
 * however many options it leaves out.
 */
function rankedPairs(groups: BallotGroups): {
  /** At `loser * optionCount + winner`: rank both, the winner above. */
  readonly above: Float64Array
  /** At `a * optionCount + b`: rank both equal. */
  readonly equal: Float64Array
  /** Rank it at all. */
  readonly ranked: Float64Array
} {
  const { optionCount: size, starts, entries, weights } = groups
  const above = new Float64Array(size * size)
  const equal = new Float64Array(size * size)
  const ranked = new Float64Array(size)
  /** The options of the present ballot so far, in the order of their ranks. */
  const listed = new Uint16Array(size)
  /** The last ballot, from 1, that ranked each option. */
  const seen = new Uint32Array(size)
  for (let group = 0; group < groups.count; group++) {
    const weight = weights[group]!
    const end = starts[group + 1]!
    let length = 0
    let rankStart = 0
    for (let position = starts[group]!; position < end; position++) {
      const entry = entries[position]!
      if (entry < sharesRank) rankStart = length
      if (entry === skippedRank) continue
      const option = entry & ~sharesRank
      if (seen[option] === group + 1) continue
      seen[option] = group + 1
      ranked[option]! += weight
      const row = option * size
      for (let higher = 0; higher < rankStart; higher++) above[row + listed[higher]!]! += weight
      for (let other = rankStart; other < length; other++) {
        equal[row + listed[other]!]! += weight
        equal[listed[other]! * size + option]! += weight
      }
      listed[length++] = option
    }
  }
  return { above, equal, ranked }
}
