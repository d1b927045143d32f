import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countJson } from '../../src/report/count-json.ts'
import { countSchema } from '../../src/report/count-schema.ts'
import { tabulationSchema } from '../../src/report/tabulation-schema.ts'
import type { BallotGroups } from '../../src/tabulation/ballot-groups.ts'
import { addDecimals, parseDecimal, toCommonScale } from '../../src/tabulation/decimal.ts'
import type { Method } from '../../src/tabulation/method.ts'
import { methodById, methods } from '../../src/tabulation/registry.ts'
import type { Tabulation } from '../../src/tabulation/tabulation.ts'
import type { TieBreaks, TieRule } from '../../src/tabulation/ties.ts'
import {
  type ArbitraryElection,
  asMotion,
  lot,
  rankedElections,
  rankingsOf,
  scoredElections,
  scoreOn,
  scoresOf,
  selectionElections,
  selectionsOf,
  type WeightedBallot,
  withinSeats,
} from '../support/arbitrary-elections.ts'
import { reportOf } from '../support/count-report.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { letters } from '../support/rankings.ts'

fc.configureGlobal({ numRuns: propertyRuns })

/** Methods of one motion, whose options are yes, no and abstain. */
const motions = ['approval-motion', 'approval']

/** Methods that elect by a threshold or an answer, so that seats may stay vacant. */
const seatless = ['majority', 'combined-simple', ...motions]

function electionsFor({ id, style }: Method): fc.Arbitrary<ArbitraryElection> {
  if (motions.includes(id)) return selectionElections(1).map(asMotion)
  if (style === 'ranking') return rankedElections({ equalRanks: true })
  if (id === 'combined-simple' || id === 'rating-approval') return scoredElections(2)
  if (id === 'cumulative') return scoredElections(3).map(withinSeats)
  if (id === 'star') return scoredElections(5).map((election) => ({ ...election, seats: 1 }))
  if (style === 'score' || style === 'grade') return scoredElections(5)
  if (id === 'block' || id === 'limited') return selectionElections(6).map(withinSeats)
  return selectionElections(style === 'approval' ? 6 : 1)
}

function ballotsOf({ style }: Method, election: ArbitraryElection): BallotGroups {
  if (style === 'ranking') return rankingsOf(election)
  return style === 'score' || style === 'grade' ? scoresOf(election) : selectionsOf(election)
}

/** The defaults with another chain of ties, where the method knows ties. */
function rulesWith({ rules }: Method, ties: readonly TieRule[]) {
  return 'ties' in (rules.parse({}) as object) ? { ties } : {}
}

function count(
  method: Method,
  election: ArbitraryElection,
  ties: readonly TieRule[] = ['backwards', 'lot'],
  tieBreaks: TieBreaks = { lot: lot('spring') },
): Tabulation {
  return method.tabulate({
    options: letters(election.optionCount),
    seats: election.seats,
    ballots: ballotsOf(method, election),
    rules: rulesWith(method, ties),
    tieBreaks,
  })
}

/** Lists fill all seats where there is any vote, and while a tie is open all but those that hang on it. */
function expectListSeats(
  { winners, outcome, statistics, seatsWon }: Tabulation,
  { seats }: ArbitraryElection,
) {
  expect(seatsWon!.reduce((sum, won) => sum + won, 0)).toBe(winners.length)
  if (outcome.kind === 'tied') expect(winners.length).toBeLessThan(seats)
  else expect(winners).toHaveLength(statistics.valid === '0' ? 0 : seats)
}

/** Those that look at the order of the ballots are no functions of how many are alike. */
const orderless = methods.filter(({ needsBallotOrder }) => !needsBallotOrder)

