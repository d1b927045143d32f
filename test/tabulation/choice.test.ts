import { describe, expect, test } from 'vitest'
import { type BallotGrouping, scoreGroups, selectionGroups } from '../../src/tabulation/ballot-grouping.ts'
import type { BallotGroups } from '../../src/tabulation/ballot-groups.ts'
import type { TabulationRequest } from '../../src/tabulation/method.ts'
import { methodById } from '../../src/tabulation/registry.ts'
import type { Tabulation } from '../../src/tabulation/tabulation.ts'
import { letters } from '../support/rankings.ts'

function grouped(grouping: BallotGrouping, text: string, read: (letter: string, rest: string) => number[]) {
  for (const line of text.split('\n')) {
    const [weight, ...marks] = line.trim().split(' ')
    grouping.add(
      marks.flatMap((mark) => read(mark[0]!, mark.slice(1))),
      weight,
    )
  }
  return grouping.finish()
}

const position = (letter: string) => letter.charCodeAt(0) - 65

/** Ballots such as "3 A B". */
const selections = (options: number, text: string) =>
  grouped(selectionGroups(options), text, (letter) => [position(letter)])

/** Ballots such as "3 A2 B1". */
const scores = (options: number, text: string) =>
  grouped(scoreGroups(options), text, (letter, score) => [position(letter), Number(score)])

const grades: Readonly<Record<string, number>> = { n: 0, a: 1, y: 2 }

/** Ballots such as "3 Ay Bn Ca". */
const answers = (options: number, text: string) =>
  grouped(scoreGroups(options), text, (letter, answer) => [position(letter), grades[answer] ?? 3])

function count(
  id: string,
  ballots: TabulationRequest['ballots'],
  rules: object = {},
  request: Partial<TabulationRequest> = {},
): Tabulation {
  const options = letters(ballots.kind === 'totals' ? ballots.votes.length : ballots.optionCount)
  return methodById(id).tabulate({ options, seats: 1, ballots, rules, tieBreaks: {}, ...request })
}

const elected = ({ winners }: Tabulation) => winners.map(({ option }) => 'ABCDEFGH'[option]).join('')

describe('several selections', () => {
  const ballots = selections(4, '4 A B C\n3 A B\n2 D\n5 B C')

  test.each([
    ['block', {}, 2, 'BC', '4'],
    ['block', {}, 3, 'BCA', '0'],
    ['limited', {}, 3, 'BCA', '4'],
    ['limited', { selections: 1 }, 3, 'D', '12'],
  ])('%s %o with %i seats', (id, rules, seats, winners, overvotes) => {
    const tabulation = count(id, ballots, rules, { seats })
    expect(tabulation.statistics.overvotes).toBe(overvotes)
    expect(elected(tabulation).startsWith(winners)).toBe(true)
  })

  test('a limited vote with as many selections as seats is refused', () => {
    expect(() => count('limited', ballots, { selections: 3 }, { seats: 3 })).toThrow(
      expect.objectContaining({ code: 'rules-invalid' }),
    )
  })

  test('totals that need more selections than a ballot has are refused', () => {
    const totals = { kind: 'totals' as const, votes: ['5', '5', '5'], ballots: '5', blank: '0' }
    expect(elected(count('block', totals, {}, { seats: 3 }))).toBe('ABC')
    expect(() => count('block', totals, {}, { seats: 2 })).toThrow(
      expect.objectContaining({ code: 'totals-inconsistent' }),
    )
  })
})

describe('cumulative votes', () => {
  const ballots = scores(3, '4 A3\n5 B1 C2\n2 A2 B2\n1 A0')

  test('a minority that cumulates elects one of its own', () => {
    const tabulation = count('cumulative', ballots, {}, { seats: 3 })
    expect(tabulation.rounds[0]!.votes).toEqual(['12', '5', '10'])
    expect(elected(tabulation)).toBe('ACB')
    expect(tabulation.statistics).toMatchObject({ valid: '9', blank: '1', overvotes: '2' })
  })

  test('as many points as the rules say', () => {
    expect(count('cumulative', ballots, { points: 4 }).rounds[0]!.votes).toEqual(['16', '9', '10'])
    expect(count('cumulative', ballots, { points: 2 }).statistics.overvotes).toBe('11')
  })

  test('points of large weights are exact', () => {
    const weight = '9007199254740990'
    expect(count('cumulative', scores(2, `${weight} A7`), { points: 7 }).rounds[0]!.votes[0]).toBe(
      String(7n * BigInt(weight)),
    )
  })

  test('totals with more points than the ballots have are refused', () => {
    const totals = { kind: 'totals' as const, votes: ['7', '0'], ballots: '3', blank: '0' }
    expect(() => count('cumulative', totals, { points: 2 })).toThrow(
      expect.objectContaining({ code: 'totals-inconsistent' }),
    )
  })
})

