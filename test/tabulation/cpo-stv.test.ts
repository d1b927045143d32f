import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { methodById } from '../../src/tabulation/registry.ts'
import type { Tabulation } from '../../src/tabulation/tabulation.ts'
import type { TieBreaks } from '../../src/tabulation/ties.ts'
import {
  type ArbitraryElection,
  lot,
  rankedElections,
  rankingsOf,
  type WeightedBallot,
} from '../support/arbitrary-elections.ts'
import { exampleOf } from '../support/example-ballots.ts'
import { Fraction } from '../support/fraction.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { letters, rankings } from '../support/rankings.ts'
import { type SlowCpoRules, slowCpo } from '../support/slow-cpo.ts'

fc.configureGlobal({ numRuns: propertyRuns })

const method = methodById('cpo-stv')

function count(
  options: number,
  seats: number,
  ballots: string,
  rules: object = {},
  more: {
    readonly tieBreaks?: TieBreaks
    readonly trace?: number
    readonly withdrawn?: readonly number[]
  } = {},
): Tabulation {
  const election = { options: letters(options), seats, ballots: rankings(options, ballots) }
  return method.tabulate({ ...election, rules, tieBreaks: {}, ...more })
}

function countElection(election: ArbitraryElection, rules: object = {}): Tabulation {
  const { optionCount, seats } = election
  const ballots = rankingsOf(election)
  return method.tabulate({
    options: letters(optionCount),
    seats,
    ballots,
    rules,
    tieBreaks: { lot: lot('spring') },
  })
}

/** Different orders of the first eight options. */
function someRankings(count: number): WeightedBallot[] {
  const orders: number[][] = []
  const extend = (order: readonly number[]): void => {
    if (orders.length === count) return
    if (order.length === 8) orders.push([...order])
    else for (let next = 0; next < 8; next++) if (!order.includes(next)) extend([...order, next])
  }
  extend([])
  return orders.map((order) => ({ ranks: order.map((option) => [option]), weight: '1' }))
}

const names = (options: readonly number[]) => options.map((option) => letters(26)[option]).join('')
/** The options that a text names by single letters. */
const optionsIn = (text: string) =>
  [...text.matchAll(/\b[A-Z]\b/g)].map(([letter]) => letters(26).indexOf(letter))
const electedBy = ({ winners }: Tabulation) => names(winners.map(({ option }) => option))

/** A has a surplus for B; C and D are ahead of B, whom all put second. */
const squeezed = '40 A>B\n26 C>B\n24 D>B'

describe('the best of all outcomes', () => {
  test('an option without first preferences is elected where all would rather have it', () => {
    expect(electedBy(count(4, 2, squeezed))).toBe('AB')
    const ballots = rankings(4, squeezed)
    const request = { options: letters(4), seats: 2, ballots, rules: {}, tieBreaks: {} }
    expect(electedBy(methodById('stv-wigm').tabulate(request))).toBe('AC')
  })

  test('the workings show what the page shows', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/tabulation/cpo-stv.md'), 'utf8')
    const { workings } = method.tabulate({ ...exampleOf(page, 'ranking'), rules: {}, tieBreaks: {} })
    const shown = workings![0]!.rows.map((row) => `| ${row.join(' | ')} |`)
    expect(shown).toHaveLength(2)
    for (const row of shown) expect(page).toContain(row)
    expect(workings![1]!.rows).toEqual([
      ['A', '40', '30'],
      ['B', '24', '34'],
      ['C', '26', '26'],
    ])
  })

  test('the rounds tell who had a quota, and what was compared', () => {
    const { rounds } = count(4, 2, squeezed)
    expect(rounds).toMatchObject([
      { action: { kind: 'count' }, votes: ['40', '0', '26', '24'], quota: '30', elected: [0] },
      { action: { kind: 'compare' }, votes: [], elected: [1] },
    ])
    expect(rounds.map(({ sentence }) => sentence)).toEqual([
      'First preferences are counted; the quota is 30. A is elected.',
      '3 outcomes are compared, each with each. One wins against every other. B is elected.',
    ])
  })

  test('the elected of a round are in the order of their first preferences', () => {
    expect(electedBy(count(3, 2, '5 A\n9 B\n6 C', { quota: 'exact hare' }))).toBe('BC')
    expect(electedBy(count(3, 2, '5 C\n9 B\n8 A'))).toBe('BA')
  })

  test('where none wins against every other, the completion ranks them and the round says so', () => {
    const cycle = '7 A>B>C\n6 B>C>A\n5 C>A>B'
    const { rounds, outcome } = count(3, 1, cycle, { firstPreferences: 'elect nobody' })
    expect(outcome.kind).toBe('decided')
    expect(rounds[1]!.sentence).toContain('None wins against every other')
  })
})

