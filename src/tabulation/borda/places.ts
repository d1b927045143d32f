import { type BallotGroups, sharesRank, skippedRank } from '../ballot-groups.ts'
import type { OptionIndex } from '../option-index.ts'

/** How often, by weight, options have the places from `first` to before `end` between them. */
export interface SharedPlaces {
  readonly first: number
  readonly end: number
  /** By option. */
  readonly weights: Float64Array
}

/**
 * Which places options have on ballots, counted from 0; ranks left empty and options ranked again take none.
 * Weights are in units of the groups; sums of them stay below 2^53.
 */
interface Places {
  /** At `option * placeCount + place`: alone at that place. */
  readonly alone: Float64Array
  readonly placeCount: number
  /** On a rank with others. */
  readonly shared: readonly SharedPlaces[]
  /** Not ranked, on ballots that rank as many as `first`; blank ballots are left out. */
  readonly unranked: readonly SharedPlaces[]
}

/**
 * @param among the options to place, to which alone places are left on a ballot that doesn't rank them
 * @param scale whether the first place of a ballot is the first of all, or its last is the last of all
 */
export function countPlaces(
  groups: BallotGroups,
  among: readonly OptionIndex[],
  scale: 'from the first' | 'to the last',
): Places {
  const { optionCount, starts, entries, weights } = groups
  const placeCount = among.length
  const alone = new Float64Array(optionCount * placeCount)
  const shared = new Map<number, SharedPlaces>()
  /** Weight of the ballots by how many options they rank; and of those of them that rank an option. */
  const byLength = new Float64Array(placeCount + 1)
  const ranking = new Float64Array(optionCount * (placeCount + 1))
  const listed = new Uint16Array(optionCount)
  const rankStarts = new Uint16Array(optionCount + 1)
  const seen = new Uint32Array(optionCount)

  for (let group = 0; group < groups.count; group++) {
    const weight = weights[group]!
    const end = starts[group + 1]!
    let length = 0
    let ranks = 0
    for (let position = starts[group]!; position < end; position++) {
      const entry = entries[position]!
      if (entry < sharesRank) rankStarts[ranks++] = length
      const option = entry & ~sharesRank
      if (entry === skippedRank || seen[option] === group + 1) {
        continue
      }
      seen[option] = group + 1
      listed[length++] = option
    }
    if (length === 0) continue
    rankStarts[ranks] = length
    byLength[length]! += weight
    const offset = scale === 'from the first' ? 0 : placeCount - length
    for (let rank = 0; rank < ranks; rank++) {
      const from = rankStarts[rank]!
      const to = rankStarts[rank + 1]!
      if (to === from + 1) alone[listed[from]! * placeCount + from + offset]! += weight
      else if (to > from + 1) {
        const places = sharedPlaces(shared, from + offset, to + offset, optionCount)
        for (let place = from; place < to; place++) places.weights[listed[place]!]! += weight
      }
    }
    for (let place = 0; place < length; place++) {
      ranking[listed[place]! * (placeCount + 1) + length]! += weight
    }
  }

  const unranked = [...byLength.keys()]
    .filter((length) => length < placeCount && byLength[length]! > 0)
    .map((length) => {
      const weights = new Float64Array(optionCount)
      for (const option of among) {
        weights[option] = byLength[length]! - ranking[option * (placeCount + 1) + length]!
      }
      return { first: length, end: placeCount, weights }
    })
  return { alone, placeCount, shared: [...shared.values()], unranked }
}

function sharedPlaces(
  all: Map<number, SharedPlaces>,
  first: number,
  end: number,
  optionCount: number,
): SharedPlaces {
  const key = first * 0x10000 + end
  const found = all.get(key)
  if (found) return found
  const places = { first, end, weights: new Float64Array(optionCount) }
  all.set(key, places)
  return places
}
