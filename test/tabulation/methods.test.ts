import { describe, expect, test } from 'vitest'
import { selectionGroups } from '../../src/tabulation/ballot-grouping.ts'
import type { TabulationRequest } from '../../src/tabulation/method.ts'
import { methodById } from '../../src/tabulation/registry.ts'
import { lot } from '../support/arbitrary-elections.ts'
import { letters, rankings } from '../support/rankings.ts'

/** Selections written as in "3 A" or "2 BC", one a line. */
function selections(optionCount: number, text: string) {
  const grouping = selectionGroups(optionCount)
  for (const line of text.trim().split('\n')) {
    const [weight, selected = ''] = line.trim().split(/\s+/)
    grouping.add(
      [...selected].map((letter) => letter.charCodeAt(0) - 65),
      weight,
    )
  }
  return grouping.finish()
}

function tabulate(id: string, request: Partial<TabulationRequest> & Pick<TabulationRequest, 'ballots'>) {
  const count = request.ballots.kind === 'totals' ? request.ballots.votes.length : request.ballots.optionCount
  return methodById(id).tabulate({ options: letters(count), seats: 1, rules: {}, tieBreaks: {}, ...request })
}

const elected = ({ winners }: ReturnType<typeof tabulate>) =>
  winners.map(({ option }) => 'ABCDEFGH'[option]).join('')

describe('plurality', () => {
  test('the option with most votes is elected, without a majority', () => {
    const tabulation = tabulate('plurality', { ballots: selections(3, '4 A\n3 B\n2 C') })
    expect(elected(tabulation)).toBe('A')
    expect(tabulation.rounds[0]).toMatchObject({ votes: ['4', '3', '2'], elected: [0] })
    expect(tabulation.rounds[0]!.sentence).toBe('A (4) is elected with the most votes.')
  })

  test('blank ballots are counted apart, and a ballot with two selections is an overvote', () => {
    const ballots = selections(2, '4 A\n2 AB\n3')
    expect(tabulate('plurality', { ballots }).statistics).toEqual({
      valid: '4',
      blank: '3',
      invalid: '2',
      exhausted: '0',
      overvotes: '2',
    })
  })

  test('a tie for the last seat stays open without a seed, and names who is elected in any case', () => {
    const tabulation = tabulate('plurality', { ballots: selections(4, '5 A\n3 B\n3 C\n1 D'), seats: 2 })
    expect(tabulation.outcome).toEqual({
      kind: 'tied',
      tie: { method: 'plurality', round: 1, to: 'elect', among: [1, 2], choose: 1 },
    })
    expect(tabulation.statuses.map(({ kind }) => kind)).toEqual(['elected', 'open', 'open', 'not elected'])
    expect(tabulation.rounds[0]!.sentence).toContain('B and C are tied, and 1 of them has to be elected')
  })

  test('a withdrawn option leaves its ballots blank, from ballots and from totals alike', () => {
    const fromBallots = tabulate('plurality', { ballots: selections(3, '4 A\n3 B\n2 C'), withdrawn: [0] })
    const fromTotals = tabulate('plurality', {
      ballots: { kind: 'totals', votes: ['4', '3', '2'], ballots: '9', blank: '0' },
      withdrawn: [0],
    })
    expect(elected(fromBallots)).toBe('B')
    expect(fromBallots.statistics).toMatchObject({ valid: '5', blank: '4' })
    expect(fromTotals).toEqual(fromBallots)
  })

  test.each([
    ['more votes than ballots', ['4', '3'], '6', '0'],
    ['fewer votes than ballots that are not blank', ['1', '3'], '6', '1'],
    ['more blank ballots than ballots', ['0', '0'], '1', '2'],
    ['something that is no number', ['x', '0'], '1', '0'],
  ])('totals with %s are refused', (_, votes, ballots, blank) => {
    expect(() => tabulate('plurality', { ballots: { kind: 'totals', votes, ballots, blank } })).toThrow(
      expect.objectContaining({ code: 'totals-inconsistent' }),
    )
  })
})

