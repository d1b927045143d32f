import { type BallotGroups, sharesAnyRank } from './ballot-groups.ts'
import { formatDecimal } from './decimal.ts'
import type { Statistics } from './tabulation.ts'

/**
 * The statistics of a count of rankings.
 * @param uncountable weight of the ballots that are not blank but have no preference that counts
 * @param exhausted votes in units of 10^-`places` of a unit of weight
 */
export function rankedStatistics(
  groups: BallotGroups,
  count: {
    readonly uncountable: number
    readonly exhausted: bigint
    readonly places: number
    readonly sharedRanks: 'overvotes' | 'allowed'
  },
): Statistics {
  let all = 0
  let blank = 0
  let shared = 0
  const { starts, entries, weights } = groups
  for (let group = 0; group < groups.count; group++) {
    const weight = weights[group]!
    const start = starts[group]!
    const end = starts[group + 1]!
    all += weight
    if (start === end) blank += weight
    if (sharesAnyRank(entries, start, end)) shared += weight
  }
  const decimal = (units: number) => formatDecimal(units, groups.weightPlaces)
  return {
    valid: decimal(all - blank - count.uncountable),
    blank: decimal(blank),
    invalid: decimal(groups.invalid + count.uncountable),
    exhausted: formatDecimal(count.exhausted, groups.weightPlaces + count.places),
    overvotes: decimal(count.sharedRanks === 'overvotes' ? shared : 0),
  }
}

/** Weight of the ballots that rank anything, in units of the groups. */
export function countedWeight({ starts, weights, count }: BallotGroups): number {
  let sum = 0
  for (let group = 0; group < count; group++) if (starts[group] !== starts[group + 1]) sum += weights[group]!
  return sum
}
