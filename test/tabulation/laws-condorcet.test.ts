import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { methodById } from '../../src/tabulation/registry.ts'
import {
  type ArbitraryElection,
  committees,
  rankedElections,
  rankingsOf,
} from '../support/arbitrary-elections.ts'
import { Fraction, sum } from '../support/fraction.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { letters } from '../support/rankings.ts'
import { slowPairs } from '../support/slow-schulze.ts'

fc.configureGlobal({ numRuns: propertyRuns })

/** A method, with the rules by which it keeps a promise. */
type Promised = readonly [name: string, id: string, rules: object]

const schulze: readonly Promised[] = ['winning votes', 'winning votes then against', 'margins', 'ratio'].map(
  (strength) => [`schulze by ${strength}`, 'schulze', { strength }],
)

const rankedPairs: readonly Promised[] = ['tie-breaking ranking', 'every order', 'left out'].map(
  (equalWins) => [`ranked-pairs, ${equalWins}`, 'ranked-pairs', { equalWins }],
)

const plain = (...ids: readonly string[]): Promised[] => ids.map((id) => [id, id, {}])

const smithEfficient: readonly Promised[] = [
  ...schulze,
  ...rankedPairs,
  ...plain('copeland', 'llull', 'kemeny', 'nanson', 'baldwin', 'benham', 'tideman-alternative'),
  ...plain('schulze-repeated'),
]

const electsCondorcetWinner: readonly Promised[] = [
  ...smithEfficient,
  ...plain('minimax', 'black', 'dodgson-quick'),
  ['minimax by margins', 'minimax', { measure: 'margins' }],
  ["dodgson-quick, Tideman's", 'dodgson-quick', { approximation: 'tideman' }],
]

const electsMajority: readonly Promised[] = [
  ...electsCondorcetWinner,
  ...plain('irv-repeated', 'contingent', 'supplementary', 'coombs', 'bucklin'),
]

const neverElectsCondorcetLoser: readonly Promised[] = [
  ...smithEfficient,
  ...plain('black', 'borda', 'contingent', 'irv-repeated'),
]

function tabulate(id: string, election: ArbitraryElection, rules: object) {
  return methodById(id).tabulate({
    options: letters(election.optionCount),
    seats: 1,
    ballots: rankingsOf(election),
    rules: { ...rules, ties: [] },
    tieBreaks: {},
  })
}

/** The elected, or those among whom a tie for the seat is open; all where it is a tie on the way there. */
function possibleWinners(id: string, election: ArbitraryElection, rules: object): readonly number[] {
  const { outcome, winners } = tabulate(id, election, rules)
  if (outcome.kind === 'decided') return winners.map(({ option }) => option)
  return outcome.kind === 'tied' && outcome.tie.to === 'elect' ? outcome.tie.among : optionsOf(election)
}

const optionsOf = ({ optionCount }: ArbitraryElection) => [...Array(optionCount).keys()]

function beats(election: ArbitraryElection): (a: number, b: number) => boolean {
  const votes = slowPairs(election)
  return (a, b) => votes(a, b).compare(votes(b, a)) > 0
}

const elections = fc.oneof(rankedElections({ equalRanks: true }), committees)
const strictElections = fc.oneof(rankedElections({ equalRanks: false }), committees)

describe.each(electsCondorcetWinner)('%s', (_, id, rules) => {
  test('elects whoever beats every other in pairs', () => {
    fc.assert(
      fc.property(elections, (election) => {
        const wins = beats(election)
        const options = optionsOf(election)
        const best = options.find((a) => options.every((b) => a === b || wins(a, b)))
        fc.pre(best !== undefined)
        expect(possibleWinners(id, election, rules)).toContain(best)
        // A tie on the way, between others, can be open still.
        const { winners } = tabulate(id, election, rules)
        expect([[], [best]]).toContainEqual(winners.map(({ option }) => option))
      }),
    )
  })
})

describe.each(electsMajority)('%s', (_, id, rules) => {
  test('elects whoever is alone in the first rank of more than half of the ballots', () => {
    fc.assert(
      fc.property(strictElections, (election) => {
        const weightOf = (ballots: ArbitraryElection['ballots']) =>
          sum(ballots.map(({ weight }) => Fraction.parse(weight)))
        const cast = election.ballots.filter(({ ranks }) => ranks.length > 0)
        const favourite = optionsOf(election).find(
          (option) =>
            weightOf(cast.filter(({ ranks }) => ranks[0]![0] === option))
              .times(new Fraction(2n))
              .compare(weightOf(cast)) > 0,
        )
        fc.pre(favourite !== undefined)
        const { winners } = tabulate(id, election, rules)
        expect([[], [favourite]]).toContainEqual(winners.map(({ option }) => option))
        expect(possibleWinners(id, election, rules)).toContain(favourite)
      }),
    )
  })
})

