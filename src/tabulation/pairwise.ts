import { type BallotGroups, sharesRank, skippedRank } from './ballot-groups.ts'
import type { OptionIndex } from './option-index.ts'

/** What an option that a ballot doesn't rank is: below all that it ranks, or not compared with any. */
export type UnrankedOptions = 'last' | 'not compared'

/**
 * `votes[a][b]`: weight of the ballots that rank a above b, in units of the groups. Exact: each is a sum of
 * weights, which stays below 2^53.
 */
export type PairwiseVotes = readonly Float64Array[]

/** An option counts where it is ranked first; a later rank for it is passed over. */
export function comparePairs(
  groups: BallotGroups,
  standing: readonly OptionIndex[],
  unranked: UnrankedOptions,
): PairwiseVotes {
  const votes = Array.from({ length: groups.optionCount }, () => new Float64Array(groups.optionCount))
  /** The rank of each option on the present ballot; 0 is none. */
  const ranks = new Uint16Array(groups.optionCount)
  for (let group = 0; group < groups.count; group++) {
    const weight = groups.weights[group]!
    const ranked = readRanks(groups, group, ranks)
    for (const [position, option] of ranked.entries()) {
      const below = votes[option]!
      for (let lower = position + 1; lower < ranked.length; lower++) {
        if (ranks[ranked[lower]!] !== ranks[option]) below[ranked[lower]!]! += weight
      }
      if (unranked === 'last') {
        for (const other of standing) if (ranks[other] === 0) below[other]! += weight
      }
    }
  }
  return votes
}

/** Fills in the ranks of a ballot's options; answers the options in the order of their ranks. */
function readRanks(groups: BallotGroups, group: number, ranks: Uint16Array): OptionIndex[] {
  ranks.fill(0)
  const ranked: OptionIndex[] = []
  let rank = 0
  for (let position = groups.starts[group]!; position < groups.starts[group + 1]!; position++) {
    const entry = groups.entries[position]!
    if (entry < sharesRank) rank++
    if (entry === skippedRank) continue
    const option = entry & ~sharesRank
    if (ranks[option] !== 0) continue
    ranks[option] = rank
    ranked.push(option)
  }
  return ranked
}
