import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scoreGroups } from '../../src/tabulation/ballot-grouping.ts'
import type { TabulationRequest } from '../../src/tabulation/method.ts'
import { methodById } from '../../src/tabulation/registry.ts'
import { compareMajorityValues } from '../../src/tabulation/scores/majority-value.ts'
import {
  type ArbitraryElection,
  lot,
  scoredElections,
  scoreOn,
  scoresOf,
} from '../support/arbitrary-elections.ts'
import { Fraction } from '../support/fraction.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { letters } from '../support/rankings.ts'
import { slowMajorityOrder, slowPreference, slowSequentialScore, slowTotal } from '../support/slow-scores.ts'

fc.configureGlobal({ numRuns: propertyRuns })

/** Ballots written as in "3 520", a digit for each option's score, "-" for none; one a line. */
function scores(text: string) {
  const lines = text.split('\n').map((line) => line.split(' '))
  const grouping = scoreGroups(lines[0]![1]!.length)
  for (const [weight, digits] of lines) {
    const entries = [...digits!].flatMap((digit, option) => (digit === '-' ? [] : [option, Number(digit)]))
    grouping.add(entries, weight)
  }
  return grouping.finish()
}

function tabulate(id: string, text: string, request: Partial<TabulationRequest> = {}) {
  const ballots = scores(text)
  const options = letters(ballots.optionCount)
  return methodById(id).tabulate({ options, seats: 1, rules: {}, tieBreaks: {}, ...request, ballots })
}

const elected = ({ winners }: ReturnType<typeof tabulate>) =>
  winners.map(({ option }) => 'ABCDEFGH'[option]).join('')

describe('score voting', () => {
  test.each([
    ['the sum', {}, 'B', ['9', '10', '0']],
    ['the average of all valid ballots', { by: 'average' }, 'B', ['2.25', '2.5', '0']],
    [
      'the average of the scores given',
      { by: 'average', unscored: 'not counted' },
      'A',
      ['4.5', '3.333333', '0'],
    ],
  ])('elects by %s', (_, rules, winner, votes) => {
    const tabulation = tabulate('score', '1 54-\n1 43-\n1 -3-\n1 --0', { rules })
    expect(elected(tabulation)).toBe(winner)
    expect(tabulation.rounds[0]!.votes).toEqual(votes)
  })

  test('where the lowest score is 1 an option left out has 1, and a 0 makes a ballot invalid', () => {
    const { rounds, statistics } = tabulate('score', '2 5-\n1 14\n1 09', { rules: { lowestScore: 1 } })
    expect(rounds[0]!.votes).toEqual(['11', '6'])
    expect(statistics.invalid).toBe('1')
  })

  test('a ballot with a score out of range is invalid, and one without any is blank', () => {
    const { statistics } = tabulate('score', '3 53\n2 60\n1 --', { rules: { highestScore: 5 } })
    expect(statistics).toMatchObject({ valid: '3', blank: '1', invalid: '2' })
  })

  test('an option that nobody scored has no average, and is last', () => {
    const rules = { by: 'average', unscored: 'not counted' }
    expect(tabulate('score', '2 0-', { rules }).ranking).toEqual([[0], [1]])
  })
})

