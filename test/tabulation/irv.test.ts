import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { BallotGroups } from '../../src/tabulation/ballot-groups.ts'
import { unpackRanking } from '../../src/tabulation/ballot-groups.ts'
import { addDecimals } from '../../src/tabulation/decimal.ts'
import type { TabulationRequest } from '../../src/tabulation/method.ts'
import { methodById } from '../../src/tabulation/registry.ts'
import { lot, rankedElections, rankingsOf } from '../support/arbitrary-elections.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { letters, rankings } from '../support/rankings.ts'

fc.configureGlobal({ numRuns: propertyRuns })

function irv(ballots: BallotGroups, rules: object, more: Partial<TabulationRequest> = {}) {
  return methodById('irv').tabulate({
    options: letters(ballots.optionCount),
    seats: 1,
    ballots,
    rules,
    tieBreaks: {},
    ...more,
  })
}

const votesOf = ({ rounds }: ReturnType<typeof irv>) => rounds.map(({ votes }) => votes.join(' '))
const names = (options: readonly number[]) => options.map((option) => 'ABCDEFGH'[option]).join('')
const excludedIn = ({ rounds }: ReturnType<typeof irv>) =>
  rounds.slice(1).map(({ action }) => (action.kind === 'exclude' ? names(action.options) : action.kind))

test('the winner of the first round stays elected while the count goes on until two are left, or one', () => {
  const ballots = rankings(4, '6 A\n2 B\n1 C>B\n1 D>C')
  const two = irv(ballots, { until: 'two are left', ties: ['order given'] })
  expect(two.winners).toEqual([{ option: 0, round: 1 }])
  expect(votesOf(two)).toEqual(['6 2 1 1', '6 2 2 0', '6 3 0 0'])
  expect(two.rounds[2]!.sentence).toContain('The count goes on for comparison.')
  expect(irv(ballots, { until: 'one is left', ties: ['order given'] }).rounds).toHaveLength(4)
  expect(irv(ballots, { ties: ['order given'] }).rounds).toHaveLength(1)
})

test('half of the first round is a threshold that exhausted ballots do not lower', () => {
  const ballots = rankings(3, '5 A\n4 B\n3 C')
  expect(irv(ballots, {}).rounds.map(({ quota }) => quota)).toEqual(['7', '5'])
  const fixed = irv(ballots, { majorityOf: 'first round' })
  expect(fixed.rounds.map(({ quota }) => quota)).toEqual(['7', '7'])
  expect(names(fixed.winners.map(({ option }) => option))).toBe('A')
})

test('all that have the share are elected together, and the share follows the active votes', () => {
  const ballots = rankings(5, '12 A\n6 B\n1 C>B\n2 D\n1 E')
  const rules = { until: 'all have the share', share: 15, ties: ['order given'] }
  const tabulation = irv(ballots, rules)
  expect(excludedIn(tabulation)).toEqual(['E', 'C', 'D'])
  expect(tabulation.rounds.map(({ quota }) => quota)).toEqual(['3.3', '3.15', '3.15', '2.85'])
  expect(names(tabulation.winners.map(({ option }) => option))).toBe('AB')
  const together = irv(ballots, { ...rules, exclusion: 'all below the share together' })
  expect(excludedIn(together)).toEqual(['CDE'])
})

test('all that are tied for last go out together, unless that leaves too few', () => {
  const rules = { exclusion: 'tied together', ties: ['order given'] }
  expect(excludedIn(irv(rankings(4, '4 A\n3 B\n1 C>B\n1 D>B'), rules))).toEqual(['CD'])
  expect(excludedIn(irv(rankings(3, '1 A\n1 B\n1 C>A'), rules))).toEqual(['C'])
})

test('options below the minimum of first preferences go out before others, and only then', () => {
  const ballots = rankings(5, '6 A\n5 B\n4 C\n1 D>E\n2 E>B')
  expect(excludedIn(irv(ballots, { minimumVotes: 3 }))).toEqual(['DE', 'C'])
})

test('undeclared write-ins go out first, however many votes they have', () => {
  const ballots = rankings(3, '3 A\n2 B\n6 C>B')
  const tabulation = irv(ballots, { excludedFirst: ['C'] })
  expect(votesOf(tabulation)).toEqual(['3 2 6', '3 8 0'])
  expect(tabulation.rounds[1]!.sentence).toContain('C is excluded, before others, as the rules say')
  expect(() => irv(ballots, { excludedFirst: ['Nobody'] })).toThrow(
    expect.objectContaining({ code: 'rules-invalid' }),
  )
})

