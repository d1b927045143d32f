import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDecimals } from '../../src/tabulation/decimal.ts'
import { decimalNumbers } from '../../src/tabulation/meek/decimal-numbers.ts'
import { PaperTree } from '../../src/tabulation/meek/paper-tree.ts'
import { emptyTally, type SmallShare, SmallValues, tallyTree } from '../../src/tabulation/meek/tally.ts'
import { methodById } from '../../src/tabulation/registry.ts'
import type { Tabulation } from '../../src/tabulation/tabulation.ts'
import { type ArbitraryElection, rankedElections, rankingsOf } from '../support/arbitrary-elections.ts'
import { Fraction } from '../support/fraction.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { letters } from '../support/rankings.ts'
import { type SlowCount, slowNewZealand, slowReferenceMeek } from '../support/slow-meek.ts'

fc.configureGlobal({ numRuns: propertyRuns })

function count(method: string, election: ArbitraryElection, rules: object = {}, trace?: number): Tabulation {
  return methodById(method).tabulate({
    options: letters(election.optionCount),
    seats: election.seats,
    ballots: rankingsOf(election),
    rules,
    tieBreaks: { order: [...Array(election.optionCount).keys()] },
    ...(trace !== undefined && { trace }),
  })
}

const isEqual = (decimal: string, fraction: Fraction) => Fraction.parse(decimal).compare(fraction) === 0

function expectVotes(round: Tabulation['rounds'][number], slow: SlowCount) {
  expect(round.votes.filter((votes, option) => !isEqual(votes, slow.votes[option]!))).toEqual([])
  expect(isEqual(round.quota!, slow.quota)).toBe(true)
}

const sorted = (options: readonly number[]) => [...options].sort((a, b) => a - b)

test('New Zealand: every iteration agrees with papers counted one by one in exact fractions', () => {
  fc.assert(
    fc.property(rankedElections({ equalRanks: false }), (election) => {
      const { rounds, winners } = count('stv-meek-nz', election, { ties: ['forwards', 'order given'] })
      const slow = slowNewZealand(election)
      for (const [position, iteration] of slow.counts.entries()) expectVotes(rounds[position]!, iteration)
      for (const option of slow.elected) expect(winners.some((winner) => winner.option === option)).toBe(true)
      // Where as many are left as there are seats, one more round shows the votes with which they are elected.
      expect(rounds.length - slow.counts.length).toBe(slow.vacant() > 0 ? 1 : 0)
    }),
  )
})

test('the Reference Meek Rule agrees with papers counted one by one in exact fractions', () => {
  fc.assert(
    fc.property(rankedElections({ equalRanks: false }), (election) => {
      const { rounds, winners } = count('stv-meek', election, {
        ties: ['order given'],
        rounds: 'each iteration',
      })
      const slow = slowReferenceMeek(election)
      // The reference counts again after an election without a change; urna does not.
      const iterations = slow.counts.filter(
        (each, position) =>
          position === 0 ||
          slow.counts[position - 1]!.elected.length === 0 ||
          each.votes.some((votes, option) => votes.compare(slow.counts[position - 1]!.votes[option]!) !== 0),
      )
      for (const [position, iteration] of iterations.entries()) {
        expectVotes(rounds[position]!, iteration)
        if (rounds[position] !== rounds.at(-1)) {
          expect(sorted(rounds[position]!.elected)).toEqual(sorted(iteration.elected))
        }
      }
      const left = slow.vacant() > 0 ? slow.hopeful : []
      expect(sorted(winners.map(({ option }) => option))).toEqual(sorted([...slow.elected, ...left]))
    }),
  )
})