describe('STAR', () => {
  test('the higher score loses to the one that more ballots prefer', () => {
    const tabulation = tabulate('star', '4 540\n3 054\n2 305')
    expect(elected(tabulation)).toBe('A')
    expect(tabulation.rounds.map(({ votes, exhausted }) => [votes, exhausted])).toEqual([
      [['26', '31', '22'], '0'],
      [['6', '3', '0'], '0'],
    ])
    expect(tabulation.rounds.map(({ sentence }) => sentence)).toEqual([
      'The scores are added up. B (31) and A (26) go on to the runoff.',
      'Preferred: B by 3, A by 6; 0 score them alike. A is elected.',
    ])
  })

  test('of three with the same score the one that loses most matchups stays behind', () => {
    // Each has 6 stars. A beats B; C is preferred to each by as many as prefer that one.
    const tabulation = tabulate('star', '1 412\n1 252\n1 002')
    expect(tabulation.ties[0]).toMatchObject({
      to: 'enter the runoff',
      chosen: [0, 2],
      decisions: [{ by: 'comparison', of: 'the fewest head-to-head matchups lost' }],
    })
  })

  test('those that lost as many are compared once more, without the others', () => {
    const { ties, rounds } = tabulate('star', '1 255\n2 534\n1 453')
    expect(ties[0]!.decisions.map((decision) => 'figures' in decision && decision.figures)).toEqual([
      [
        { option: 0, figure: '0' },
        { option: 1, figure: '1' },
        { option: 2, figure: '1' },
      ],
      [
        { option: 1, figure: '1' },
        { option: 2, figure: '0' },
      ],
    ])
    expect(rounds[1]!.action).toEqual({ kind: 'runoff', options: [0, 2] })
  })

  test('then the number of ballots with five stars decides, and at last the chain of the rules', () => {
    const byFives = tabulate('star', '1 551\n1 504')
    expect(byFives.ties[0]).toMatchObject({ among: [1, 2], chosen: [1] })
    expect(byFives.ties[0]!.decisions).toMatchObject([{ of: 'the most scores of 5' }])
    const open = tabulate('star', '1 551\n1 515')
    expect(open.outcome).toMatchObject({
      kind: 'tied',
      tie: { to: 'enter the runoff', among: [1, 2], choose: 1 },
    })
    expect(open.statuses.map(({ kind }) => kind)).toEqual(['open', 'open', 'open'])
    expect(open.rounds[0]!.sentence).toContain('the tie is open')
  })

  test('starvote takes the votes of all matchups together, and can send others to the runoff', () => {
    const finalists = (rules: object) => {
      const { action } = tabulate('star', '1 412\n1 252\n1 002', { rules }).rounds[1]!
      return action.kind === 'runoff' && [...action.options].sort()
    }
    expect(finalists({})).toEqual([0, 2])
    expect(finalists({ headToHead: 'most votes in all matchups' })).toEqual([1, 2])
  })

  test('a runoff in which as many prefer the one as the other goes by the score, then by five stars', () => {
    const byScore = tabulate('star', '1 50\n1 34')
    expect(elected(byScore)).toBe('A')
    expect(byScore.ties[0]!.decisions).toEqual([
      {
        by: 'comparison',
        of: 'the higher score',
        figures: [
          { option: 0, figure: '8' },
          { option: 1, figure: '4' },
        ],
      },
    ])
    const byFives = tabulate('star', '1 52\n1 14\n1 00')
    expect(elected(byFives)).toBe('A')
    expect(byFives.ties[0]!.decisions.map((decision) => 'of' in decision && decision.of)).toEqual([
      'the most scores of 5',
    ])
    expect(byFives.rounds[1]!.sentence).toContain('A, by the most scores of 5.')
  })

  test('a traced ballot gives its scores, and then one vote to the finalist that it prefers, if it prefers one', () => {
    const traced = (trace: number) =>
      tabulate('star', '4 540\n3 054\n2 305\n1 443', { trace }).rounds.map((round) => round.traced)
    expect(traced(1)).toEqual([
      [
        { option: 1, votes: '5' },
        { option: 2, votes: '4' },
      ],
      [{ option: 1, votes: '1' }],
    ])
    expect(traced(3)[1]).toEqual([])
  })

  test('a ballot traced through allocated score counts for less once it was allocated in part', () => {
    const request = { seats: 2, trace: 0 }
    const { rounds } = tabulate('allocated-score', '5 540\n1 450\n3 015', request)
    expect(rounds[1]!.traced).toEqual([{ option: 1, votes: '0.4' }])
  })

  test('fills one seat only, and says what fills several', () => {
    expect(() => tabulate('star', '1 50', { seats: 2 })).toThrow(/star-bloc.*allocated-score/)
  })

  test('with as many options as seats a block needs no runoff, nor the decision of a tie', () => {
    const tabulation = tabulate('star-bloc', '1 33', { seats: 2 })
    expect(tabulation).toMatchObject({ outcome: { kind: 'decided' }, ties: [] })
    expect(elected(tabulation)).toBe('AB')
  })
})

describe('majority judgment', () => {
  test('of equal medians the next ones decide', () => {
    const tabulation = tabulate('majority-judgment', '4 630\n3 254\n2 330')
    expect(tabulation.ranking).toEqual([[0], [1], [2]])
    expect(tabulation.workings![0]!.rows[0]!.slice(-3)).toEqual(['3', '4 (44.444444 %)', '3 (33.333333 %)'])
  })

  test('only the same grades are a tie', () => {
    const tabulation = tabulate('majority-judgment', '1 52\n1 25')
    expect(tabulation.outcome.kind).toBe('tied')
    expect(elected(tabulate('majority-judgment', '1 52\n1 35'))).toBe('A')
  })

  test.each([
    ['assumed grade', 0, 'B'],
    ['assumed grade', 4, 'A'],
    ['not counted', 0, 'A'],
  ])('an option without a grade: %s %i', (ungraded, assumedGrade, winner) => {
    const text = '2 53\n3 -3'
    expect(elected(tabulate('majority-judgment', text, { rules: { ungraded, assumedGrade } }))).toBe(winner)
  })

  test('by the gauge only the larger of both sides decides, and can leave a tie', () => {
    // Both have the median 2, and two of five grades are better. One of A's is worse.
    const order = (rules: object) => tabulate('majority-judgment', '2 55\n2 22\n1 12', { rules }).ranking
    expect(order({ sameMedian: 'majority gauge' })).toEqual([[0, 1]])
    expect(order({})).toEqual([[1], [0]])
  })

  test('agrees with taking one median after the other away', () => {
    const merit = (given: readonly number[]) => ({
      grades: [0, 1, 2, 3, 4].map((grade) => BigInt(given.filter((each) => each === grade).length)),
      total: BigInt(given.length),
    })
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }).chain((length) => {
          const grades = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: length, maxLength: length })
          return fc.tuple(grades, grades)
        }),
        ([first, second]) => {
          expect(Math.sign(compareMajorityValues(merit(first), merit(second)))).toBe(
            Math.sign(slowMajorityOrder(first, second)),
          )
        },
      ),
    )
  })
})

