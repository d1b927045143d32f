import { type BallotGroups, unpackRanking } from '../ballot-groups.ts'
import { type IrregularRankings, skippableRanks } from '../irregular-rankings.ts'
import type { OptionIndex } from '../option-index.ts'

/** What a comparison of outcomes makes of irregular rankings: the same in every comparison. */
export interface StrictReading extends Omit<IrregularRankings, 'overvotes'> {
  readonly overvotes: 'exhaust' | 'skip'
}

/**
 * The ballots as plain orders of options, group by group: as far as the rules read them, without shared, empty
 * and repeated ranks. A ballot of which nothing is read becomes blank.
 * @param standing how many options were not withdrawn
 */
export function strictOrders(groups: BallotGroups, rules: StrictReading, standing: number): BallotGroups {
  const starts = new Uint32Array(groups.count + 1)
  // A ballot never grows.
  const entries = new Uint16Array(groups.entries.length)
  let length = 0
  for (let group = 0; group < groups.count; group++) {
    for (const option of strictOrder(unpackRanking(groups, group), rules, standing))
      entries[length++] = option
    starts[group + 1] = length
  }
  return { ...groups, starts, entries: entries.slice(0, length) }
}

function strictOrder(
  ranks: readonly (readonly OptionIndex[])[],
  { overvotes, skippedRanks, repeatedOptions }: StrictReading,
  standing: number,
): Set<OptionIndex> {
  const order = new Set<OptionIndex>()
  const ranked = new Set<OptionIndex>()
  let skipped = 0
  for (const rank of ranks) {
    skipped = rank.length === 0 ? skipped + 1 : 0
    if (skipped > skippableRanks(skippedRanks)) break
    if (repeatedOptions === 'exhaust' && rank.some((option) => ranked.has(option))) break
    if (rank.length === 1) order.add(rank[0]!)
    else if (rank.length > 1 && overvotes === 'exhaust') break
    // A rank that holds all options is how readers hand over an overvote of which the file doesn't say the options.
    if (rank.length === 1 || rank.length < standing) for (const option of rank) ranked.add(option)
  }
  return order
}
