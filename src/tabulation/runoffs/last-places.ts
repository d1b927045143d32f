import { type BallotGroups, sharesRank, skippedRank } from '../ballot-groups.ts'
import { leastCommonMultiple } from '../fractions.ts'

/** Exact last places by option, `unit` of them for a ballot of weight 1. */
interface LastPlaces {
  readonly places: readonly bigint[]
  readonly unit: bigint
}

/**
 * Which of the continuing options ballots have last. Options that a ballot doesn't rank share its last place;
 * otherwise those of its lowest rank do. Blank ballots have none.
 * @param continuing 1 for each option that is, by position
 */
export function countLastPlaces(groups: BallotGroups, continuing: Uint8Array): LastPlaces {
  const { optionCount, starts, entries, weights } = groups
  const left = continuing.reduce((sum, flag) => sum + flag, 0)
  /** By how many share the last place: the ballots of which the unranked do, and those of them that rank each. */
  const unranking = new Float64Array(left + 1)
  const ranking: Float64Array[] = []
  const lowest: Float64Array[] = []
  const listed = new Uint16Array(optionCount)
  const seen = new Uint32Array(optionCount)
  for (let group = 0; group < groups.count; group++) {
    const weight = weights[group]!
    let length = 0
    let rankStart = 0
    let isNewRank = false
    for (let position = starts[group]!; position < starts[group + 1]!; position++) {
      const entry = entries[position]!
      const option = entry & ~sharesRank
      isNewRank ||= entry < sharesRank
      if (entry === skippedRank || !continuing[option] || seen[option] === group + 1) continue
      if (isNewRank) rankStart = length
      isNewRank = false
      seen[option] = group + 1
      listed[length++] = option
    }
    if (starts[group] === starts[group + 1]) continue
    const sharing = left - length
    const table = sharing > 0 ? ranking : lowest
    const size = sharing > 0 ? sharing : length - rankStart
    table[size] ??= new Float64Array(optionCount)
    if (sharing > 0) unranking[size]! += weight
    for (let place = sharing > 0 ? 0 : rankStart; place < length; place++) {
      table[size]![listed[place]!]! += weight
    }
  }

  let unit = 1n
  for (let size = 2; size <= left; size++) {
    if (unranking[size]! > 0 || lowest[size]) unit = leastCommonMultiple(unit, BigInt(size))
  }
  const places = Array.from({ length: optionCount }, (_, option) => {
    if (!continuing[option]) return 0n
    let sum = 0n
    for (let size = 1; size <= left; size++) {
      const part = unit / BigInt(size)
      if (unranking[size]! > 0) {
        sum += BigInt(unranking[size]! - (ranking[size]?.[option] ?? 0)) * part
      }
      if (lowest[size]) sum += BigInt(lowest[size]![option]!) * part
    }
    return sum
  })
  return { places, unit }
}