describe.each(orderless.map((method) => [method.id, method] as const))('%s', (_, method) => {
  const elections = electionsFor(method)

  test('is told as the published schemas have it', () => {
    fc.assert(
      fc.property(elections, (election) => {
        const tabulation = count(method, election)
        tabulationSchema.parse(JSON.parse(JSON.stringify(tabulation)))
        countSchema.parse(JSON.parse(JSON.stringify(countJson(reportOf(method, tabulation)))))
      }),
    )
  })

  test('is anonymous: the order of the ballots changes nothing', () => {
    const shuffled = elections.chain((election) =>
      fc.tuple(
        fc.constant(election),
        fc.shuffledSubarray([...election.ballots], { minLength: election.ballots.length }),
      ),
    )
    fc.assert(
      fc.property(shuffled, ([election, ballots]) => {
        expect(count(method, { ...election, ballots })).toEqual(count(method, election))
      }),
    )
  })

  test.skipIf(motions.includes(method.id))('is neutral: renaming the options renames the winners', () => {
    const renamed = elections.chain((election) =>
      fc.tuple(
        fc.constant(election),
        fc.shuffledSubarray([...Array(election.optionCount).keys()], { minLength: election.optionCount }),
      ),
    )
    fc.assert(
      fc.property(renamed, ([election, names]) => {
        const ballots = election.ballots.map(({ ranks, weight }) => ({
          ranks: ranks.map((rank) => rank.map((option) => names[option]!)),
          weight,
        }))
        const before = count(method, election, ['backwards'])
        const after = count(method, { ...election, ballots }, ['backwards'])
        const sorted = (options: readonly number[]) => [...options].sort((a, b) => a - b)
        expect(sorted(after.winners.map(({ option }) => option))).toEqual(
          sorted(before.winners.map(({ option }) => names[option]!)),
        )
        expect(after.outcome.kind).toBe(before.outcome.kind)
      }),
    )
  })

  test('repeats: the same ballots and seed give the same tabulation, as plain data', () => {
    fc.assert(
      fc.property(elections, (election) => {
        const tabulation = count(method, election)
        expect(count(method, election)).toEqual(tabulation)
        expect(JSON.parse(JSON.stringify(tabulation))).toEqual(tabulation)
      }),
    )
  })

  test('weighs: a ballot of weight three is three ballots', () => {
    fc.assert(
      fc.property(elections, (election) => {
        const ballots = election.ballots.flatMap((ballot) => [ballot, ballot, ballot])
        const heavier = election.ballots.map(({ ranks, weight }) => ({
          ranks,
          weight: addDecimals([weight, weight, weight]),
        }))
        expect(count(method, { ...election, ballots: heavier })).toEqual(
          count(method, { ...election, ballots }),
        )
      }),
    )
  })

  test('accounts for everybody: each option has one status, and the seats are filled unless the tabulation says why', () => {
    fc.assert(
      fc.property(elections, (election) => {
        const tabulation = count(method, election, ['backwards'])
        const elected = tabulation.statuses.flatMap(({ kind }, option) =>
          kind === 'elected' ? [option] : [],
        )
        const winners = tabulation.winners.map(({ option }) => option)
        // A list wins as often as it wins a seat.
        expect((method.style === 'list' ? [...new Set(winners)] : winners).sort()).toEqual(elected)
        expect(tabulation.rounds.flatMap((round) => round.elected)).toEqual(
          tabulation.winners.map(({ option }) => option),
        )
        if (method.style === 'list') return expectListSeats(tabulation, election)
        const filled = Math.min(election.seats, election.optionCount)
        if (tabulation.outcome.kind === 'decided' && !seatless.includes(method.id))
          expect(elected).toHaveLength(filled)
        if (tabulation.outcome.kind === 'tied') expect(elected.length).toBeLessThan(filled)
        expect(tabulation.rounds.every(({ sentence }) => sentence.endsWith('.'))).toBe(true)
      }),
    )
  })

  test('adds up: valid, blank and invalid ballots are all that were cast', () => {
    fc.assert(
      fc.property(elections, (election) => {
        const { valid, blank, invalid } = count(method, election).statistics
        const cast = addDecimals(['0', ...election.ballots.map(({ weight }) => weight)])
        expect(addDecimals([valid, blank, invalid])).toBe(cast)
      }),
    )
  })
})