describe('a motion', () => {
  // 6 for, 4 against, 3 abstain, 2 blank, 1 with two answers.
  const ballots = selections(3, '6 A\n4 B\n3 C\n2\n1 A B')

  test.each([
    ['a simple majority', {}, 'A', '6'],
    ['an absolute majority of those who voted', { base: 'yes, no and abstain' }, 'B', '7'],
    ['a majority of all ballots', { base: 'all ballots' }, 'B', '9'],
    ['two thirds', { threshold: { of: [2, 3], reach: 'at least' } }, 'B', '7'],
    ['three fifths', { threshold: { of: [3, 5], reach: 'at least' } }, 'A', '6'],
    [
      'a third of the eligible',
      { threshold: { of: [1, 3], reach: 'at least' }, base: 'eligible', eligible: '18' },
      'A',
      '6',
    ],
    [
      'more than a third of the eligible',
      { threshold: { of: [1, 3], reach: 'more than' }, base: 'eligible', eligible: '18' },
      'B',
      '7',
    ],
    [
      'a third of 18.3 eligible',
      { threshold: { of: [1, 3], reach: 'at least' }, base: 'eligible', eligible: '18.3' },
      'B',
      '6.1',
    ],
  ])('by %s', (_, rules, winner, quota) => {
    const tabulation = count('approval-motion', ballots, rules)
    expect(elected(tabulation)).toBe(winner)
    expect(tabulation.rounds[0]!.quota).toBe(quota)
  })

  test.each([
    ['reached', '32', 'A'],
    ['not reached', '33', ''],
  ])('a quorum of half of the eligible is %s', (_, eligible, winner) => {
    const quorum = { of: [1, 2], reach: 'at least' }
    const tabulation = count('approval-motion', ballots, { quorum, eligible })
    expect(elected(tabulation)).toBe(winner)
    expect(tabulation.outcome.kind).toBe('decided')
    if (winner === '') {
      expect(tabulation.rounds[0]!.sentence).toBe(
        'The quorum of 17 votes is not reached: 16 were cast, and nothing is decided.',
      )
    }
  })

  test('as many for as against rejects it', () => {
    const { rounds } = count('approval-motion', selections(2, '4 A\n4 B'))
    expect(rounds[0]!.sentence).toBe(
      'It takes more than 1/2 of the votes for yes and no: 5. The motion is rejected: 4 for, 4 against.',
    )
  })

  test('nobody votes, and it is rejected', () => {
    const rules = { threshold: { of: [1, 2], reach: 'at least' } }
    expect(elected(count('approval-motion', selections(2, '3'), rules))).toBe('B')
  })

  test.each([
    [
      'a quorum without the eligible',
      ballots,
      { quorum: { of: [1, 2], reach: 'at least' } },
      'rules-invalid',
    ],
    ['fewer eligible than cast', ballots, { eligible: '15' }, 'rules-invalid'],
    ['eligible that are no number', ballots, { eligible: 'many' }, 'rules-invalid'],
    ['four answers', selections(4, '1 A'), {}, 'options-out-of-range'],
  ])('%s: refused', (_, ballots, rules, code) => {
    expect(() => count('approval-motion', ballots as BallotGroups, rules)).toThrow(
      expect.objectContaining({ code }),
    )
  })
})

describe('yes, no or abstain for each', () => {
  const ballots = answers(4, '4 Ay By Cn Da\n3 Ay Bn Cy\n1 Bn Cy Dn')

  test('each option is decided by itself', () => {
    const tabulation = count('combined-simple', ballots)
    expect(elected(tabulation)).toBe('A')
    expect(tabulation.rounds[0]!.sentence).toBe(
      'A is approved. B and C are neither approved nor rejected, with as many for as against.',
    )
    expect(tabulation.workings![0]!.rows).toEqual([
      ['A', '7', '0', '0'],
      ['B', '4', '4', '0'],
      ['C', '4', '4', '0'],
      ['D', '0', '1', '4'],
    ])
  })

  test('an abstention that is not allowed, and a grade that is no answer, make a ballot invalid', () => {
    const spoilt = answers(2, '4 Ay\n2 Aa By\n1 Ax')
    const tabulation = count('combined-simple', spoilt, { abstain: 'not allowed' })
    expect(tabulation.statistics).toMatchObject({ valid: '4', invalid: '3' })
  })

  test('OpenSlides elects those with most for them, within its limits of options', () => {
    expect(elected(count('rating-approval', ballots, { ties: ['order given'] }, { seats: 2 }))).toBe('AB')
    const { statistics } = count('rating-approval', ballots, { minOptions: 4, maxOptions: 4 })
    expect(statistics).toMatchObject({ valid: '4', invalid: '4', overvotes: '0' })
    expect(count('rating-approval', ballots, { maxOptions: 3 }).statistics.overvotes).toBe('4')
  })
})

describe('limits of OpenSlides', () => {
  test.each([
    [{ minOptions: 2 }, '6', '2'],
    [{ maxOptions: 1 }, '2', '6'],
    [{ maxPerOption: 2 }, '3', '5'],
    [{ minSum: 4 }, '5', '3'],
    [{ maxSum: 3 }, '3', '5'],
    [{}, '8', '0'],
  ])('rating by score %o', (rules, valid, invalid) => {
    const ballots = scores(2, '5 A3 B1\n2 A2\n1 A0 B1\n4')
    expect(count('rating-score', ballots, rules).statistics).toMatchObject({ valid, invalid, blank: '4' })
  })

  test('a selection below the fewest options is invalid, a blank ballot is not', () => {
    const { statistics } = count('selection', selections(3, '2 A\n3 A B\n4'), { minOptions: 2 })
    expect(statistics).toMatchObject({ valid: '3', blank: '4', invalid: '2', overvotes: '0' })
  })

  test('totals of fewer selections than a ballot has are refused', () => {
    const totals = { kind: 'totals' as const, votes: ['3', '2'], ballots: '3', blank: '0' }
    expect(() => count('selection', totals, { minOptions: 2 })).toThrow(
      expect.objectContaining({ code: 'totals-inconsistent' }),
    )
  })
})