function count(method: string, election: ArbitraryElection, rules: object = {}) {
  return methodById(method).tabulate({
    options: letters(election.optionCount),
    seats: election.seats,
    ballots: scoresOf(election),
    rules: { ties: ['order given'], ...rules },
    tieBreaks: { lot: lot('spring') },
  })
}

describe('agreement with a count ballot by ballot in exact fractions', () => {
  test.each(['allocated-score', 'sss', 'rrv'] as const)('%s', (method) => {
    fc.assert(
      fc.property(
        scoredElections(5).filter(({ seats, optionCount }) => seats < optionCount),
        (election) => {
          const winners = count(method, election).winners.map(({ option }) => option)
          expect(winners).toEqual(slowSequentialScore(method, election))
        },
      ),
    )
  })

  test('STAR: the finalists have the highest totals, and the winner is preferred', () => {
    fc.assert(
      fc.property(scoredElections(5), (election) => {
        const { rounds, winners } = count('star', { ...election, seats: 1 })
        const { action } = rounds.at(-1)!
        if (action.kind !== 'runoff') throw new Error('no runoff')
        const others = [...Array(election.optionCount).keys()].filter(
          (option) => !action.options.includes(option),
        )
        for (const finalist of action.options) {
          for (const other of others) {
            expect(slowTotal(election, finalist).compare(slowTotal(election, other))).toBeGreaterThanOrEqual(
              0,
            )
          }
        }
        const winner = winners[0]!.option
        const loser = action.options.find((option) => option !== winner)!
        const preferred = slowPreference(election, winner, loser)
        expect(preferred.compare(slowPreference(election, loser, winner))).toBeGreaterThanOrEqual(0)
        expect(preferred.compare(Fraction.parse(rounds.at(-1)!.votes[winner]!))).toBe(0)
      }),
    )
  })
})

test('a majority that gives one option the best grade, and no other, elects it by majority judgment', () => {
  fc.assert(
    fc.property(scoredElections(5), (election) => {
      const others = election.ballots.reduce((sum, { weight }) => sum + Math.ceil(Number(weight)), 0)
      const bloc = { ranks: [[0]], weight: String(others + 1) }
      const { winners } = count('majority-judgment', {
        ...election,
        seats: 1,
        ballots: [...election.ballots, bloc],
      })
      expect(winners[0]!.option).toBe(0)
    }),
  )
})

test.each(['score', 'star', 'majority-judgment'])(
  '%s: a better score for the winner does it no harm',
  (method) => {
    fc.assert(
      fc.property(scoredElections(5), fc.nat(), (election, which) => {
        const single = { ...election, seats: 1 }
        fc.pre(election.ballots.length > 0)
        const winner = count(method, single).winners[0]!.option
        const raised = election.ballots.map((ballot, position) => {
          if (position !== which % election.ballots.length || scoreOn(ballot.ranks, winner) === undefined)
            return ballot
          const without = ballot.ranks.map((rank) => rank.filter((option) => option !== winner))
          return { ...ballot, ranks: [[winner, ...without[0]!], ...without.slice(1)] }
        })
        expect(count(method, { ...single, ballots: raised }).winners[0]!.option).toBe(winner)
      }),
    )
  },
)

test.each(['score', 'star', 'allocated-score', 'majority-judgment'])(
  '%s elects nobody who has withdrawn',
  (method) => {
    const tabulation = tabulate(method, '3 541\n1 -15\n1 5--', { withdrawn: [0] })
    expect(elected(tabulation)).toBe('B')
    expect(tabulation.statuses[0]).toEqual({ kind: 'withdrawn' })
    expect(tabulation.statistics).toMatchObject({ valid: '4', blank: '1' })
  },
)
