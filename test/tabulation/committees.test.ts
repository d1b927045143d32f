import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { methodById } from '../../src/tabulation/registry.ts'
import type { Tabulation } from '../../src/tabulation/tabulation.ts'
import {
  type ArbitraryElection,
  lot,
  selectionElections,
  selectionsOf,
} from '../support/arbitrary-elections.ts'
import { Fraction, sum } from '../support/fraction.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { letters } from '../support/rankings.ts'
import { committeesOf, slowEqualShares, slowPhragmen, slowThiele } from '../support/slow-committees.ts'

fc.configureGlobal({ numRuns: propertyRuns })

const elections = selectionElections(6)

function count(method: string, election: ArbitraryElection, rules: object = {}): Tabulation {
  return methodById(method).tabulate({
    options: letters(election.optionCount),
    seats: election.seats,
    ballots: selectionsOf(election),
    rules: { ties: ['order given'], ...rules },
    tieBreaks: { lot: lot('spring') },
  })
}

const winnersOf = ({ winners }: Tabulation) => winners.map(({ option }) => option)
const ascending = (options: readonly number[]) => [...options].sort((a, b) => a - b)
const seatsFilled = ({ seats, optionCount }: ArbitraryElection) => Math.min(seats, optionCount)

/** Elections with fewer seats than options: with as many there is nothing to choose. */
const contested = elections.filter(({ seats, optionCount }) => seats < optionCount)

const worths = {
  harmonic: (member: number) => new Fraction(1n, BigInt(member)),
  'sainte-lague': (member: number) => new Fraction(1n, BigInt(2 * member - 1)),
  geometric: (member: number) => new Fraction(1n, 2n ** BigInt(member - 1)),
}

describe('agreement with a slow and obvious count in exact fractions', () => {
  test.each(Object.entries(worths))('PAV with %s weights: of all committees the best', (weights, worth) => {
    fc.assert(
      fc.property(contested, (election) => {
        const tabulation = count('pav', election, { weights })
        const best = slowThiele(election, worth)
        expect(tabulation.committees).toEqual(best)
        expect(best).toContainEqual(ascending(winnersOf(tabulation)))
      }),
    )
  })

  test('Chamberlin–Courant: of all committees those that represent most ballots', () => {
    fc.assert(
      fc.property(contested, (election) => {
        const worth = (member: number) => new Fraction(member === 1 ? 1n : 0n)
        expect(count('cc', election).committees).toEqual(slowThiele(election, worth))
      }),
    )
  })

  test("Phragmén's sequential rule: load by load", () => {
    fc.assert(
      fc.property(contested, (election) => {
        expect(winnersOf(count('phragmen-seq', election))).toEqual(slowPhragmen(election))
      }),
    )
  })

  test('equal shares: payment by payment', () => {
    fc.assert(
      fc.property(contested, (election) => {
        const tabulation = count('equal-shares', election, { completion: 'none' })
        expect(winnersOf(tabulation)).toEqual(slowEqualShares(election))
      }),
    )
  })
})

describe('justified representation', () => {
  /** Ballots that agree on so many options are entitled to as many members for each n ÷ seats of them. */
  function isJustified(
    { optionCount, seats, ballots }: ArbitraryElection,
    elected: readonly number[],
    most: number,
  ) {
    const all = sum(ballots.map(({ weight }) => Fraction.parse(weight)))
    for (let members = 1; members <= Math.min(most, optionCount); members++) {
      for (const agreed of committeesOf(optionCount, members)) {
        const slighted = ballots.filter(({ ranks }) => {
          const approved = ranks.flat()
          const has = approved.filter((option) => elected.includes(option)).length
          return agreed.every((option) => approved.includes(option)) && has < members
        })
        const weight = sum(slighted.map((ballot) => Fraction.parse(ballot.weight)))
        const entitled = all.times(new Fraction(BigInt(members), BigInt(seats)))
        if (all.top > 0n && weight.compare(entitled) >= 0) return false
      }
    }
    return true
  }

  test.each([
    ['pav', {}, 'extended'],
    ['equal-shares', {}, 'extended'],
    ['equal-shares', { completion: 'approvals' }, 'extended'],
    ['phragmen-seq', {}, 'simple'],
    ['cc', {}, 'simple'],
    ['cc', { algorithm: 'sequential' }, 'simple'],
  ] as const)('%s %j: no group that agrees and is large enough goes without (%s)', (method, rules, kind) => {
    fc.assert(
      fc.property(contested, (election) => {
        const elected = winnersOf(count(method, election, rules))
        expect(isJustified(election, elected, kind === 'extended' ? election.seats : 1)).toBe(true)
      }),
    )
  })
})

describe('a house of one seat more', () => {
  test.each([
    ['pav', { algorithm: 'sequential' }],
    ['cc', { algorithm: 'sequential' }],
    ['phragmen-seq', {}],
  ])('%s %j keeps everybody in', (method, rules) => {
    fc.assert(
      fc.property(
        contested.filter(({ seats, optionCount }) => seats + 1 < optionCount),
        (election) => {
          const larger = winnersOf(count(method, { ...election, seats: election.seats + 1 }, rules))
          expect(winnersOf(count(method, election, rules))).toEqual(larger.slice(0, election.seats))
        },
      ),
    )
  })
})

