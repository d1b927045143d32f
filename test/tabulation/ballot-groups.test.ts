import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rankingGroups, scoreGroups, selectionGroups } from '../../src/tabulation/ballot-grouping.ts'
import { packRanking, sharesRank, skippedRank, unpackRanking } from '../../src/tabulation/ballot-groups.ts'
import { formatDecimal, parseDecimal } from '../../src/tabulation/decimal.ts'
import { TabulationRefusal } from '../../src/tabulation/refusals.ts'
import { rankedElections, rankingsOf } from '../support/arbitrary-elections.ts'
import { propertyRuns } from '../support/property-runs.ts'

fc.configureGlobal({ numRuns: propertyRuns })

test('equal ballots are one group, whatever the order of a shared rank', () => {
  const grouping = rankingGroups(4)
  grouping.add(packRanking([[0, 3], [2]]))
  grouping.add(packRanking([[3, 0], [2]]), 2)
  grouping.add(packRanking([[2], [0]]))
  const groups = grouping.finish()
  expect(groups.count).toBe(2)
  expect([...groups.weights]).toEqual([3, 1])
  expect(unpackRanking(groups, 0)).toEqual([[0, 3], [2]])
})

test('a ballot without entries, or with empty ranks only, is blank; empty ranks at the end mean nothing', () => {
  const grouping = rankingGroups(3)
  grouping.add([])
  grouping.add([skippedRank, skippedRank])
  grouping.add([1, skippedRank])
  const groups = grouping.finish()
  expect([...groups.weights]).toEqual([2, 1])
  expect(unpackRanking(groups, 0)).toEqual([])
  expect(unpackRanking(groups, 1)).toEqual([[1]])
})

test('a set of selections has no order and no repetitions', () => {
  const grouping = selectionGroups(5)
  grouping.add([4, 1])
  grouping.add([1, 4, 1])
  const groups = grouping.finish()
  expect(groups.count).toBe(1)
  expect([...groups.entries]).toEqual([1, 4])
})

test('a buffer that is used again leaves earlier ballots as they were', () => {
  const grouping = rankingGroups(3)
  const buffer = new Uint16Array([0, 1, 2])
  grouping.add(buffer, 1, 2)
  buffer[0] = 2
  grouping.add(buffer, 1, 1)
  expect([0, 1].map((group) => unpackRanking(grouping.finish(), group))).toEqual([[[0], [1]], [[2]]])
})

test('weights are exact decimals, brought to the places of the finest', () => {
  const grouping = rankingGroups(2)
  grouping.addInvalid('0.5')
  grouping.add([0], 3)
  grouping.add([0], '0.25')
  grouping.add([1], '1.000001')
  const groups = grouping.finish()
  expect(groups.weightPlaces).toBe(6)
  expect([...groups.weights]).toEqual([3250000, 1000001])
  expect(groups.invalid).toBe(500000)
})

test('weights that add up to coarser ones are held as those would be', () => {
  const grouping = rankingGroups(2)
  grouping.add([0], '1.25')
  grouping.add([0], '1.25')
  grouping.add([1], '3.50')
  const groups = grouping.finish()
  expect(groups.weightPlaces).toBe(1)
  expect([...groups.weights]).toEqual([25, 35])
})

describe('refused', () => {
  test.each([
    ['an option that does not exist', [3]],
    ['a first rank that shares', [0 | sharesRank]],
    ['a shared rank after an empty one', [0, skippedRank, 1 | sharesRank]],
    ['a fraction', [0.5]],
    ['a negative number', [-1]],
  ])('%s', (_, entries) => {
    expect(() => rankingGroups(3).add(entries)).toThrow(expect.objectContaining({ code: 'ballot-malformed' }))
  })

  test.each(['-1', '1.0000001', 'one', '', '1e3', Number.NaN, 0.1 + 0.2])('the weight %s', (weight) => {
    expect(() => rankingGroups(3).add([0], weight)).toThrow(
      expect.objectContaining({ code: 'weight-invalid' }),
    )
  })

  test('weights that together pass what is exact, also by becoming finer', () => {
    const grouping = rankingGroups(1)
    grouping.add([0], Number.MAX_SAFE_INTEGER - 1)
    grouping.add([0], 1)
    const tooLarge = expect.objectContaining({ code: 'weight-too-large' })
    expect(() => grouping.add([0], 1)).toThrow(tooLarge)
    expect(() => grouping.add([0], '0.1')).toThrow(tooLarge)
    expect(() => rankingGroups(1).add([0], '99999999999999999999999')).toThrow(tooLarge)
  })

  test.each([0, -1, 1.5, 40000])('%s options', (optionCount) => {
    expect(() => rankingGroups(optionCount)).toThrow(
      expect.objectContaining({ code: 'options-out-of-range' }),
    )
  })
})

