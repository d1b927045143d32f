import type { OptionIndex } from '../option-index.ts'
import type { PairwiseVotes } from '../pairwise.ts'

/**
 * Twice the Borda points of options among these, by position, in units of the ballots: a ballot gives an
 * option a point for each that it has below, and half a point for each that it doesn't tell from it.
 * @param weight of all ballots, in the same units
 */
export function doubledBordaPoints(
  votes: PairwiseVotes,
  among: readonly OptionIndex[],
  weight: number,
): bigint[] {
  const points = votes.map(() => 0n)
  for (const option of among) {
    let sum = 0n
    for (const other of among) {
      // Each term is below 2^54 in size, and exact: those who prefer either are no more than all.
      if (other !== option) sum += BigInt(weight + (votes[option]![other]! - votes[other]![option]!))
    }
    points[option] = sum
  }
  return points
}