describe('majority', () => {
  const ballots = selections(3, '5 A\n4 B\n1 C\n2')

  test('half of the valid votes is not a majority, and the first two go on', () => {
    const tabulation = tabulate('majority', { ballots })
    expect(tabulation.outcome).toEqual({ kind: 'runoff', contenders: [0, 1] })
    expect(tabulation.statuses.map(({ kind }) => kind)).toEqual(['contender', 'contender', 'not elected'])
    expect(tabulation.rounds[0]!.quota).toBe('6')
    expect(tabulation.rounds[0]!.sentence).toBe(
      'It takes 6 votes to be elected in this round. Nobody is elected. A and B go on to the runoff.',
    )
  })

  test.each([
    ['at least half of the valid votes', { threshold: { of: [1, 2], reach: 'at least' } }, 'A', '5'],
    ['more than two fifths of them', { threshold: { of: [2, 5], reach: 'more than' } }, 'A', '5'],
    ['two thirds of them', { threshold: { of: [2, 3], reach: 'at least' } }, '', '7'],
    ['half of all ballots', { threshold: { of: [1, 2], reach: 'at least' }, base: 'all ballots' }, '', '6'],
  ])('%s', (_, rules, winner, quota) => {
    const tabulation = tabulate('majority', { ballots, rules })
    expect(elected(tabulation)).toBe(winner)
    expect(tabulation.rounds[0]!.quota).toBe(quota)
  })

  test('of several seats some are filled at once, and twice as many options as are vacant go on', () => {
    const tabulation = tabulate('majority', {
      ballots: selections(5, '6 A\n2 B\n1 C\n0 D\n1 E'),
      seats: 2,
      tieBreaks: { lot: lot('seed') },
    })
    expect(elected(tabulation)).toBe('A')
    expect(tabulation.outcome).toMatchObject({ kind: 'runoff' })
    expect(tabulation.ties[0]).toMatchObject({ to: 'enter the runoff', among: [2, 4], choose: 1 })
  })
})

test('approval: a ballot approves several options, and each counts in full', () => {
  const tabulation = tabulate('approval-vote', { ballots: selections(3, '5 AB\n3 BC\n1 C'), seats: 2 })
  expect(elected(tabulation)).toBe('BA')
  expect(tabulation.rounds[0]!.votes).toEqual(['5', '8', '4'])
})

describe('instant runoff', () => {
  const ballots = rankings(3, '4 A\n3 B>C\n2 C>B')

  test('the lowest is excluded and its ballots go on until somebody has a majority', () => {
    const tabulation = tabulate('irv', { ballots })
    expect(elected(tabulation)).toBe('B')
    expect(tabulation.rounds.map(({ votes }) => votes)).toEqual([
      ['4', '3', '2'],
      ['4', '5', '0'],
    ])
    expect(tabulation.rounds[1]!.transfers).toEqual([
      { from: 2, to: [{ option: 1, votes: '2' }], exhausted: '0', loss: '0', kept: '0', values: [] },
    ])
    expect(tabulation.statuses.map(({ kind }) => kind)).toEqual(['not elected', 'elected', 'excluded'])
  })

  test.each([
    ['exhaust', ['2', '2', '3']],
    ['skip', ['2', '2', '5']],
    ['exhaust if several continuing', ['2', '2', '3']],
  ])('a shared first rank, overvotes: %s', (overvotes, votes) => {
    const shared = rankings(3, '2 A\n2 B\n3 C\n2 A=B>C')
    expect(tabulate('irv', { ballots: shared, rules: { overvotes, ties: [] } }).rounds[0]!.votes).toEqual(
      votes,
    )
  })

  test('a rank shared with an excluded option can count for the one that continues', () => {
    const tabulation = tabulate('irv', {
      ballots: rankings(4, '4 A\n4 B\n1 C\n2 D>C=B'),
      rules: { overvotes: 'exhaust if several continuing' },
    })
    expect(tabulation.rounds.map(({ votes }) => votes)).toEqual([
      ['4', '4', '1', '2'],
      ['4', '4', '0', '2'],
      ['4', '6', '0', '0'],
    ])
  })

  test.each([
    ['exhaust', '2'],
    ['skip one', '1'],
    ['skip all', '0'],
  ])('empty ranks, skippedRanks: %s', (skippedRanks, exhausted) => {
    const ballots = rankings(3, '5 A\n5 B\n1 C>->A\n1 C>->->A')
    const { rounds } = tabulate('irv', { ballots, rules: { skippedRanks, ties: ['order given'] } })
    expect(rounds[1]!.exhausted).toBe(exhausted)
  })

  test.each([
    ['exhaust', '2'],
    ['skip', '0'],
  ])('an option ranked twice, repeatedOptions: %s', (repeatedOptions, exhausted) => {
    const ballots = rankings(3, '5 A\n4 B\n2 C>C>B')
    expect(tabulate('irv', { ballots, rules: { repeatedOptions } }).rounds[1]!.exhausted).toBe(exhausted)
  })

  test('sure losers are excluded together when the rules say so', () => {
    const many = rankings(5, '20 A\n18 B\n5 C>B\n3 D>B\n1 E>B')
    const together = tabulate('irv', { ballots: many, rules: { exclusion: 'sure losers together' } })
    expect(together.rounds[1]!.action).toEqual({ kind: 'exclude', options: [2, 3, 4] })
    expect(elected(together)).toBe('B')
    expect(tabulate('irv', { ballots: many }).rounds).toHaveLength(4)
  })

  test('losers who have together as many votes as the next are not sure to lose', () => {
    const ballots = rankings(4, '8 A\n4 B\n3 C>B\n1 D>B')
    const rules = { exclusion: 'sure losers together' }
    expect(tabulate('irv', { ballots, rules }).rounds[1]!.action).toEqual({ kind: 'exclude', options: [3] })
  })

  test('a ballot whose first rank is shared has no preference that counts: it is invalid', () => {
    const { statistics } = tabulate('irv', { ballots: rankings(2, '3 A\n2 A=B\n1') })
    expect(statistics).toEqual({ valid: '3', blank: '1', invalid: '2', exhausted: '0', overvotes: '2' })
  })
})