describe('each decision of the rules shows in a small election', () => {
  test('a surplus that arises by the transfer of another moves on, unless surpluses move once', () => {
    // A and B are in both outcomes: 32 of A's 40 votes above the quota make B pass it, for the good of D.
    const ballots = '56 A>B>D\n16 B>D\n14 C\n10 D'
    const table = (rules: object) => count(4, 3, ballots, rules).workings![1]!.rows
    expect(table({ surpluses: 'once' })).not.toEqual(table({}))
    expect(
      table({ surpluses: 'once' })
        .find(([option]) => option === 'B')!
        .at(-1),
    ).toBe('48')
    expect(
      table({})
        .find(([option]) => option === 'B')!
        .at(-1),
    ).toBe('24')
  })

  test('papers pass over an option in both outcomes that has just the quota', () => {
    const { workings } = count(4, 3, '40 A>B>C\n25 B\n15 C\n20 D')
    expect(workings![1]!.rows.map((row) => row[2])).toEqual(['25', '25', '30', '20'])
  })

  test('a quota of first preferences elects; or outcomes without A are compared too, of which C and D beat A and B', () => {
    expect(count(4, 2, squeezed).rounds[0]!.elected).toEqual([0])
    const all = count(4, 2, squeezed, { firstPreferences: 'elect nobody' })
    expect(all.rounds[0]!.elected).toEqual([])
    expect(all.rounds[1]!.sentence).toContain('6 outcomes')
    expect(electedBy(all)).toBe('AC')
  })

  test.each([
    ['exact droop', '30.333333'],
    ['droop in whole votes', '31'],
    ['exact hare', '45.5'],
    ['hare in whole votes', '46'],
  ])('a quota of %s', (quota, shown) => {
    expect(count(4, 2, `${squeezed}\n1 D`, { quota }).rounds[0]!.quota).toBe(shown)
  })

  test('just the exact Droop quota elects nobody yet, as one more than the seats can have it', () => {
    expect(count(3, 2, '5 A\n5 B\n5 C').rounds[0]!.elected).toEqual([])
    expect(count(3, 2, '6 A\n5 B\n5 C').rounds[0]!.elected).toEqual([0])
  })

  test.each([
    ['1 A>-\n1 B=C>A', { overvotes: 'exhaust' }, '1'],
    ['1 A>-\n1 B=C>A', { overvotes: 'skip' }, '2'],
    ['1 A\n1 ->A', { skippedRanks: 'exhaust' }, '1'],
    ['1 A\n1 ->A', { skippedRanks: 'skip one' }, '2'],
    ['1 A\n1 ->->A', { skippedRanks: 1 }, '1'],
    ['1 A\n1 ->->A', { skippedRanks: 2 }, '2'],
  ])('ballots %j by %j give A %s votes', (ballots, rules, votes) => {
    const { rounds, statistics } = count(3, 1, ballots, rules)
    expect(rounds[0]!.votes[0]).toBe(votes)
    expect(statistics).toMatchObject({ valid: votes, invalid: votes === '1' ? '1' : '0' })
  })

  test('a ballot that repeats an option counts up to there, or on', () => {
    const ballots = '6 A>A>B\n3 C\n1 B'
    expect(electedBy(count(3, 2, ballots, { repeatedOptions: 'skip' }))).toBe('AB')
    expect(electedBy(count(3, 2, ballots, { repeatedOptions: 'exhaust' }))).toBe('AC')
  })

  test('a later rank for an option ends a ballot even after a shared rank, but not after one that holds all options', () => {
    const rules = { overvotes: 'skip', repeatedOptions: 'exhaust' }
    expect(count(3, 1, '1 A\n1 A=B>B>C', rules).rounds[0]!.votes).toEqual(['1', '0', '0'])
    expect(count(3, 1, '1 A\n1 A=B=C>B', rules).rounds[0]!.votes).toEqual(['1', '1', '0'])
  })

  test('where none wins against every other, the best by the worst defeat need not be the best by paths', () => {
    const ballots = '2 A>C>D>B\n4 D>B>C>A\n5 C>D>B>A\n6 A>B>C>D'
    const best = (completion: string) => count(4, 1, ballots, { completion }).committees
    expect(best('schulze')).toEqual([[2]])
    expect(best('minimax')).toEqual([[0]])
  })
})

test('by ratio a win against no votes at all is stronger than any other', () => {
  // D's win over A, 2 to none, keeps A out; as a ratio of 2 it would be as strong as all others.
  const { committees } = count(4, 1, '1 B>C\n1 D>A>B\n1 C>D>A>B', { strength: 'ratio' })
  expect(committees).toEqual([[1], [2], [3]])
})

describe('ties', () => {
  const even = '1 A\n1 B\n1 C\n1 D'

  test('equally good outcomes are listed, and open where no rule decides', () => {
    const { outcome, committees, statuses, winners } = count(4, 2, even, { ties: [] })
    expect(committees).toHaveLength(6)
    expect(outcome).toMatchObject({ kind: 'tied', tie: { to: 'elect', among: [0, 1, 2, 3], round: 2 } })
    expect(winners).toEqual([])
    expect(statuses.every(({ kind }) => kind === 'open')).toBe(true)
  })

  test('an option in all of them is elected while the tie is open', () => {
    const { winners, outcome, committees } = count(3, 2, '3 A\n2 B\n2 C', { ties: [] })
    expect(committees).toEqual([
      [0, 1],
      [0, 2],
    ])
    expect(winners).toEqual([{ option: 0, round: 1 }])
    expect(outcome).toMatchObject({ kind: 'tied', tie: { among: [1, 2], choose: 1 } })
  })

  test('are decided option by option until one outcome is left', () => {
    const tieBreaks = { order: [3, 1, 0, 2] }
    const { winners, ties } = count(4, 2, even, { ties: ['order given'] }, { tieBreaks })
    expect(winners.map(({ option }) => option).sort()).toEqual([1, 3])
    expect(ties.map(({ chosen }) => chosen)).toEqual([[3], [1]])
  })
})

