/** The highest rank that a number can give. */
const lowestRank = 10_000

/**
 * Ranks from a number for each option, 1 the best; equal numbers share a rank, and numbers that nobody has
 * are ranks left empty.
 * @param numbers an option and its rank, `undefined` where it has none
 * @returns `undefined` if a number is no rank
 */
export function ranksOfNumbers(
  numbers: Iterable<readonly [option: number, rank: number | undefined]>,
): number[][] | undefined {
  const ranks: number[][] = []
  for (const [option, rank] of numbers) {
    if (rank === undefined) continue
    if (!(rank >= 1 && rank <= lowestRank && Number.isInteger(rank))) return undefined
    while (ranks.length < rank) ranks.push([])
    ranks[rank - 1]!.push(option)
  }
  return ranks
}