describe.each(['plurality', 'majority', 'two-round', 'irv', 'stv-scottish'])('%s', (id) => {
  test('conserves votes: in every round those of options, exhausted ones and rounding losses are all valid ones', () => {
    const method = methodById(id)
    fc.assert(
      fc.property(electionsFor(method), (election) => {
        const { rounds, statistics } = count(method, election)
        for (const { votes, exhausted, loss } of rounds) {
          expect(addDecimals([...votes, exhausted, loss])).toBe(statistics.valid)
        }
        expect(rounds.at(-1)!.exhausted).toBe(statistics.exhausted)
      }),
    )
  })

  test('writes transfers that explain the change from round to round', () => {
    const method = methodById(id)
    fc.assert(
      fc.property(electionsFor(method), (election) => {
        const { rounds } = count(method, election)
        for (const [position, { transfers, votes }] of rounds.entries()) {
          if (position === 0) continue
          const before = rounds[position - 1]!.votes
          const moved = transfers.flatMap(({ to }) => to)
          for (const [option, after] of votes.entries()) {
            const leaving = transfers.find(({ from }) => from === option)
            const received = moved
              .filter((transfer) => transfer.option === option)
              .map((transfer) => transfer.votes)
            expect(addDecimals([leaving ? leaving.kept : before[option]!, ...received])).toBe(after)
          }
        }
      }),
    )
  })
})

/** What a ballot adds to the total of an option. */
function pointsFor({ style }: Method, ranks: WeightedBallot['ranks'], option: number): number {
  if (style === 'score') return scoreOn(ranks, option) ?? 0
  return ranks.flat().includes(option) ? 1 : 0
}

describe.each(methods.filter(({ takesTotals }) => takesTotals).map((method) => [method.id, method] as const))(
  '%s',
  (_, method) => {
    test('counts totals as it counts the ballots that they are of', () => {
      fc.assert(
        fc.property(electionsFor(method), (election) => {
          const votes = Array.from({ length: election.optionCount }, (_, option) =>
            addDecimals([
              '0',
              ...election.ballots.flatMap(({ ranks, weight }) =>
                Array<string>(pointsFor(method, ranks, option)).fill(weight),
              ),
            ]),
          )
          const weightOf = (ballots: ArbitraryElection['ballots']) =>
            addDecimals(['0', ...ballots.map(({ weight }) => weight)])
          const totals = {
            kind: 'totals' as const,
            votes,
            ballots: weightOf(election.ballots),
            blank: weightOf(
              election.ballots.filter(({ ranks }) =>
                [...votes.keys()].every((option) => pointsFor(method, ranks, option) === 0),
              ),
            ),
          }
          const fromTotals = method.tabulate({
            options: letters(election.optionCount),
            seats: election.seats,
            ballots: totals,
            rules: rulesWith(method, ['lot']),
            tieBreaks: { lot: lot('spring') },
          })
          expect(fromTotals).toEqual(count(method, election, ['lot']))
        }),
      )
    })
  },
)

test('the other methods refuse totals with a sentence', () => {
  const totals = { kind: 'totals' as const, votes: ['1', '0'], ballots: '1', blank: '0' }
  for (const method of methods.filter(({ takesTotals }) => !takesTotals)) {
    const request = { options: ['A', 'B'], seats: 1, ballots: totals, rules: {}, tieBreaks: {} }
    expect(() => method.tabulate(request)).toThrow(expect.objectContaining({ code: 'totals-not-taken' }))
  }
})

test('the quota never falls when ballots are added', () => {
  const method = methodById('stv-scottish')
  const grown = fc.tuple(rankedElections({ equalRanks: false }), fc.integer({ min: 1, max: 50 }))
  fc.assert(
    fc.property(grown, ([election, weight]) => {
      const more = { ranks: [[0]], weight: String(weight) }
      const quota = (ballots: ArbitraryElection['ballots']) =>
        count(method, { ...election, ballots }).rounds[0]!.quota!
      const [before, after] = toCommonScale([
        quota(election.ballots),
        quota([...election.ballots, more]),
      ]).units
      expect(after! >= before!).toBe(true)
      expect(parseDecimal(quota(election.ballots))!.places).toBe(0)
    }),
  )
})