test('as many empty ranks in a row are passed over as the rules say', () => {
  const ballots = rankings(3, '5 A\n5 B\n1 C>->->A\n1 C>->->->A')
  const exhausted = (skippedRanks: number) =>
    irv(ballots, { skippedRanks, ties: ['order given'] }).rounds[1]!.inactive!.skippedRanks
  expect([0, 1, 2, 3].map(exhausted)).toEqual(['2', '2', '1', '0'])
})

test('each reason for which a ballot is inactive is counted apart', () => {
  const ballots = rankings(4, '9 A\n8 B\n1 C>A=B\n1 C>->A\n1 C>C>A\n1 C\n1 A=B\n1 ->A')
  const rules = { skippedRanks: 'exhaust', repeatedOptions: 'exhaust', excludedFirst: ['C'] }
  const { rounds, statistics } = irv(ballots, rules)
  expect(rounds.map(({ inactive }) => inactive)).toEqual([
    { overvotes: '1', skippedRanks: '1', repeatedOptions: '0', noChoiceLeft: '0' },
    { overvotes: '2', skippedRanks: '2', repeatedOptions: '1', noChoiceLeft: '1' },
  ])
  expect(statistics).toMatchObject({ valid: '21', invalid: '2', exhausted: '4', overvotes: '2' })
})

test('an overvote of which nobody knows the options makes no later choice a repeated one', () => {
  const ballots = rankings(3, '3 A\n2 C\n2 A=B=C>B')
  const rules = { overvotes: 'skip', repeatedOptions: 'exhaust' }
  expect(irv(ballots, rules).rounds[0]!.votes).toEqual(['3', '2', '2'])
})

test('a tie of the last two is decided in their round, by the earlier rounds first', () => {
  const { rounds, ties } = irv(rankings(3, '4 A\n3 B\n1 C>B'), { ties: ['backwards'] })
  expect(rounds).toHaveLength(2)
  expect(ties).toMatchObject([{ round: 2, to: 'elect', among: [0, 1], chosen: [0] }])
  const open = irv(rankings(2, '3 A\n3 B'), { ties: [] })
  expect(open.outcome).toMatchObject({ kind: 'tied', tie: { round: 1, to: 'elect' } })
  expect(open.rounds[0]!.sentence).toContain('the tie is open')
})

const rules = fc.record({
  until: fc.constantFrom('majority', 'two are left', 'one is left', 'all have the share'),
  majorityOf: fc.constantFrom('each round', 'first round'),
  exclusion: fc.constantFrom(
    'lowest',
    'sure losers together',
    'tied together',
    'all below the share together',
  ),
  minimumVotes: fc.integer({ min: 0, max: 4 }),
  excludedFirst: fc.subarray(['A', 'B']),
  overvotes: fc.constantFrom('exhaust', 'skip', 'exhaust if several continuing'),
  skippedRanks: fc.constantFrom('exhaust', 'skip all', 0, 1),
  repeatedOptions: fc.constantFrom('exhaust', 'skip'),
})
const elections = fc.tuple(rankedElections({ equalRanks: true }), rules, fc.nat())

test('whatever the rules: votes and inactive ballots of every round are all that are not blank', () => {
  fc.assert(
    fc.property(elections, ([election, rules]) => {
      const tabulation = irv(rankingsOf(election), rules, { tieBreaks: { lot: lot('x') } })
      const { valid, blank, invalid } = tabulation.statistics
      const cast = addDecimals([valid, invalid])
      expect(tabulation.outcome.kind).toBe('decided')
      for (const { votes, inactive } of tabulation.rounds) {
        expect(addDecimals([...votes, ...Object.values(inactive!)])).toBe(cast)
      }
      expect(addDecimals([cast, blank])).toBe(
        addDecimals(['0', ...election.ballots.map(({ weight }) => weight)]),
      )
    }),
  )
})

test('whatever the rules: a traced ballot lies where its highest choice is that still stands', () => {
  fc.assert(
    fc.property(elections, ([election, rules, which]) => {
      const ballots = rankingsOf({
        ...election,
        ballots: [...election.ballots, { ranks: [[0]], weight: '1' }],
      })
      const trace = which % ballots.count
      const plain = { ...rules, overvotes: 'skip', skippedRanks: 'skip all', repeatedOptions: 'skip' }
      const { rounds } = irv(ballots, plain, { trace, tieBreaks: { lot: lot('x') } })
      const choices = unpackRanking(ballots, trace).filter((rank) => rank.length === 1)
      const gone = new Set<number>()
      for (const { action, traced } of rounds) {
        if (action.kind === 'exclude') for (const option of action.options) gone.add(option)
        const option = choices.flat().find((choice) => !gone.has(choice))
        expect(traced).toEqual(option === undefined ? [] : [{ option, votes: '1' }])
      }
    }),
  )
})