describe.each<SmallShare>(['share rounded up', 'both cut', 'up to the keep value'])('%s', (share) => {
  test('is the same in doubles as in integers of any size, whatever the keep values', () => {
    const keepValues = fc.array(
      fc.oneof(fc.integer({ min: 0, max: 1_000_000_000 }), fc.constantFrom(1, 999_999_999, 1_000_000_000)),
      { minLength: 6, maxLength: 6 },
    )
    const elections = rankedElections({ equalRanks: false })
    fc.assert(
      fc.property(elections, keepValues, ({ optionCount, ballots }, drawn) => {
        const groups = rankingsOf({
          optionCount,
          seats: 1,
          ballots: ballots.map((ballot) => ({ ...ballot, weight: `${ballot.weight.split('.')[0]}00000007` })),
        })
        const options = [...Array(optionCount).keys()]
        const rules = { overvotes: 'exhaust', skippedRanks: 'exhaust', repeatedOptions: 'skip' } as const
        const tree = new PaperTree(groups, rules, options)
        for (const option of options) tree.elect(option)
        const keep = drawn.slice(0, optionCount).map(BigInt)
        const numbers = decimalNumbers(
          {
            arithmetic: 'decimal',
            places: 9,
            guardPlaces: 0,
            keepPlaces: null,
            share,
            keepRounding: 'up twice',
            oneSeat: 'quota',
            omega: '0.1',
          },
          groups.weightPlaces,
        )
        const large = emptyTally(numbers, optionCount)
        tallyTree(tree, keep, numbers, large)
        const small = emptyTally(numbers, optionCount)
        new SmallValues(9, share).tally(tree, keep, small)
        expect(small).toEqual(large)
      }),
    )
  })
})

describe.each(['stv-meek', 'stv-meek-nz', 'stv-warren'])('%s', (method) => {
  const ties = ['backwards', 'order given']

  test('conserves votes: in every round those of options, exhausted ones and rounding losses are all valid ones', () => {
    fc.assert(
      fc.property(rankedElections({ equalRanks: true }), (election) => {
        const { rounds, statistics } = count(method, election, { ties })
        for (const { votes, exhausted, loss } of rounds) {
          expect(addDecimals([...votes, exhausted, loss])).toBe(statistics.valid)
        }
        expect(rounds.at(-1)!.exhausted).toBe(statistics.exhausted)
      }),
    )
  })

  test('says of a traced ballot what its options hold of it, and all traced ballots are all votes', () => {
    fc.assert(
      fc.property(rankedElections({ equalRanks: true }), (election) => {
        const whole = {
          ...election,
          ballots: election.ballots.map(({ ranks }) => ({ ranks, weight: '1' })),
        }
        const groups = rankingsOf(whole)
        const traces = Array.from({ length: groups.count }, (_, group) =>
          count(method, whole, { ties }, group).rounds.map(({ traced }) => traced!),
        )
        for (const [position, { votes }] of count(method, whole, { ties }).rounds.entries()) {
          for (const [option, total] of votes.entries()) {
            const held = traces.flatMap((rounds, group) =>
              rounds[position]!.filter((each) => each.option === option).flatMap((each) =>
                Array.from({ length: groups.weights[group]! }, () => each.votes),
              ),
            )
            expect(addDecimals(['0', ...held])).toBe(total)
          }
        }
      }),
      { numRuns: propertyRuns / 4 },
    )
  })

  test('elects whoever has more than a quota of first preferences', () => {
    fc.assert(
      fc.property(rankedElections({ equalRanks: false }), (election) => {
        const { rounds, winners } = count(method, election, { ties })
        const { votes, quota } = rounds[0]!
        for (const [option, total] of votes.entries()) {
          if (Number(total) > Number(quota)) expect(winners.map((each) => each.option)).toContain(option)
        }
      }),
    )
  })
})

test('a shared rank counts as half a ballot of either order', () => {
  const elections = rankedElections({ equalRanks: false })
  fc.assert(
    fc.property(elections, ({ optionCount, seats, ballots }) => {
      const rest = [...Array(optionCount).keys()].slice(2).map((option) => [option])
      const orders = [
        { ranks: [[0], [1], ...rest], weight: '2' },
        { ranks: [[1], [0], ...rest], weight: '2' },
      ]
      const shared = { ranks: [[0, 1], ...rest], weight: '4' }
      const exact = { arithmetic: 'exact', keepPlaces: 6, ties: ['order given'] }
      const ofOrders = count('stv-meek', { optionCount, seats, ballots: [...ballots, ...orders] }, exact)
      const ofShared = count('stv-meek', { optionCount, seats, ballots: [...ballots, shared] }, exact)
      expect(ofShared.rounds.map(({ votes }) => votes)).toEqual(ofOrders.rounds.map(({ votes }) => votes))
    }),
  )
})
