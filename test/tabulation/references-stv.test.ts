import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { methodById } from '../../src/tabulation/registry.ts'
import { type ArbitraryElection, rankedElections, rankingsOf } from '../support/arbitrary-elections.ts'
import type { Fraction } from '../support/fraction.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { letters } from '../support/rankings.ts'
import { slowErs97Count } from '../support/slow-ers97.ts'
import { slowNswLocalCount } from '../support/slow-nsw-local.ts'
import { slowSenateCount } from '../support/slow-senate.ts'
import type { SlowRound } from '../support/slow-stv.ts'
import { slowWigmCount } from '../support/slow-wigm.ts'

fc.configureGlobal({ numRuns: 3 * propertyRuns })

/** As many places as the tabulation shows of an exact fraction. */
const shownPlaces = 12

/** Whole ballots, as the rules with decimal places or whole votes have them. */
const elections = rankedElections({ equalRanks: false }).map((election) => ({
  ...election,
  ballots: election.ballots.map((ballot) => ({
    ...ballot,
    weight: String(Math.ceil(Number(ballot.weight))),
  })),
}))

/** So many that papers of small value are worth whole votes. */
const largeElections = elections.map((election) => ({
  ...election,
  ballots: election.ballots.map(({ ranks, weight }, position) => ({
    ranks,
    weight: String(37 * Number(weight) + position),
  })),
}))

function expectSameRounds(
  method: string,
  rules: object,
  slow: (election: ArbitraryElection) => readonly SlowRound[],
  from = elections,
): void {
  fc.assert(
    fc.property(from, (election) => {
      const { rounds } = methodById(method).tabulate({
        options: letters(election.optionCount),
        seats: election.seats,
        ballots: rankingsOf(election),
        rules,
        tieBreaks: { decide: ({ among }) => [among[0]!] },
      })
      const expected = slow(election)
      expect(rounds.map(({ elected }) => elected)).toEqual(expected.map(({ elected }) => elected))
      const numbers = ({ votes, quota }: { votes: readonly string[]; quota?: string }) =>
        [...votes, quota!].map(Number)
      const shown = (fraction: Fraction) => {
        const { top, bottom } = fraction.cut(shownPlaces)
        return Number(top) / Number(bottom)
      }
      expect(rounds.map(numbers)).toEqual(expected.map(({ votes, quota }) => [...votes, quota].map(shown)))
    }),
  )
}

test('weighted inclusive Gregory in four places agrees with papers moved one by one', () => {
  expectSameRounds('stv-wigm', { ties: ['backwards', 'ask'] }, (election) =>
    slowWigmCount(election, 'four places'),
  )
})

test('weighted inclusive Gregory in exact fractions agrees with papers moved one by one', () => {
  const rules = { quota: 'exact droop', places: 'exact', ties: ['backwards', 'ask'] }
  expectSameRounds('stv-wigm', rules, (election) => slowWigmCount(election, 'exact'))
})

test('the rules of the Electoral Reform Society agree with papers moved one by one', () => {
  expectSameRounds('stv-ers97', { ties: ['forwards', 'ask'] }, slowErs97Count)
})

test('the count of the Australian Senate agrees with papers moved one by one', () => {
  expectSameRounds('stv-senate-aus', { ties: ['backwards', 'ask'] }, slowSenateCount)
})

test('the count of councils in New South Wales agrees with papers moved one by one', () => {
  const rules = { ties: ['backwards', 'ask'] }
  expectSameRounds('stv-nsw-local', rules, slowNswLocalCount)
  expectSameRounds('stv-nsw-local', rules, slowNswLocalCount, largeElections)
})
