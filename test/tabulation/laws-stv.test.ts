import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BallotGroups } from '../../src/tabulation/ballot-groups.ts'
import { addDecimals, toCommonScale } from '../../src/tabulation/decimal.ts'
import { methodById } from '../../src/tabulation/registry.ts'
import { exclusionRules } from '../../src/tabulation/stv/exclusions.ts'
import { quotaRules } from '../../src/tabulation/stv/quotas.ts'
import { stvDecisions } from '../../src/tabulation/stv/rule-set.ts'
import { transferValueRules } from '../../src/tabulation/stv/transfer-values.ts'
import type { Tabulation } from '../../src/tabulation/tabulation.ts'
import { type ArbitraryElection, lot, rankedElections, rankingsOf } from '../support/arbitrary-elections.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { letters } from '../support/rankings.ts'

fc.configureGlobal({ numRuns: 2 * propertyRuns })

const elections = rankedElections({ equalRanks: true })

const { overvotes, skippedRanks: _, repeatedOptions, ties: __, valuePlaces: ___, ...named } = stvDecisions

/** Any choice of decisions, as `stv-gregory` takes them. */
const anyRules = fc.record({
  quota: fc.constantFrom(...(Object.keys(quotaRules) as (keyof typeof quotaRules)[])),
  quotaChanges: fc.constantFrom(...named.quotaChanges.options),
  alsoElects: fc.constantFrom(...named.alsoElects.options),
  electedOn: fc.constantFrom(...named.electedOn.options),
  papers: fc.constantFrom(...named.papers.options),
  transferValue: fc.constantFrom(...Object.keys(transferValueRules)),
  places: fc.integer({ min: 0, max: 6 }),
  surplusOrder: fc.constantFrom(...named.surplusOrder.options),
  deferral: fc.constantFrom(...named.deferral.options),
  exclusion: fc.constantFrom(...Object.keys(exclusionRules)),
  batches: fc.constantFrom(...named.batches.options),
  parcels: fc.constantFrom(...named.parcels.options),
  batchStages: fc.constantFrom(...named.batchStages.options),
  termination: fc.constantFrom(...named.termination.options),
  lastSeat: fc.constantFrom(...named.lastSeat.options),
  overvotes: fc.constantFrom(...overvotes.options),
  repeatedOptions: fc.constantFrom(...repeatedOptions.options),
})

type AnyRules = Partial<Omit<typeof anyRules extends fc.Arbitrary<infer Rules> ? Rules : never, 'places'>> & {
  readonly places?: number | 'exact'
}

function count(
  method: string,
  election: ArbitraryElection,
  rules: AnyRules = {},
  more: { readonly trace?: number; readonly ballots?: BallotGroups } = {},
): Tabulation {
  return methodById(method).tabulate({
    options: letters(election.optionCount),
    seats: election.seats,
    ballots: rankingsOf(election),
    rules: { ...rules, ties: ['backwards', 'lot'] },
    tieBreaks: { lot: lot('spring') },
    ...more,
  })
}

/** A quota that is a fraction has no last place: then votes are shown cut. */
const wholeQuotas = anyRules.filter(({ quota }) => !quota.startsWith('exact'))

describe.each([
  'stv-ers97',
  'stv-ers76',
  'stv-wigm',
  'stv-gregory',
  'stv-act',
  'stv-nsw-local',
  'stv-senate-aus',
])('%s', (method) => {
  test('conserves votes in every round, and explains each change by a transfer', () => {
    fc.assert(fc.property(elections, (election) => expectConserved(count(method, election))))
  })
})

test('any choice of decisions conserves votes, and explains each change by a transfer', () => {
  fc.assert(
    fc.property(elections, wholeQuotas, (election, rules) =>
      expectConserved(count('stv-gregory', election, rules)),
    ),
  )
})

function expectConserved({ rounds, statistics }: Tabulation): void {
  for (const [position, { votes, exhausted, loss, transfers }] of rounds.entries()) {
    expect(addDecimals([...votes, exhausted, loss])).toBe(statistics.valid)
    for (const transfer of transfers) expect(transfer.exhausted).not.toMatch(/^-/)
    if (position === 0) continue
    const before = rounds[position - 1]!.votes
    for (const [option, after] of votes.entries()) {
      const leaving = transfers.find(({ from }) => from === option)
      const received = transfers
        .flatMap(({ to }) => to)
        .filter((transfer) => transfer.option === option)
        .map((transfer) => transfer.votes)
      expect(addDecimals([leaving ? leaving.kept : before[option]!, ...received])).toBe(after)
    }
  }
  expect(rounds.at(-1)!.exhausted).toBe(statistics.exhausted)
}

test('any choice of decisions fills the seats, each option once, unless nobody may be elected below the quota', () => {
  fc.assert(
    fc.property(elections, anyRules, (election, rules) => {
      const { outcome, winners, statuses } = count('stv-gregory', election, rules)
      expect(outcome.kind).toBe('decided')
      expect(new Set(winners.map(({ option }) => option)).size).toBe(winners.length)
      expect(statuses.filter(({ kind }) => kind === 'elected')).toHaveLength(winners.length)
      const seats = Math.min(election.seats, election.optionCount)
      if (rules.termination === 'never below the quota') expect(winners.length).toBeLessThanOrEqual(seats)
      else expect(winners).toHaveLength(seats)
    }),
  )
})

