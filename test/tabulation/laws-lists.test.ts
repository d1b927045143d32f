import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countListVotes } from '../support/list-elections.ts'
import { propertyRuns } from '../support/property-runs.ts'
import {
  areHighestAverages,
  areLargestRemainders,
  quotas,
  squaredDivisors,
} from '../support/slow-apportionment.ts'

fc.configureGlobal({ numRuns: propertyRuns })

/** Votes of small lists, with many ties, and of lists that no number of a computer holds exactly. */
const votes = fc.oneof(
  fc.array(fc.bigInt({ min: 0n, max: 40n }), { minLength: 1, maxLength: 6 }),
  fc.array(fc.bigInt({ min: 10n ** 30n, max: 10n ** 30n + 1000n }), { minLength: 2, maxLength: 4 }),
)
const elections = fc.record({ votes, seats: fc.integer({ min: 1, max: 30 }) })

function seatsOf(method: string, votes: readonly bigint[], seats: number): readonly number[] {
  const named = Object.fromEntries(votes.map((number, list) => [`List ${list}`, String(number)]))
  return countListVotes(method, named, seats).seatsWon!
}

const isEmpty = (votes: readonly bigint[]) => votes.every((number) => number === 0n)

describe.each(Object.keys(squaredDivisors))('%s', (id) => {
  test('agrees with a slow reference: no last quotient is below a next one', () => {
    fc.assert(
      fc.property(elections, ({ votes, seats }) => {
        fc.pre(!isEmpty(votes))
        expect(areHighestAverages(id, votes, seatsOf(id, votes, seats))).toBe(true)
      }),
    )
  })

  test('is monotone in the house: with one seat more no list has fewer', () => {
    fc.assert(
      fc.property(elections, ({ votes, seats }) => {
        const more = seatsOf(id, votes, seats + 1)
        expect(seatsOf(id, votes, seats).every((won, list) => won <= more[list]!)).toBe(true)
      }),
    )
  })

  test('is homogeneous: ten times as many votes for each list change nothing', () => {
    fc.assert(
      fc.property(elections, ({ votes, seats }) => {
        const tenfold = votes.map((number) => number * 10n)
        expect(seatsOf(id, tenfold, seats)).toEqual(seatsOf(id, votes, seats))
      }),
    )
  })
})

describe.each(Object.keys(quotas))('%s', (id) => {
  test('agrees with a slow reference: whole quotas, then the largest remainders', () => {
    fc.assert(
      fc.property(elections, ({ votes, seats }) => {
        fc.pre(!isEmpty(votes))
        expect(areLargestRemainders(id, votes, seatsOf(id, votes, seats))).not.toBe(false)
      }),
    )
  })
})

/** The seats of each list would be this fraction of them, if they could be divided. */
function shareBounds(votes: readonly bigint[], seats: number): { lower: number[]; upper: number[] } {
  const all = votes.reduce((sum, number) => sum + number, 0n)
  const lower = votes.map((number) => Number((number * BigInt(seats)) / all))
  const upper = votes.map((number, list) => lower[list]! + ((number * BigInt(seats)) % all === 0n ? 0 : 1))
  return { lower, upper }
}

test('largest remainders by the Hare quota stay within a seat of the exact share', () => {
  fc.assert(
    fc.property(elections, ({ votes, seats }) => {
      fc.pre(!isEmpty(votes))
      const { lower, upper } = shareBounds(votes, seats)
      const won = seatsOf('hare-lr', votes, seats)
      expect(won.every((number, list) => lower[list]! <= number && number <= upper[list]!)).toBe(true)
    }),
  )
})

test("D'Hondt gives every list at least its share rounded down, Adams at most rounded up", () => {
  fc.assert(
    fc.property(elections, ({ votes, seats }) => {
      const voted = votes.filter((number) => number > 0n)
      fc.pre(voted.length > 0 && voted.length <= seats)
      const { lower, upper } = shareBounds(voted, seats)
      expect(seatsOf('dhondt', voted, seats).every((number, list) => lower[list]! <= number)).toBe(true)
      expect(seatsOf('adams', voted, seats).every((number, list) => number <= upper[list]!)).toBe(true)
    }),
  )
})