test('groups hold what was added, for any ballots', () => {
  fc.assert(
    fc.property(rankedElections({ equalRanks: true }), (election) => {
      const text = (ranks: readonly (readonly number[])[]) =>
        JSON.stringify(ranks.map((rank) => [...rank].sort()))
      const expected = new Map<string, bigint>()
      const millionths = (weight: string) => {
        const { units, places } = parseDecimal(weight)!
        return units * 10n ** BigInt(6 - places)
      }
      for (const { ranks, weight } of election.ballots) {
        expected.set(text(ranks), (expected.get(text(ranks)) ?? 0n) + millionths(weight))
      }
      const groups = rankingsOf(election)
      const held = Array.from({ length: groups.count }, (_, group) => [
        text(unpackRanking(groups, group)),
        millionths(formatDecimal(groups.weights[group]!, groups.weightPlaces)),
      ])
      expect(held).toEqual([...expected])
    }),
  )
})

test('ballots that may wait are grouped as those that may not', () => {
  const many = fc.array(rankedElections({ equalRanks: true }), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(many, fc.infiniteStream(fc.boolean()), (elections, later) => {
      const [expected, grouping] = [rankingGroups(6), rankingGroups(6)]
      for (const { ranks, weight } of elections.flatMap(({ ballots }) => ballots)) {
        const ballot = packRanking(ranks)
        const group = expected.add(ballot, weight)
        if (later.next().value) grouping.addLater(ballot, weight)
        else expect(grouping.add(ballot, weight)).toBe(group)
      }
      expect(grouping.finish()).toEqual(expected.finish())
    }),
  )
})

test('a ballot longer than all that may wait together is grouped like any other', () => {
  const grouping = rankingGroups(9)
  const long = Array.from({ length: 20_000 }, (_, position) => position % 9)
  for (const ballot of [[1], long, [1], long]) grouping.addLater(ballot)
  expect([...grouping.finish().weights]).toEqual([2, 2])
})

test('many distinct ballots stay distinct as the tables grow', () => {
  const grouping = rankingGroups(40)
  const orders = Array.from({ length: 20000 }, (_, number) => [
    number % 40,
    39 - (Math.floor(number / 40) % 39),
    number % 37,
  ])
  for (const order of orders) grouping.add(order, 1)
  for (const order of orders) grouping.addLater(order, 2)
  const groups = grouping.finish()
  expect(groups.count).toBe(new Set(orders.map(String)).size)
  expect(groups.weights.reduce((sum, weight) => sum + weight)).toBe(60000)
})

describe('ballots of scores', () => {
  test('are alike whatever the order in which the options were scored', () => {
    const grouping = scoreGroups(3)
    grouping.add([2, 5, 0, 1])
    grouping.add([0, 1, 2, 5])
    const { count, entries, weights } = grouping.finish()
    expect({ count, entries: [...entries], weights: [...weights] }).toEqual({
      count: 1,
      entries: [0, 1, 2, 5],
      weights: [2],
    })
  })

  test.each([
    ['an option that is not there', [3, 1]],
    ['an option twice', [1, 1, 1, 2]],
    ['a score below nothing', [0, -1]],
    ['half a score', [0, 0.5]],
    ['an option without its score', [0]],
  ])('are refused with %s', (_, entries) => {
    expect(() => scoreGroups(3).add(entries)).toThrow(TabulationRefusal)
  })
})

describe('the order of the ballots', () => {
  test('is kept where it is asked for, each ballot as often as it weighs', () => {
    const grouping = rankingGroups(2, 'kept')
    grouping.add([0])
    grouping.add([1], 3)
    grouping.add([0])
    expect([...grouping.finish().sequence!]).toEqual([0, 1, 1, 1, 0])
  })

  test('can not be kept of half a ballot', () => {
    expect(() => rankingGroups(2, 'kept').add([0], '0.5')).toThrow(
      expect.objectContaining({ code: 'order-not-kept' }),
    )
  })
})
