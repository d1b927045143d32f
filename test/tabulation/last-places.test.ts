import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { rankingGroups } from '../../src/tabulation/ballot-grouping.ts'
import { packRanking } from '../../src/tabulation/ballot-groups.ts'
import { LastPlaces } from '../../src/tabulation/runoffs/last-places.ts'
import { Fraction, zeroFraction } from '../support/fraction.ts'
import { propertyRuns } from '../support/property-runs.ts'

fc.configureGlobal({ numRuns: propertyRuns })

/** Options from 0, whose ballots may skip ranks, share them, and rank options again. */
const optionCount = 5

const rank = fc.oneof(
  { weight: 6, arbitrary: fc.nat(optionCount - 1).map((option) => [option]) },
  { weight: 2, arbitrary: fc.shuffledSubarray([...Array(optionCount).keys()], { minLength: 2 }) },
  { weight: 1, arbitrary: fc.constant([]) },
)

const ballot = fc.record({
  ranks: fc
    .array(rank, { maxLength: 7 })
    .map((ranks) => ranks.slice(0, ranks.findLastIndex((options) => options.length > 0) + 1)),
  weight: fc.integer({ min: 1, max: 9 }),
})

interface Ballot {
  readonly ranks: readonly (readonly number[])[]
  readonly weight: number
}

/** As the rules say it: the options that a ballot doesn't rank, or else those of the lowest rank by first mention. */
function lastOf(ranks: readonly (readonly number[])[], left: readonly number[]): readonly number[] {
  const unranked = left.filter((option) => !ranks.flat().includes(option))
  if (unranked.length > 0) return unranked
  const rankOf = (option: number) => ranks.findIndex((options) => options.includes(option))
  const lowest = Math.max(...left.map(rankOf))
  return left.filter((option) => rankOf(option) === lowest)
}

function countAnew(ballots: readonly Ballot[], left: readonly number[]): Fraction[] {
  const places = Array.from({ length: optionCount }, () => zeroFraction)
  for (const { ranks, weight } of ballots) {
    if (ranks.length === 0) continue
    const last = lastOf(ranks, left)
    for (const option of last) {
      places[option] = places[option]!.plus(new Fraction(BigInt(weight), BigInt(last.length)))
    }
  }
  return places
}

test('whichever options go, the last places are those of a count from the beginning', () => {
  fc.assert(
    fc.property(
      fc.array(ballot, { maxLength: 12 }),
      fc.shuffledSubarray([...Array(optionCount).keys()], { minLength: optionCount - 1 }),
      fc.integer({ min: 1, max: 2 }),
      (ballots, order, together) => {
        const grouping = rankingGroups(optionCount)
        for (const { ranks, weight } of ballots) grouping.add(packRanking(ranks), String(weight))
        const lastPlaces = new LastPlaces(grouping.finish(), order)
        for (let left = order; left.length > 0; left = left.slice(together)) {
          const { places, unit } = lastPlaces.count(left)
          for (const [option, expected] of countAnew(ballots, left).entries()) {
            expect(new Fraction(places[option]!, unit).compare(expected)).toBe(0)
          }
        }
      },
    ),
  )
})
