import type { BallotGroups } from '../ballot-groups.ts'
import { type Decimal, formatDecimal } from '../decimal.ts'
import { leastCommonMultiple } from '../exact-fraction.ts'
import type { OptionIndex } from '../option-index.ts'
import { TabulationRefusal } from '../refusals.ts'
import { countPlaces, type SharedPlaces } from './places.ts'

interface PointRules {
  readonly points: 'to zero' | 'to one' | 'dowdall'
  readonly unranked: 'shared points' | 'nothing' | 'shorter scale'
  readonly sharedRanks: 'shared points' | 'first place' | 'last place'
}

/** Exact points by option, in a unit that is the same for all. */
interface Points {
  readonly units: readonly bigint[]
  /** Exact, but thirds and the like are cut after six places. */
  readonly format: (units: bigint) => Decimal
}

/** Each option on each place is a number to keep. */
const mostOptions = 1000

/** How many places are shown of what doesn't end. */
const placesShown = 6

/** The points that ballots give to options. @throws TabulationRefusal `too-large` */
export function bordaPoints(groups: BallotGroups, among: readonly OptionIndex[], rules: PointRules): Points {
  if (groups.optionCount > mostOptions) {
    throw new TabulationRefusal('too-large', `Points are given to at most ${mostOptions} options.`, {
      options: groups.optionCount,
      most: mostOptions,
    })
  }
  const scale = rules.unranked === 'shorter scale' ? 'to the last' : 'from the first'
  const places = countPlaces(groups, among, scale)
  const { values, unit } = placeValues(places.placeCount, rules.points)
  const units = Array.from({ length: groups.optionCount }, () => 0n)
  const give = (option: OptionIndex, weight: number, points: bigint) => {
    if (weight > 0) units[option]! += BigInt(weight) * points
  }
  const share = ({ first, end }: SharedPlaces) =>
    values.slice(first, end).reduce((sum, value) => sum + value, 0n) / BigInt(end - first)

  for (const option of among) {
    for (const [place, value] of values.entries()) {
      give(option, places.alone[option * places.placeCount + place]!, value)
    }
    for (const shared of places.shared) {
      const points = {
        'shared points': share(shared),
        'first place': values[shared.first]!,
        'last place': values[shared.end - 1]!,
      }
      give(option, shared.weights[option]!, points[rules.sharedRanks])
    }
    if (rules.unranked !== 'shared points') continue
    for (const left of places.unranked) give(option, left.weights[option]!, share(left))
  }
  return { units, format: (points) => cutDecimal(points, unit, groups.weightPlaces) }
}

/**
 * What each place is worth, as a multiple of 1/`unit`. The unit is such that any share of any places is a
 * multiple too: a share of consecutive whole numbers is a half at most; a share of 1, 1/2, …, 1/n is a
 * multiple of 1 over the square of what 1 to n all divide.
 */
function placeValues(count: number, points: PointRules['points']): { values: bigint[]; unit: bigint } {
  const places = Array.from({ length: count }, (_, place) => place)
  if (points !== 'dowdall') {
    const last = points === 'to zero' ? 0 : 1
    return { values: places.map((place) => 2n * BigInt(count - 1 - place + last)), unit: 2n }
  }
  const multiple = places.reduce((all, place) => leastCommonMultiple(all, BigInt(place + 1)), 1n)
  const unit = multiple * multiple
  return { values: places.map((place) => unit / BigInt(place + 1)), unit }
}

function cutDecimal(points: bigint, unit: bigint, weightPlaces: number): Decimal {
  return formatDecimal((points * 10n ** BigInt(placesShown)) / unit, placesShown + weightPlaces)
}