describe('a field that is too large is refused', () => {
  test('with more outcomes than five of ten options make', () => {
    const few = '1 A\n1 B\n1 C'
    expect(() => count(11, 5, few, { firstPreferences: 'elect nobody' })).toThrow(
      expect.objectContaining({ code: 'too-large', details: expect.objectContaining({ most: 252 }) }),
    )
    expect(count(10, 5, few, { firstPreferences: 'elect nobody' }).committees).toHaveLength(21)
  })

  test('with fewer, if very many ballots differ', () => {
    const election = { optionCount: 10, seats: 5, ballots: someRankings(4000) }
    expect(() => countElection(election, { firstPreferences: 'elect nobody' })).toThrow(
      expect.objectContaining({ code: 'too-large', details: expect.objectContaining({ ballots: 4000 }) }),
    )
  })
})

test('withdrawn options are in no outcome, and their papers go on', () => {
  const { committees, statuses } = count(4, 2, squeezed, {}, { withdrawn: [0] })
  expect(committees!.flat()).not.toContain(0)
  expect(statuses[0]).toEqual({ kind: 'withdrawn' })
})

test('with as many seats as options all are elected without any comparison', () => {
  const { rounds, committees } = count(3, 3, '1 A\n1 B')
  expect(rounds).toHaveLength(1)
  expect(committees).toEqual([[0, 1, 2]])
})

test('a traced ballot lies with its first preference before outcomes are compared', () => {
  const traced = count(4, 2, squeezed, {}, { trace: 1 }).rounds.map((round) => round.traced)
  expect(traced).toEqual([[{ option: 2, votes: '1' }], undefined])
})

describe('laws', () => {
  const plain = rankedElections({ equalRanks: false })
  const contested = plain.filter(({ optionCount, seats }) => seats < optionCount && optionCount < 6)
  const rules: fc.Arbitrary<SlowCpoRules> = fc.record({
    quota: fc.constantFrom('exact droop', 'droop in whole votes', 'exact hare', 'hare in whole votes'),
    surpluses: fc.constantFrom('once', 'until none'),
    completion: fc.constantFrom('schulze', 'minimax'),
    strength: fc.constantFrom('margins', 'winning votes', 'ratio'),
  })

  test('the best outcomes are those of a slow and obvious count in exact fractions, whatever the rules', () => {
    fc.assert(
      fc.property(contested, rules, (election, chosen) => {
        const { committees, workings = [] } = countElection(election, chosen)
        const slow = slowCpo(election, chosen)
        expect(committees).toEqual(slow.best)
        for (const [best, its, others, other] of workings[0]?.rows ?? []) {
          const pair = [optionsIn(best!), optionsIn(other!)] as const
          expect(Fraction.parse(its!).compare(slow.votes(...pair).cut(6))).toBe(0)
          expect(Fraction.parse(others!).compare(slow.votes(pair[1], pair[0]).cut(6))).toBe(0)
        }
      }),
    )
  })

  test.each(['winning votes', 'margins', 'ratio'])(
    'with one seat it is the Schulze method by %s',
    (strength) => {
      fc.assert(
        fc.property(plain, (election) => {
          const single = { ...election, seats: 1 }
          const { ranking } = methodById('schulze').tabulate({
            options: letters(election.optionCount),
            seats: 1,
            ballots: rankingsOf(single),
            rules: { strength },
            tieBreaks: {},
          })
          expect(countElection(single, { strength }).committees).toEqual(
            ranking![0]!.map((option) => [option]),
          )
        }),
      )
    },
  )

  test('a ballot counts up to its first shared rank, or without its shared ranks', () => {
    const upTo = ({ ranks, weight }: WeightedBallot) => {
      const shared = ranks.findIndex((rank) => rank.length > 1)
      return { ranks: shared === -1 ? ranks : ranks.slice(0, shared), weight }
    }
    const without = ({ ranks, weight }: WeightedBallot) => ({
      ranks: ranks.filter((rank) => rank.length === 1),
      weight,
    })
    fc.assert(
      fc.property(rankedElections({ equalRanks: true }), (election) => {
        const cut = { ...election, ballots: election.ballots.map(upTo) }
        const kept = { ...election, ballots: election.ballots.map(without) }
        expect(countElection(election).committees).toEqual(countElection(cut).committees)
        const skip = { overvotes: 'skip' }
        expect(countElection(election, skip).committees).toEqual(countElection(kept).committees)
      }),
    )
  })
})
