import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { methodById } from '../../src/tabulation/registry.ts'
import {
  type ArbitraryElection,
  committees,
  rankedElections,
  rankingsOf,
} from '../support/arbitrary-elections.ts'
import { Fraction, sum, zeroFraction } from '../support/fraction.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { letters } from '../support/rankings.ts'
import { byStrength, everyOrder, lockInOrder, slowWins, unbeaten } from '../support/slow-ranked-pairs.ts'
import { slowPairs } from '../support/slow-schulze.ts'

fc.configureGlobal({ numRuns: propertyRuns })

const elections = rankedElections({ equalRanks: true })

function tabulate(method: string, election: ArbitraryElection, rules: object) {
  return methodById(method).tabulate({
    options: letters(election.optionCount),
    seats: 1,
    ballots: rankingsOf(election),
    rules,
    tieBreaks: {},
  })
}

const optionsOf = ({ optionCount }: ArbitraryElection) => [...Array(optionCount).keys()]

const parsed = (decimals: readonly string[]) => decimals.map((decimal) => Fraction.parse(decimal))

const isEqual = (a: readonly Fraction[], b: readonly Fraction[]) =>
  a.every((fraction, position) => fraction.compare(b[position]!) === 0)

test('options are compared as by asking every ballot about every pair', () => {
  fc.assert(
    fc.property(elections, (election) => {
      const votes = slowPairs(election)
      const options = optionsOf(election)
      for (const [a, row] of tabulate('schulze', election, {}).pairwise!.votes.entries()) {
        const expected = options.map((b) => votes(a, b))
        expect(isEqual(parsed(row), expected)).toBe(true)
      }
    }),
  )
})

test('options that are not ranked are not compared, where the rules say so', () => {
  fc.assert(
    fc.property(elections, (election) => {
      const { pairwise } = tabulate('schulze', election, { unranked: 'not compared' })
      for (const [a, row] of pairwise!.votes.entries()) {
        const expected = optionsOf(election).map((b) => {
          const rankOf = (ranks: readonly (readonly number[])[], option: number) =>
            ranks.findIndex((rank) => rank.includes(option))
          const above = election.ballots.filter(
            ({ ranks }) => rankOf(ranks, a) >= 0 && rankOf(ranks, a) < rankOf(ranks, b),
          )
          return sum(above.map(({ weight }) => Fraction.parse(weight)))
        })
        expect(isEqual(parsed(row), expected)).toBe(true)
      }
    }),
  )
})

describe.each(['winning votes', 'margins'] as const)('ranked pairs by %s', (strength) => {
  const order = byStrength(strength)

  test('agrees with locking wins in one by one, equal ones by a given order of the options', () => {
    const ordered = fc
      .oneof(elections, committees)
      .chain((election) =>
        fc.tuple(
          fc.constant(election),
          fc.shuffledSubarray(optionsOf(election), { minLength: election.optionCount }),
        ),
      )
    fc.assert(
      fc.property(ordered, ([election, given]) => {
        const { ranking } = methodById('ranked-pairs').tabulate({
          options: letters(election.optionCount),
          seats: 1,
          ballots: rankingsOf(election),
          rules: { strength, ties: ['order given'] },
          tieBreaks: { order: given },
        })
        const place = (option: number) => given.indexOf(option)
        const wins = slowWins(election).sort(
          (a, b) => order(a, b) || place(b.loser) - place(a.loser) || place(a.winner) - place(b.winner),
        )
        expect(ranking![0]).toEqual(unbeaten(election.optionCount, lockInOrder(wins)))
      }),
    )
  })

  test('by every order agrees with trying all orders of all equal wins', () => {
    const few = fc.oneof(elections, committees).filter(({ optionCount }) => optionCount <= 4)
    fc.assert(
      fc.property(few, (election) => {
        const { ranking } = tabulate('ranked-pairs', election, { strength, equalWins: 'every order' })
        const first = new Set<number>()
        for (const wins of everyOrder(slowWins(election), order)) {
          for (const option of unbeaten(election.optionCount, lockInOrder(wins))) first.add(option)
        }
        expect(ranking![0]).toEqual([...first].sort((a, b) => a - b))
      }),
    )
  })

  test('without equal wins all ways to treat them agree', () => {
    fc.assert(
      fc.property(elections, (election) => {
        const wins = slowWins(election)
        fc.pre(wins.every((a) => wins.every((b) => a === b || order(a, b) !== 0)))
        const rankings = ['tie-breaking ranking', 'every order', 'left out'].map(
          (equalWins) => tabulate('ranked-pairs', election, { strength, equalWins, ties: [] }).ranking,
        )
        expect(rankings[1]).toEqual(rankings[0])
        expect(rankings[2]).toEqual(rankings[0])
      }),
    )
  })
})

