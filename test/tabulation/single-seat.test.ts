import { describe, expect, test } from 'vitest'
import { methodById } from '../../src/tabulation/registry.ts'
import { lot } from '../support/arbitrary-elections.ts'
import { letters, rankings } from '../support/rankings.ts'

function tabulate(id: string, optionCount: number, ballots: string, rules: object = {}, seats = 1) {
  return methodById(id).tabulate({
    options: letters(optionCount),
    seats,
    ballots: rankings(optionCount, ballots),
    rules,
    tieBreaks: {},
  })
}

const elected = ({ winners }: ReturnType<typeof tabulate>) =>
  winners.map(({ option }) => 'ABCDEF'[option]).join('')

/** A beats B 7:4, B beats C 9:2, C beats A 6:5. */
const cycle = '5 A>B>C\n4 B>C>A\n2 C>A>B'
/** Each beats the next by 2 to 1, and the last the first. */
const evenCycle = '1 A>B>C\n1 B>C>A\n1 C>A>B'

describe('a cycle of three', () => {
  test.each([
    ['schulze', {}, 'A'],
    ['ranked-pairs', {}, 'A'],
    ['ranked-pairs', { strength: 'margins' }, 'A'],
    ['minimax', {}, 'A'],
    ['minimax', { measure: 'opposition' }, 'A'],
    ['kemeny', {}, 'A'],
    ['dodgson-quick', {}, 'A'],
    ['dodgson-quick', { approximation: 'tideman' }, 'A'],
    ['black', {}, 'B'],
    ['borda', {}, 'B'],
    ['baldwin', {}, 'A'],
    ['nanson', {}, 'A'],
    ['nanson', { excluded: 'below average' }, 'A'],
    ['benham', {}, 'A'],
    ['tideman-alternative', {}, 'A'],
    ['coombs', {}, 'A'],
    ['bucklin', {}, 'B'],
    ['contingent', {}, 'A'],
    ['irv-repeated', {}, 'A'],
  ])('%s %o elects %s', (id, rules, winner) => {
    expect(elected(tabulate(id, 3, cycle, rules))).toBe(winner)
  })
})

describe('ranked pairs with equal wins', () => {
  test('asks for the order of the options of a cycle, and leaves everything open without an answer', () => {
    const { outcome, ranking, statuses } = tabulate('ranked-pairs', 3, evenCycle)
    expect(outcome).toEqual({
      kind: 'tied',
      tie: { method: 'ranked-pairs', round: 1, to: 'prevail', among: [0, 1, 2], choose: 1 },
    })
    expect(ranking).toBeUndefined()
    expect(statuses.every(({ kind }) => kind === 'open')).toBe(true)
  })

  test('takes the wins in the order that a lot makes, and records it place by place', () => {
    const { ties, winners, rounds } = methodById('ranked-pairs').tabulate({
      options: letters(3),
      seats: 1,
      ballots: rankings(3, evenCycle),
      rules: {},
      tieBreaks: { lot: lot('spring') },
    })
    expect(ties.map(({ to, among }) => [to, among.length])).toEqual([
      ['prevail', 3],
      ['prevail', 2],
    ])
    expect(winners).toHaveLength(1)
    expect(rounds[0]!.sentence).toContain('has to prevail where wins are equal')
  })

  test('by every order ties for the seat whoever comes first in one of them', () => {
    const { outcome } = tabulate('ranked-pairs', 3, evenCycle, { equalWins: 'every order' })
    expect(outcome).toMatchObject({ kind: 'tied', tie: { to: 'elect', among: [0, 1, 2] } })
  })

  test('refuses to follow every order where there are too many', () => {
    const order = [...letters(14)]
    const ballots = order.map((_, turn) => `1 ${[...order.slice(turn), ...order.slice(0, turn)].join('>')}`)
    expect(() => tabulate('ranked-pairs', 14, ballots.join('\n'), { equalWins: 'every order' })).toThrow(
      expect.objectContaining({ code: 'too-large' }),
    )
  })
})

describe('Borda points', () => {
  test.each([
    [{}, '6 5 1'],
    [{ points: 'to one' }, '10 9 5'],
    [{ points: 'dowdall' }, '3 2.833333 1.5'],
    [{ unranked: 'nothing' }, '6 4.5 0.5'],
    [{ unranked: 'shorter scale' }, '2 2.5 0.5'],
    [{ sharedRanks: 'first place' }, '6 5.5 1.5'],
    [{ sharedRanks: 'last place' }, '6 4.5 0.5'],
  ])('%o', (rules, points) => {
    // A alone, B before A, and A before B and C of one rank.
    const { rounds } = tabulate('borda', 3, '1 A\n2 B>A\n1 A>B=C', { ...rules, ties: [] })
    expect(rounds[0]!.votes.join(' ')).toBe(points)
  })
})

describe('the contingent vote', () => {
  test('splits a vote among the options of a rank in exact parts, shown cut', () => {
    const { rounds } = tabulate('contingent', 4, '2 A\n2 B\n1 A=B=C>D', { overvotes: 'split equally' })
    expect(rounds[0]!.votes).toEqual(['2.333333', '2.333333', '0.333333', '0'])
    expect(rounds[1]!.votes).toEqual(['2.5', '2.5', '0', '0'])
    expect(rounds[1]!.transfers[0]).toMatchObject({
      from: 2,
      to: [
        { option: 0, votes: '0.166666' },
        { option: 1, votes: '0.166666' },
      ],
    })
  })

  test('follows a ballot to where it counts', () => {
    const ballots = rankings(3, '4 A\n3 B\n2 C>B')
    const { rounds } = methodById('contingent').tabulate({
      options: letters(3),
      seats: 1,
      ballots,
      rules: {},
      tieBreaks: {},
      trace: 2,
    })
    expect(rounds.map(({ traced }) => traced)).toEqual([
      [{ option: 2, votes: '1' }],
      [{ option: 1, votes: '1' }],
    ])
  })
})

test('Kemeny–Young refuses more options than it can order exactly', () => {
  expect(() => tabulate('kemeny', 16, '1 A>B')).toThrow(expect.objectContaining({ code: 'too-large' }))
})

test('repeated instant runoff leaves seats vacant that nobody reaches a majority of all ballots for', () => {
  const ballots = '3 A>B\n3 B>A\n2 C\n1'
  const { outcome, winners, rounds } = tabulate('irv-repeated', 3, ballots, {
    majorityOf: 'all ballots',
    ties: ['order given'],
  })
  expect(winners.map(({ option }) => option)).toEqual([0])
  expect(outcome.kind).toBe('decided')
  expect(
    tabulate('irv-repeated', 3, '2 A\n2 B\n2 C', { majorityOf: 'all ballots', ties: ['order given'] })
      .winners,
  ).toEqual([])
  expect(rounds.at(-1)!.elected).toEqual([0])
})

test('Coombs shows the last places, which unranked options share', () => {
  const { rounds } = tabulate('coombs', 3, '3 A>B>C\n2 B>C>A\n2 C')
  expect(rounds[1]!.sentence).toContain('Last places: A 3, B 1, C 3.')
})