describe('Schulze', () => {
  // A beats B 19:8, C beats A 18:9, B beats C 17:10; D loses to all.
  const cycle = rankings(4, '9 A>B>C>D\n8 B>C>A>D\n1 C>A>B>D\n9 C>A>B>D')

  test('in a cycle the weakest win gives way', () => {
    const tabulation = tabulate('schulze', { ballots: cycle })
    expect(tabulation.pairwise!.votes.map((row) => row.join(' '))).toEqual([
      '0 19 9 27',
      '8 0 17 27',
      '18 10 0 27',
      '0 0 0 0',
    ])
    expect(tabulation.ranking).toEqual([[2], [0], [1], [3]])
    expect(tabulation.pairwise!.strengths![2]![1]).toBe('18')
    expect(tabulation.rounds[0]!.sentence).toBe(
      'By the strongest paths, the order is: C; A; B; D. C is elected.',
    )
  })

  test('options left out are last, or not compared, as the rules say', () => {
    const ballots = rankings(3, '3 A\n2 B>C')
    const votes = (unranked: string) => tabulate('schulze', { ballots, rules: { unranked } }).pairwise!.votes
    expect(votes('last')).toEqual([
      ['0', '3', '3'],
      ['2', '0', '2'],
      ['2', '0', '0'],
    ])
    expect(votes('not compared')).toEqual([
      ['0', '0', '0'],
      ['0', '0', '2'],
      ['0', '0', '0'],
    ])
  })

  test('a win against nobody is stronger than any other ratio', () => {
    const ballots = rankings(3, '2 A>B\n9 B>C\n1 C>B')
    const rules = { strength: 'ratio', unranked: 'not compared' }
    expect(tabulate('schulze', { ballots, rules }).pairwise!.strengths![0]).toEqual(['', '2:0', '9:1'])
  })

  test('of two wins against nobody the one with more votes is stronger', () => {
    const ballots = rankings(3, '2 A>B\n3 A>C')
    const rules = { strength: 'ratio', unranked: 'not compared' }
    expect(tabulate('schulze', { ballots, rules }).pairwise!.strengths![0]).toEqual(['', '2:0', '3:0'])
  })

  test('an option ranked twice counts where it is ranked first', () => {
    const ballots = rankings(2, '1 A>B>A')
    expect(tabulate('schulze', { ballots }).pairwise!.votes).toEqual([
      ['0', '1'],
      ['0', '0'],
    ])
  })
})