function* permutations(options: readonly number[]): Generator<number[]> {
  if (options.length === 0) yield []
  for (const first of options) {
    for (const rest of permutations(options.filter((option) => option !== first))) yield [first, ...rest]
  }
}

test('Kemeny–Young agrees with trying every order', () => {
  const few = fc.oneof(elections, committees).filter(({ optionCount }) => optionCount <= 5)
  fc.assert(
    fc.property(few, (election) => {
      const votes = slowPairs(election)
      const scored = [...permutations(optionsOf(election))].map((order) => ({
        order,
        score: sum(
          order.flatMap((option, place) => order.slice(place + 1).map((other) => votes(option, other))),
        ),
      }))
      const best = scored.map(({ score }) => score).reduce((a, b) => (a.compare(b) >= 0 ? a : b))
      const orders = scored.filter(({ score }) => score.compare(best) === 0).map(({ order }) => order)
      const { ranking, workings } = tabulate('kemeny', election, { ties: [] })
      expect(workings![0]!.title).toBe(`Best orders: ${orders.length}`)
      expect(Fraction.parse(workings![0]!.rows[0]![1]!).compare(best)).toBe(0)
      const bestPlace = (option: number) => Math.min(...orders.map((order) => order.indexOf(option)))
      const places = ranking!.flatMap((equals) => equals.map(bestPlace))
      expect(places).toEqual(places.toSorted((a, b) => a - b))
      expect(ranking![0]).toEqual(optionsOf(election).filter((option) => bestPlace(option) === 0))
    }),
  )
})

/** The points of each option on one ballot, by its places. */
function slowPoints(ranks: readonly (readonly number[])[], optionCount: number, values: readonly Fraction[]) {
  const points = Array.from({ length: optionCount }, () => zeroFraction)
  const missing = [...Array(optionCount).keys()].filter((option) => !ranks.flat().includes(option))
  let place = 0
  for (const rank of [...ranks, missing]) {
    const share = sum(values.slice(place, place + rank.length)).over(new Fraction(BigInt(rank.length || 1)))
    for (const option of rank) points[option] = share
    place += rank.length
  }
  return points
}

test.each([
  ['to zero', (place: number, count: number) => new Fraction(BigInt(count - 1 - place))],
  ['to one', (place: number, count: number) => new Fraction(BigInt(count - place))],
  ['dowdall', (place: number) => new Fraction(1n, BigInt(place + 1))],
] as const)('Borda points %s agree with points given ballot by ballot', (points, worth) => {
  fc.assert(
    fc.property(elections, (election) => {
      const { optionCount, ballots } = election
      const values = optionsOf(election).map((place) => worth(place, optionCount))
      const expected = optionsOf(election).map((option) =>
        sum(
          ballots
            .filter(({ ranks }) => ranks.length > 0)
            .map(({ ranks, weight }) =>
              slowPoints(ranks, optionCount, values)[option]!.times(Fraction.parse(weight)),
            ),
        ),
      )
      const { rounds, ranking } = tabulate('borda', election, { points, ties: [] })
      const shown = parsed(rounds[0]!.votes)
      // Shown with six places more than the weights have, of which these have six at most.
      for (const [option, fraction] of expected.entries()) {
        const error = fraction.minus(shown[option]!)
        expect(error.compare(zeroFraction)).toBeGreaterThanOrEqual(0)
        expect(error.compare(new Fraction(1n, 1_000_000n))).toBeLessThan(0)
      }
      const inOrder = ranking!.flat().map((option) => expected[option]!)
      expect(
        inOrder.every((own, position) => position === 0 || inOrder[position - 1]!.compare(own) >= 0),
      ).toBe(true)
    }),
  )
})

test('Coombs agrees with counting first and last places of every round anew', () => {
  fc.assert(
    fc.property(rankedElections({ equalRanks: false }), (election) => {
      const { winners, ties } = tabulate('coombs', election, { until: 'one is left', ties: [] })
      let left = optionsOf(election)
      while (left.length > 1) {
        const last = new Map(left.map((option) => [option, zeroFraction]))
        for (const { ranks, weight } of election.ballots) {
          if (ranks.length === 0) continue
          const ranked = ranks.flat().filter((option) => left.includes(option))
          const unranked = left.filter((option) => !ranked.includes(option))
          const lowest = unranked.length > 0 ? unranked : ranked.slice(-1)
          const share = Fraction.parse(weight).over(new Fraction(BigInt(lowest.length)))
          for (const option of lowest) last.set(option, last.get(option)!.plus(share))
        }
        const byLast = left.toSorted((a, b) => last.get(b)!.compare(last.get(a)!))
        if (last.get(byLast[0]!)!.compare(last.get(byLast[1]!)!) === 0) break
        left = left.filter((option) => option !== byLast[0])
      }
      expect(winners.map(({ option }) => option)).toEqual(left.length === 1 ? left : [])
      expect(ties.length > 0).toBe(left.length > 1)
    }),
  )
})
