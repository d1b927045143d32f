import { describe, expect, test } from 'vitest'
import type { TabulationRequest } from '../../src/tabulation/method.ts'
import { methodById } from '../../src/tabulation/registry.ts'
import { letters, rankings } from '../support/rankings.ts'

function count(
  ballots: ReturnType<typeof rankings>,
  rules: object = {},
  request: Partial<TabulationRequest> = {},
) {
  const options = letters(ballots.optionCount)
  return methodById('two-round').tabulate({ options, seats: 1, ballots, rules, tieBreaks: {}, ...request })
}

const winners = (tabulation: ReturnType<typeof count>) =>
  tabulation.winners.map(({ option, round }) => `${'ABCDEF'[option]}${round}`).join(' ')

describe('two rounds', () => {
  test('a majority of first preferences elects at once', () => {
    const tabulation = count(rankings(3, '5 A\n2 B>C\n2 C>B'))
    expect(winners(tabulation)).toBe('A1')
    expect(tabulation.rounds).toHaveLength(1)
  })

  test('half of them does not, and the ballots of the others go to one of the two', () => {
    const tabulation = count(rankings(4, '5 A\n3 B\n1 C>D>B\n1 D'))
    expect(winners(tabulation)).toBe('A2')
    const [first, second] = tabulation.rounds
    expect(first!.quota).toBe('6')
    expect(second).toMatchObject({ votes: ['5', '4', '0', '0'], exhausted: '1', quota: '5' })
    expect(second!.transfers).toEqual([
      { from: 2, to: [{ option: 1, votes: '1' }], exhausted: '0', loss: '0', kept: '0', values: [] },
      { from: 3, to: [], exhausted: '1', loss: '0', kept: '0', values: [] },
    ])
    expect(second!.sentence).toBe(
      'A and B stay. C and D are excluded, and the votes go to those who stay. A is elected.',
    )
    expect(tabulation.ranking).toEqual([[0], [1], [2, 3]])
  })

  const fiveWays = rankings(5, '10 A>B\n12 B\n10 C>B\n9 D>E>A>B\n5 E>B')

  test('who is tied for the last place in the second round goes on, or is decided by the chain', () => {
    const open = count(fiveWays, { ties: [] })
    expect(open.outcome).toMatchObject({
      tie: { round: 2, to: 'enter the runoff', among: [0, 2], choose: 1 },
    })
    const all = count(fiveWays, { tiedContenders: 'all go on' })
    expect(all.rounds.map(({ votes }) => votes.join(' '))).toEqual(['10 12 10 9 5', '19 17 10 0 0'])
    expect(winners(all)).toBe('A2')
  })

  test('more rounds, where the rules say so', () => {
    const tabulation = count(fiveWays, { contenders: [3, 2] })
    expect(tabulation.rounds.map(({ votes }) => votes.join(' '))).toEqual([
      '10 12 10 9 5',
      '19 17 10 0 0',
      '19 27 0 0 0',
    ])
    expect(winners(tabulation)).toBe('B3')
    expect(tabulation.ranking).toEqual([[1], [0], [2], [3], [4]])
  })

  test('two options have no second round, and as many votes for each are a tie', () => {
    const tabulation = count(rankings(2, '3 A\n3 B'))
    expect(tabulation.rounds).toHaveLength(1)
    expect(tabulation.outcome).toMatchObject({ tie: { round: 1, to: 'elect', among: [0, 1] } })
  })

  test('of several seats one is filled by a majority, and two options stand for each that is left', () => {
    const ballots = rankings(5, '6 A>B\n2 B\n1 C>D\n1 D\n1 E>D')
    const tabulation = count(ballots, { ties: ['order given'] }, { seats: 2 })
    expect(winners(tabulation)).toBe('A1 B2')
    expect(tabulation.rounds[1]!.votes).toEqual(['0', '8', '1', '0', '0'].map((votes) => votes))
    expect(tabulation.ranking![0]).toEqual([0])
  })

  test('shared ranks share the vote exactly', () => {
    const ballots = rankings(4, '2 A\n2 B\n1 A=B=C\n1 C=D')
    const tabulation = count(ballots, { overvotes: 'split equally', ties: [] })
    expect(tabulation.rounds[0]!.votes).toEqual(['2.333333', '2.333333', '0.833333', '0.5'])
    expect(tabulation.rounds[1]!.votes).toEqual(['2.5', '2.5', '0', '0'])
  })

  test('a traced ballot lies with the contender that it ranks highest, and nowhere without one', () => {
    const ballots = rankings(4, '1 C>B\n1 D\n5 A\n4 B')
    const traced = (trace: number) => count(ballots, {}, { trace }).rounds.map((round) => round.traced)
    expect(traced(0)).toEqual([[{ option: 2, votes: '1' }], [{ option: 1, votes: '1' }]])
    expect(traced(1)).toEqual([[{ option: 3, votes: '1' }], []])
  })
})