test('any choice of decisions is blind to the order of the ballots', () => {
  const shuffled = elections.chain((election) =>
    fc.tuple(
      fc.constant(election),
      fc.shuffledSubarray([...election.ballots], { minLength: election.ballots.length }),
    ),
  )
  fc.assert(
    fc.property(shuffled, anyRules, ([election, ballots], rules) => {
      expect(count('stv-gregory', { ...election, ballots }, rules)).toEqual(
        count('stv-gregory', election, rules),
      )
    }),
  )
})

test('nobody has more than the quota left when all surpluses are transferred', () => {
  fc.assert(
    fc.property(elections, wholeQuotas, (election, rules) => {
      const { rounds } = count('stv-gregory', election, rules)
      for (const { action, votes, quota } of rounds) {
        if (action.kind !== 'surplus') continue
        const [kept, needed] = toCommonScale([votes[action.option]!, quota!]).units
        expect(kept).toBe(needed)
      }
    }),
  )
})

test('a traced ballot counts for at most one vote in all, and where a round says that it lies', () => {
  const traced = elections.filter(({ ballots }) => ballots.some(({ ranks }) => ranks.length > 0))
  fc.assert(
    fc.property(traced, wholeQuotas, fc.nat(), (election, rules, number) => {
      const ballots = rankingsOf(election)
      const trace = number % ballots.count
      const plain = count('stv-gregory', election, rules, { ballots })
      const { rounds } = count('stv-gregory', election, rules, { ballots, trace })
      expect(rounds.map(({ traced: _traced, ...round }) => round)).toEqual(plain.rounds)
      for (const { traced: parts } of rounds) {
        const { units, places } = toCommonScale(['1', ...parts!.map(({ votes }) => votes)])
        const [one, ...held] = units
        expect(held.reduce((sum, votes) => sum + votes, 0n) <= one!).toBe(true)
        expect(places).toBeLessThanOrEqual(rules.places)
      }
    }),
  )
})

test('a ballot that is alone shows the votes of every option in its trace', () => {
  fc.assert(
    fc.property(elections, (election) => {
      const ballots = election.ballots.slice(0, 1).map(({ ranks }) => ({ ranks, weight: '1' }))
      fc.pre(ballots.some(({ ranks }) => ranks.length > 0))
      const { rounds } = count('stv-scottish', { ...election, ballots }, {}, { trace: 0 })
      for (const { traced: parts, votes } of rounds) {
        const held = new Map(parts!.map((part) => [part.option, part.votes]))
        expect(votes).toEqual(votes.map((_votes, option) => held.get(option) ?? '0'))
      }
    }),
  )
})

test('exact fractions that grow too long are refused, with a sentence', () => {
  const optionCount = 24
  const options = [...Array(optionCount).keys()]
  // Everybody has a surplus, of a fraction that doesn't cancel.
  const ballots = options.flatMap((first) =>
    options
      .filter((second) => second !== first)
      .map((second) => ({
        ranks: [[first], [second], ...options.filter((o) => o !== first && o !== second).map((o) => [o])],
        weight: String(997 + 31 * first + 7 * second),
      })),
  )
  const rules: AnyRules = { quota: 'exact droop', places: 'exact' }
  expect(count('stv-wigm', { optionCount, seats: 6, ballots }, rules).winners).toHaveLength(6)
  expect(() => count('stv-wigm', { optionCount, seats: 20, ballots }, rules)).toThrow(
    expect.objectContaining({ code: 'too-large' }),
  )
})

/** Every surplus goes to one more option, of papers with ever more histories, some of them exhausted. */
function electedInARow(optionCount: number): Tabulation {
  const options = [...Array(optionCount).keys()]
  const ballots = options.flatMap((last) =>
    [...options.slice(1, last), optionCount].map((without) => ({
      ranks: options.slice(0, last + 1).flatMap((option) => (option === without ? [] : [[option]])),
      weight: String(7 ** last + 31 * without),
    })),
  )
  return count('stv-nsw-local', { optionCount, seats: optionCount - 1, ballots })
}

test('values that grow too long are refused too, where votes are whole', () => {
  const surpluses = electedInARow(12).rounds.filter(({ action }) => action.kind === 'surplus')
  expect(surpluses).toHaveLength(10)
  expect(() => electedInARow(16)).toThrow(expect.objectContaining({ code: 'too-large' }))
})

test('of many values a surplus says the range only', () => {
  const { sentence, transfers } = electedInARow(12).rounds.at(-1)!
  expect(transfers[0]!.values.length).toBeGreaterThan(6)
  expect(sentence).toMatch(/ at values from 0\.\d+ to 0\.\d+ a paper, by what it had before\./)
})