describe.each(neverElectsCondorcetLoser)('%s', (_, id, rules) => {
  test('never elects whom every other beats in pairs', () => {
    fc.assert(
      fc.property(strictElections, (election) => {
        const wins = beats(election)
        const options = optionsOf(election)
        const worst = options.find((a) => options.every((b) => a === b || wins(b, a)))
        fc.pre(worst !== undefined)
        const { winners, outcome } = tabulate(id, election, rules)
        expect(winners.map(({ option }) => option)).not.toContain(worst)
        if (outcome.kind === 'tied' && outcome.tie.to === 'elect')
          expect(outcome.tie.among).not.toContain(worst)
      }),
    )
  })
})

/** Sets that each beat all outside are nested, so the smallest is the first of all sets by size that does. */
function slowSmithSet(election: ArbitraryElection): number[] {
  const wins = beats(election)
  const options = optionsOf(election)
  const sets = options.reduce<number[][]>(
    (all, option) => all.concat(all.map((set) => [...set, option])),
    [[]],
  )
  const dominating = sets.filter(
    (set) => set.length > 0 && set.every((a) => options.every((b) => set.includes(b) || wins(a, b))),
  )
  return dominating.sort((a, b) => a.length - b.length)[0]!
}

describe.each(smithEfficient)('%s', (_, id, rules) => {
  test('elects from the smallest set that beats all outside', () => {
    fc.assert(
      fc.property(elections, (election) => {
        const smith = slowSmithSet(election)
        const { winners, outcome } = tabulate(id, election, rules)
        const chosen = winners.map(({ option }) => option)
        const tied = outcome.kind === 'tied' && outcome.tie.to === 'elect' ? outcome.tie.among : []
        for (const option of [...chosen, ...tied]) expect(smith).toContain(option)
      }),
    )
  })
})

test('every comparison shows the Smith set, and a Schwartz set within it', () => {
  fc.assert(
    fc.property(elections, (election) => {
      const { workings } = tabulate('copeland', election, {})
      const shown = Object.fromEntries(workings!.at(-1)!.rows as [string, string][])
      const names = (text: string) => text.match(/[A-Z]/g)!
      const smith = slowSmithSet(election).map((option) => letters(election.optionCount)[option]!)
      expect(names(shown['Smith set']!)).toEqual(smith)
      for (const name of names(shown['Schwartz set']!)) expect(smith).toContain(name)
    }),
  )
})

/** The same ballots with the lowest first, options that they don't rank included. */
function reversed(election: ArbitraryElection): ArbitraryElection {
  const ballots = election.ballots.map(({ ranks, weight }) => {
    const missing = optionsOf(election).filter((option) => !ranks.flat().includes(option))
    return { ranks: (missing.length > 0 ? [...ranks, missing] : ranks).toReversed(), weight }
  })
  return { ...election, ballots }
}

describe.each(schulze)('%s', (_, id, rules) => {
  test('does not elect the same option when every ballot is reversed', () => {
    fc.assert(
      fc.property(elections, (election) => {
        const winners = possibleWinners(id, election, rules)
        fc.pre(winners.length === 1)
        expect(possibleWinners(id, reversed(election), rules)).not.toEqual(winners)
      }),
    )
  })
})

/** A second option right behind or before one, on every ballot that ranks it. */
function withClone(election: ArbitraryElection, original: number): ArbitraryElection {
  const clone = election.optionCount
  const ballots = election.ballots.map(({ ranks, weight }, number) => ({
    weight,
    ranks: ranks.flatMap((rank) => {
      if (!rank.includes(original)) return [rank]
      if (rank.length > 1) return [[...rank, clone]]
      return number % 3 === 0 ? [[clone], [original]] : [[original], [clone]]
    }),
  }))
  return { ...election, optionCount: clone + 1, ballots }
}

describe.each([
  ...schulze,
  ['ranked-pairs, every order', 'ranked-pairs', { equalWins: 'every order' }] as const,
])('%s', (_, id, rules) => {
  test('is not moved by a clone: the winner stays, or is one of the two', () => {
    fc.assert(
      fc.property(elections, fc.nat(), (election, which) => {
        const original = which % election.optionCount
        const winners = possibleWinners(id, election, rules)
        fc.pre(winners.length === 1)
        const after = possibleWinners(id, withClone(election, original), rules)
        const merged = after.map((option) => (option === election.optionCount ? original : option))
        expect([...new Set(merged)]).toEqual(winners)
      }),
    )
  })
})
