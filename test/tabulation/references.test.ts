import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { methodById } from '../../src/tabulation/registry.ts'
import { type ArbitraryElection, rankedElections, rankingsOf } from '../support/arbitrary-elections.ts'
import { Fraction } from '../support/fraction.ts'
import { letters } from '../support/rankings.ts'
import { slowBeats, slowPairs } from '../support/slow-schulze.ts'
import { slowScottishCount } from '../support/slow-scottish.ts'

function tabulate(method: string, election: ArbitraryElection, rules: object) {
  return methodById(method).tabulate({
    options: letters(election.optionCount),
    seats: election.seats,
    ballots: rankingsOf(election),
    rules,
    tieBreaks: { decide: ({ among }) => [among[0]!] },
  })
}

const isEqual = (decimal: string, fraction: Fraction) => Fraction.parse(decimal).compare(fraction) === 0

test('Scottish STV agrees at every stage with papers moved one by one in exact fractions', () => {
  fc.assert(
    fc.property(rankedElections({ equalRanks: false }), (election) => {
      const { rounds } = tabulate('stv-scottish', election, { ties: ['backwards', 'ask'] })
      const slow = slowScottishCount(election)
      expect(rounds.map(({ elected }) => elected)).toEqual(slow.map(({ elected }) => elected))
      for (const [position, { votes, exhausted }] of rounds.entries()) {
        const stage = slow[position]!
        expect(votes.every((decimal, option) => isEqual(decimal, stage.votes[option]!))).toBe(true)
        expect(isEqual(exhausted, stage.exhausted)).toBe(true)
      }
    }),
    { numRuns: 500 },
  )
})

test.each(['winning votes', 'winning votes then against', 'margins', 'ratio'] as const)(
  'Schulze by %s agrees with trying every path',
  (strength) => {
    fc.assert(
      fc.property(rankedElections({ equalRanks: true }), (election) => {
        const { ranking } = tabulate('schulze', election, { strength, ties: [] })
        const beats = slowBeats(election, strength)
        const rankOf = (option: number) => ranking!.findIndex((equals) => equals.includes(option))
        for (let a = 0; a < election.optionCount; a++) {
          const beaten = [...Array(election.optionCount).keys()].filter((b) => b !== a && beats(a, b))
          for (const b of beaten) expect(rankOf(a)).toBeLessThan(rankOf(b))
        }
        const unbeaten = [...Array(election.optionCount).keys()].filter((a) =>
          [...Array(election.optionCount).keys()].every((b) => a === b || !beats(b, a)),
        )
        expect(ranking![0]).toEqual(unbeaten)
      }),
      { numRuns: 150 },
    )
  },
)

test('Schulze elects whoever beats every other in pairs', () => {
  fc.assert(
    fc.property(rankedElections({ equalRanks: true }), (election) => {
      const votes = slowPairs(election)
      const options = [...Array(election.optionCount).keys()]
      const condorcetWinner = options.find((a) =>
        options.every((b) => a === b || votes(a, b).compare(votes(b, a)) > 0),
      )
      fc.pre(condorcetWinner !== undefined)
      for (const strength of ['winning votes', 'margins', 'ratio']) {
        const { ranking } = tabulate('schulze', election, { strength, ties: [] })
        expect(ranking![0]).toEqual([condorcetWinner])
      }
    }),
  )
})

/** Counts every round from the ballots anew; `undefined` where two are lowest. */
function slowRunoffWinner({ optionCount, ballots }: ArbitraryElection): number | undefined {
  let continuing = [...Array(optionCount).keys()]
  for (;;) {
    const votes = new Map(continuing.map((option) => [option, new Fraction(0n)]))
    for (const { ranks, weight } of ballots) {
      const choice = ranks.flat().find((option) => continuing.includes(option))
      if (choice !== undefined) votes.set(choice, votes.get(choice)!.plus(Fraction.parse(weight)))
    }
    const byVotes = continuing.toSorted((a, b) => votes.get(a)!.compare(votes.get(b)!))
    const all = [...votes.values()].reduce((total, number) => total.plus(number))
    const leader = byVotes.at(-1)!
    if (votes.get(leader)!.times(new Fraction(2n)).compare(all) > 0 || continuing.length === 1) return leader
    if (votes.get(byVotes[0]!)!.compare(votes.get(byVotes[1]!)!) === 0) return undefined
    continuing = continuing.filter((option) => option !== byVotes[0])
  }
}

test('instant runoff agrees with counting every round from the ballots anew', () => {
  fc.assert(
    fc.property(rankedElections({ equalRanks: false }), (election) => {
      const { winners, outcome } = tabulate('irv', { ...election, seats: 1 }, { ties: [] })
      const slow = slowRunoffWinner(election)
      expect(winners.map(({ option }) => option)).toEqual(slow === undefined ? [] : [slow])
      expect(outcome.kind).toBe(slow === undefined ? 'tied' : 'decided')
    }),
    { numRuns: 500 },
  )
})
