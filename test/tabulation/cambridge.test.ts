import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { rankingGroups } from '../../src/tabulation/ballot-grouping.ts'
import { addDecimals } from '../../src/tabulation/decimal.ts'
import { methodById } from '../../src/tabulation/registry.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { letters, rankings } from '../support/rankings.ts'

fc.configureGlobal({ numRuns: propertyRuns })

/** Ballots of single options in the order in which they were cast. */
function count(
  optionCount: number,
  ballots: readonly (readonly number[])[],
  rules: { readonly seats: number; readonly fewest: number },
  trace?: number,
) {
  const grouping = rankingGroups(optionCount, 'kept')
  for (const ballot of ballots) grouping.add(ballot)
  return methodById('stv-cambridge').tabulate({
    options: letters(optionCount),
    seats: rules.seats,
    ballots: grouping.finish(),
    rules: { fewest: rules.fewest, ties: ['backwards', 'order given'] },
    tieBreaks: {},
    ...(trace !== undefined && { trace }),
  })
}

const times = (number: number, ballot: readonly number[]) => Array.from({ length: number }, () => ballot)

const elections = fc.record({
  ballots: fc.array(fc.shuffledSubarray([0, 1, 2, 3, 4]), { maxLength: 40 }),
  seats: fc.integer({ min: 1, max: 4 }),
  fewest: fc.integer({ min: 0, max: 3 }),
})

test('every second ballot of a stack goes when the surplus is half of it', () => {
  // Quota: floor(13 / 3) + 1 = 5. A has 10, a surplus of 5: the 2nd, 4th, … go.
  const alternating = Array.from({ length: 10 }, (_, at) => (at % 2 === 0 ? [0, 1] : [0, 2]))
  const { rounds } = count(4, [...alternating, ...times(3, [3])], { seats: 2, fewest: 0 })
  expect(rounds[1]!.transfers[0]!.to).toEqual([{ option: 2, votes: '5' }])
  expect(rounds[1]!.votes).toEqual(['5', '0', '5', '3'])
})

test('the same ballots in another order give another result', () => {
  const ofB = times(5, [0, 1])
  const ofC = times(5, [0, 2])
  const mixed = ofB.flatMap((ballot, at) => [ballot, ofC[at]!])
  const second = (ballots: readonly (readonly number[])[]) =>
    count(4, [...ballots, ...times(3, [3])], { seats: 2, fewest: 0 }).rounds[1]!.votes
  expect(second(mixed)).toEqual(['5', '0', '5', '3'])
  expect(second([...ofB, ...ofC])).toEqual(['5', '2', '3', '3'])
})

test('a surplus without next choices is exhausted', () => {
  const { rounds } = count(3, [...times(8, [0]), ...times(2, [1]), [2]], { seats: 2, fewest: 0 })
  expect(rounds[0]!.quota).toBe('4')
  expect(rounds[1]).toMatchObject({ votes: ['4', '2', '1'], exhausted: '4' })
})

test('options with few votes are excluded together, once', () => {
  const ballots = [...times(9, [0]), ...times(6, [1]), [2, 1], [3, 1], ...times(3, [4])]
  const { rounds } = count(5, ballots, { seats: 1, fewest: 2 })
  expect(rounds.map(({ action }) => action).slice(1, 3)).toEqual([
    { kind: 'exclude', options: [2, 3] },
    { kind: 'exclude', options: [4] },
  ])
})

test('ballots without their order are refused', () => {
  const request = {
    options: letters(2),
    seats: 1,
    ballots: rankings(2, '3 A'),
    rules: {},
    tieBreaks: {},
  }
  expect(() => methodById('stv-cambridge').tabulate(request)).toThrow(
    expect.objectContaining({ code: 'order-not-kept' }),
  )
})

test('every ballot is somewhere in every round, and nobody takes more than the quota after the first', () => {
  fc.assert(
    fc.property(elections, ({ ballots, ...rules }) => {
      const { rounds, statistics, winners } = count(5, ballots, rules)
      for (const [position, { votes, exhausted, quota }] of rounds.entries()) {
        expect(addDecimals([...votes, exhausted])).toBe(statistics.valid)
        for (const [option, number] of votes.entries()) {
          const before = position === 0 ? number : rounds[position - 1]!.votes[option]!
          if (Number(number) > Number(before)) expect(Number(number)).toBeLessThanOrEqual(Number(quota))
        }
      }
      expect(winners).toHaveLength(Math.min(rules.seats, 5))
    }),
  )
})

test('traced ballots of every kind are all that lie in each stack', () => {
  fc.assert(
    fc.property(elections, ({ ballots, ...rules }) => {
      const kinds = new Set(ballots.map(String)).size
      const { rounds } = count(5, ballots, rules)
      const traces = Array.from({ length: kinds }, (_, group) => count(5, ballots, rules, group))
      const held = traces.flatMap((tabulation) => tabulation.rounds[0]!.traced!)
      for (const [option, votes] of rounds[0]!.votes.entries()) {
        const traced = held.filter((each) => each.option === option).map((each) => each.votes)
        expect(addDecimals(['0', ...traced])).toBe(votes)
      }
    }),
  )
})