describe('Scottish STV', () => {
  test('a surplus moves on at a value cut to five places, and what is lost is shown', () => {
    const ballots = rankings(4, '7 A>B\n3 A>C\n4 B\n3 C\n1 D')
    const { rounds, statistics } = tabulate('stv-scottish', { ballots, seats: 2 })
    // Quota: floor(18 / 3) + 1 = 7. A has 10, a surplus of 3: 3 × 1 ÷ 10 = 0.3 a paper.
    expect(rounds[0]).toMatchObject({ quota: '7', surplus: '3', elected: [0] })
    expect(rounds[1]!.action).toEqual({ kind: 'surplus', option: 0 })
    expect(rounds[1]!.transfers[0]).toEqual({
      from: 0,
      to: [
        { option: 1, votes: '2.1' },
        { option: 2, votes: '0.9' },
      ],
      exhausted: '0',
      loss: '0',
      kept: '7',
      values: [{ before: '1', after: '0.3' }],
    })
    expect(rounds[1]!.votes).toEqual(['7', '6.1', '3.9', '1'])
    expect(rounds[2]!.action).toEqual({ kind: 'exclude', options: [3] })
    expect(rounds.at(-1)!.elected).toEqual([1])
    expect(statistics.exhausted).toBe('4.9')
  })

  test('thirds are cut, and the rest is loss', () => {
    const ballots = rankings(3, '3 A>B\n1 B\n1 C')
    const { rounds } = tabulate('stv-scottish', { ballots, seats: 2 })
    expect(rounds[0]!.quota).toBe('2')
    expect(rounds[1]!.transfers[0]).toMatchObject({
      loss: '0.00001',
      values: [{ before: '1', after: '0.33333' }],
    })
    expect(rounds[1]!.loss).toBe('0.00001')
  })

  test('of two lowest the one with fewer votes at the last stage where they differed is excluded', () => {
    const ballots = rankings(5, '1 A>B\n2 B\n3 C\n4 D\n5 E')
    const { rounds, ties } = tabulate('stv-scottish', { ballots, seats: 2 })
    expect(rounds[2]!.action).toEqual({ kind: 'exclude', options: [1] })
    expect(ties).toEqual([
      {
        method: 'stv-scottish',
        round: 3,
        to: 'exclude',
        among: [1, 2],
        choose: 1,
        decisions: [{ by: 'backwards', rounds: [1] }],
        chosen: [1],
      },
    ])
    expect(rounds[2]!.sentence).toBe(
      'B and C are tied, and 1 of them has to be excluded: B, by the votes of round 1. ' +
        'B is excluded, and the papers go to the next preferences at their value.',
    )
  })

  test('a tie that nothing settles stops the count, and a decision lets it go on', () => {
    const ballots = rankings(4, '9 A\n2 B>C\n2 C>B\n3 D')
    const open = tabulate('stv-scottish', { ballots, seats: 2 })
    expect(open.outcome).toMatchObject({
      kind: 'tied',
      tie: { round: 3, to: 'exclude', among: [1, 2], choose: 1 },
    })
    expect(open.statuses.map(({ kind }) => kind)).toEqual(['elected', 'open', 'open', 'open'])
    expect(open.rounds.at(-1)!.sentence).toContain('the tie is open')
    const decided = tabulate('stv-scottish', {
      ballots,
      seats: 2,
      rules: { ties: ['backwards', 'ask'] },
      tieBreaks: { decide: ({ round, among }) => (round === 3 && among.includes(2) ? [2] : undefined) },
    })
    expect(decided.outcome).toEqual({ kind: 'decided' })
    expect(decided.rounds.slice(0, 2).map(({ votes }) => votes)).toEqual(
      open.rounds.map(({ votes }) => votes),
    )
    expect(elected(decided)).toBe('AB')
  })

  test('as many options as seats are elected at once', () => {
    const { rounds, outcome } = tabulate('stv-scottish', { ballots: rankings(2, '3 A'), seats: 2 })
    expect(outcome.kind).toBe('decided')
    expect(rounds).toHaveLength(1)
    expect(rounds[0]!.elected).toEqual([0, 1])
  })

  test('a withdrawn option is passed over from the start, and a rank it shared is no overvote', () => {
    const ballots = rankings(3, '3 A>B\n2 A=B>C\n2 C')
    const tabulation = tabulate('stv-scottish', { ballots, withdrawn: [0] })
    expect(tabulation.rounds[0]!.votes).toEqual(['0', '5', '2'])
    expect(tabulation.statuses[0]).toEqual({ kind: 'withdrawn' })
    expect(tabulation.statistics.overvotes).toBe('0')
  })
})