describe('what ballots carry or pay adds up', () => {
  const exact = (text: string) => {
    const [top, bottom = '1'] = text.split('/')
    return new Fraction(BigInt(top!), BigInt(bottom))
  }
  const total = (rows: readonly (readonly string[])[]) =>
    sum(rows.map(([, value, ballots]) => exact(value!).times(Fraction.parse(ballots!))))

  test("Phragmén's loads: to one for each seat that somebody approves", () => {
    fc.assert(
      fc.property(contested, (election) => {
        const approved = election.ballots.flatMap(({ ranks }) => ranks.flat())
        const tables = count('phragmen-seq', election).workings!.slice(1)
        for (const [position, { rows }] of tables.entries()) {
          const carried = BigInt(Math.min(position + 1, new Set(approved).size))
          expect(total(rows).compare(new Fraction(carried))).toBe(0)
        }
      }),
    )
  })

  test('equal shares: the budgets lose one for each seat', () => {
    fc.assert(
      fc.property(
        contested.filter(({ ballots }) => ballots.length > 0),
        (election) => {
          const tables = count('equal-shares', election, { completion: 'none' }).workings!.slice(1)
          for (const [position, { rows }] of tables.entries()) {
            expect(total(rows).compare(new Fraction(BigInt(election.seats - position - 1)))).toBe(0)
          }
        },
      ),
    )
  })
})

describe('every committee that a tie leaves possible is listed', () => {
  test.each([
    ['pav', {}],
    ['pav', { algorithm: 'sequential' }],
    ['pav', { algorithm: 'reverse sequential' }],
    ['cc', {}],
    ['cc', { algorithm: 'sequential' }],
    ['phragmen-seq', {}],
    ['equal-shares', {}],
    ['equal-shares', { completion: 'approvals' }],
  ])('%s %j, whatever decides the tie', (method, rules) => {
    const decided = fc.tuple(contested, fc.string({ maxLength: 4 }))
    fc.assert(
      fc.property(decided, ([election, seed]) => {
        const tabulation = methodById(method).tabulate({
          options: letters(election.optionCount),
          seats: election.seats,
          ballots: selectionsOf(election),
          rules: { ...rules, ties: ['lot'] },
          tieBreaks: { lot: lot(seed) },
        })
        expect(tabulation.committees).toContainEqual(ascending(winnersOf(tabulation)))
        expect(tabulation.winners).toHaveLength(seatsFilled(election))
        // The same list, whether ties are decided or left open.
        expect(count(method, election, { ...rules, ties: [] }).committees).toEqual(tabulation.committees)
      }),
    )
  })
})

test('with larger budgets all seats are filled, if enough options are approved', () => {
  fc.assert(
    fc.property(contested, (election) => {
      const whole = election.ballots.map(({ ranks }) => ({ ranks, weight: '1' }))
      const tabulation = count(
        'equal-shares',
        { ...election, ballots: whole },
        { completion: 'larger budgets' },
      )
      expect(tabulation.winners).toHaveLength(seatsFilled(election))
    }),
  )
})

test('each round says in a sentence who is elected and why', () => {
  const ballots = [
    { ranks: [[0, 1]], weight: '6' },
    { ranks: [[0]], weight: '1' },
    { ranks: [[2]], weight: '4' },
  ]
  const sentences = (method: string, rules: object) =>
    count(method, { optionCount: 3, seats: 2, ballots }, rules).rounds.map(({ sentence }) => sentence)
  expect(sentences('equal-shares', {})).toEqual([
    'A is elected: its supporters pay for the seat at the lowest price, at most 1/7 each.',
    'C is elected: no supporters can pay for a seat any more, and its supporters carry the seat with the least load, 3/44 for each.',
  ])
  expect(sentences('pav', { algorithm: 'sequential' })).toEqual([
    "A is elected: it adds most to the committee's score, 7.",
    "C is elected: it adds most to the committee's score, 4.",
  ])
  expect(sentences('pav', { algorithm: 'reverse sequential' })).toEqual([
    'B is excluded: without it the committee loses least of its score, 3. A and C are elected.',
  ])
  expect(sentences('pav', {})).toEqual(['One committee has the highest score of all. A and C are elected.'])
})

test('where all committees can not be compared in reasonable time, the count says so', () => {
  const nobody = { optionCount: 40, seats: 20, ballots: [] }
  expect(() => count('pav', nobody)).toThrow(expect.objectContaining({ code: 'too-large' }))
  expect(count('pav', nobody, { algorithm: 'sequential' }).winners).toHaveLength(20)
})

test.each(['pav', 'cc', 'phragmen-seq', 'equal-shares', 'sav'])(
  '%s elects nobody who has withdrawn',
  (method) => {
    const ballots = [
      { ranks: [[0, 1]], weight: '6' },
      { ranks: [[2]], weight: '4' },
      { ranks: [[0]], weight: '3' },
    ]
    const election = { optionCount: 3, seats: 1, ballots }
    const tabulation = methodById(method).tabulate({
      options: letters(3),
      withdrawn: [0],
      seats: 1,
      ballots: selectionsOf(election),
      rules: { ties: [] },
      tieBreaks: {},
    })
    expect(winnersOf(tabulation)).toEqual([1])
    expect(tabulation.statuses.map(({ kind }) => kind)).toEqual(['withdrawn', 'elected', 'not elected'])
    expect(tabulation.statistics.blank).toBe('3')
  },
)
