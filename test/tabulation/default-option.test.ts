import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { methodById } from '../../src/tabulation/registry.ts'
import type { Tabulation } from '../../src/tabulation/tabulation.ts'
import { committees, rankedElections, rankingsOf } from '../support/arbitrary-elections.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { letters, rankings } from '../support/rankings.ts'
import { slowDebianWinners } from '../support/slow-debian.ts'

fc.configureGlobal({ numRuns: propertyRuns })

/** A resolution, two amendments and further discussion, by 40 developers. */
const options = ['Proposal', 'Amendment', 'Repeal', 'Further discussion']
/**
 * Above and below further discussion: the proposal 27 and 13, the amendment 35 and 5, the repeal 6 and 34.
 * The proposal beats the amendment by 22 to 18.
 */
const ballots = rankings(4, '16 A>B>D>C\n6 A>B>C>D\n8 B>D>A>C\n5 B>A>D>C\n5 D>B>A>C')

function resolve(rules: object, seats = 1): Tabulation {
  return methodById('schulze').tabulate({
    options,
    seats,
    ballots,
    rules: { defaultOption: 'Further discussion', ...rules },
    tieBreaks: {},
  })
}

const elected = ({ options, winners }: Tabulation) => winners.map(({ option }) => options[option])

/** The last column of the working that holds the options against another. */
const results = ({ workings }: Tabulation) => workings![0]!.rows.map((row) => row.at(-1))

describe('a default option', () => {
  test('drops whoever has no majority over it, and says so', () => {
    const tabulation = resolve({})
    expect(elected(tabulation)).toEqual(['Proposal'])
    expect(tabulation.workings![0]).toEqual({
      title: 'Against Further discussion, the default option',
      head: ['option', 'above it', 'below it', 'quorum', 'majority', 'result'],
      rows: [
        ['Proposal', '27', '13', '–', '1:1', 'stays'],
        ['Amendment', '35', '5', '–', '1:1', 'stays'],
        ['Repeal', '6', '34', '–', '1:1', 'dropped: no majority'],
      ],
    })
    expect(tabulation.rounds[0]!.sentence).toBe(
      'Repeal is dropped: without the majority needed over Further discussion. ' +
        'By the strongest paths, the order is: Proposal; Amendment; Further discussion. Proposal is elected.',
    )
    expect(tabulation.statuses[2]).toEqual({ kind: 'not elected' })
  })

  test.each([
    ['27', 'Proposal'],
    ['27.5', 'Amendment'],
    ['35', 'Amendment'],
    ['35.01', 'Further discussion'],
  ])('with a quorum of %s elects %s', (quorum, winner) => {
    expect(elected(resolve({ quorum }))).toEqual([winner])
  })

  test('tells who was dropped for want of the quorum and who for want of the majority', () => {
    const tabulation = resolve({ quorum: '7', majority: '3:1' })
    expect(results(tabulation)).toEqual(['dropped: no majority', 'stays', 'dropped: no quorum'])
    expect(tabulation.rounds[0]!.sentence).toContain(
      'Repeal is dropped: fewer ballots than the quorum rank it above Further discussion. ' +
        'Proposal is dropped: without the majority needed over Further discussion.',
    )
  })

  test.each([
    ['2:1', 'Proposal'],
    ['27:13', 'Proposal'],
    ['28:13', 'Amendment'],
    ['7:1', 'Amendment'],
    ['8:1', 'Further discussion'],
  ])('over which %s is needed elects %s', (majority, winner) => {
    expect(elected(resolve({ majority }))).toEqual([winner])
  })

  test('is asked another majority of some options than of others', () => {
    expect(elected(resolve({ majorities: { Proposal: '3:1' } }))).toEqual(['Amendment'])
    expect(elected(resolve({ majority: '3:1', majorities: { Proposal: '2:1' } }))).toEqual(['Proposal'])
  })

  test('is not beaten by a draw', () => {
    const draw = { options: ['A', 'None'], seats: 1, ballots: rankings(2, '3 A>B\n3 B>A'), tieBreaks: {} }
    const tabulation = methodById('schulze').tabulate({ ...draw, rules: { defaultOption: 'None' } })
    expect(elected(tabulation)).toEqual(['None'])
  })

  test('leaves seats vacant rather than take one beside others', () => {
    const tabulation = resolve({}, 3)
    expect(elected(tabulation)).toEqual(['Proposal', 'Amendment'])
    expect(tabulation.outcome).toEqual({ kind: 'decided' })
  })

  test.each([
    [{ defaultOption: 'Nobody' }, 'The rules name Nobody, which is no option.'],
    [{ majorities: { Nobody: '2:1' } }, 'The rules name Nobody, which is no option.'],
    [{ defaultOption: undefined, quorum: '5' }, 'A quorum or a majority needs a default option to be over.'],
    [{ majority: '1:2' }, "The rules don't fit Schulze (beatpath)."],
    [{ quorum: 'half' }, "The rules don't fit Schulze (beatpath)."],
  ])('with the rules %j is refused', (rules, message) => {
    expect(() => resolve(rules)).toThrow(expect.objectContaining({ code: 'rules-invalid', message }))
  })

  test('is below a cycle of equal wins, of which the one with most ballots against it gives way', () => {
    // A beats B 5:1, B beats C 5:2, C beats A 5:0; the default option is below all.
    const cycle = rankings(4, '5 A>B\n1 B>A\n5 B>C\n2 C>B\n5 C>A\n9 A=B=C>D')
    const ranking = (strength: string) =>
      methodById('schulze').tabulate({
        options: letters(4),
        seats: 1,
        ballots: cycle,
        rules: { strength, unranked: 'not compared', defaultOption: 'D', ties: [] },
        tieBreaks: {},
      }).ranking
    expect(ranking('winning votes')).toEqual([[0, 1, 2], [3]])
    expect(ranking('winning votes then against')).toEqual([[2], [0], [1], [3]])
  })

  test('that is withdrawn is refused', () => {
    const rules = { defaultOption: 'Repeal', quorum: '5' }
    const request = { options, seats: 1, ballots, withdrawn: [2], rules, tieBreaks: {} }
    expect(() => methodById('schulze').tabulate(request)).toThrow(
      'The rules name Repeal, which is withdrawn.',
    )
  })

  test('leaves those whom the Debian Constitution leaves, followed step by step', () => {
    const elections = fc.oneof(rankedElections({ equalRanks: true }), committees)
    const quorums = fc.constantFrom('0', '1', '2.5', '5', '20')
    fc.assert(
      fc.property(elections, quorums, fc.integer({ min: 1, max: 3 }), (election, quorum, ratio) => {
        const { ranking } = methodById('schulze').tabulate({
          options: letters(election.optionCount),
          seats: 1,
          ballots: rankingsOf(election),
          rules: {
            strength: 'winning votes then against',
            ...{ defaultOption: 'A', quorum, majority: `${ratio}:1`, ties: [] },
          },
          tieBreaks: {},
        })
        const supermajority = BigInt(ratio)
        expect(ranking![0]).toEqual(slowDebianWinners(election, { quorum, supermajority }))
      }),
    )
  })
})

describe('an option to deny', () => {
  /** A and B are above D, C is below; then D is first. */
  const count = (rules: object, seats = 4, text = '5 A>B>D>C\n2 B>D>A>C\n1 D>C>B>A') =>
    methodById('schulze-repeated').tabulate({
      options: ['A', 'B', 'C', 'Deny'],
      seats,
      ballots: rankings(4, text),
      rules,
      tieBreaks: {},
    })

  test('ends the count when it is first, and those below it are not elected', () => {
    const tabulation = count({ denyOption: 'Deny' })
    expect(elected(tabulation)).toEqual(['A', 'B'])
    expect(tabulation.statuses.map(({ kind }) => kind)).toEqual([
      ...['elected', 'elected', 'not elected', 'not elected'],
    ])
    expect(tabulation.rounds.at(-1)!.sentence).toBe(
      'By the strongest paths, the order is: Deny; C. ' +
        'Deny is first: the count ends, and nobody below it is elected.',
    )
    expect(tabulation.workings![0]).toEqual({
      title: 'Against Deny',
      head: ['option', 'above it', 'below it', 'result'],
      rows: [
        ['A', '5', '3', 'elected'],
        ['B', '7', '1', 'elected'],
        ['C', '0', '8', 'not elected'],
      ],
    })
  })

  test('is an option as any other where the rules say nothing of it', () => {
    expect(elected(count({}))).toEqual(['A', 'B', 'Deny', 'C'])
  })

  test('takes no part where the seats are filled above it', () => {
    expect(elected(count({ denyOption: 'Deny' }, 1))).toEqual(['A'])
  })

  test('can be tied, and ends the count if the tie goes to it', () => {
    const tie = '1 A>D\n1 D>A'
    expect(count({ denyOption: 'Deny', ties: [] }, 1, tie).outcome).toMatchObject({ kind: 'tied' })
    const decided = (order: number[]) =>
      methodById('schulze-repeated').tabulate({
        options: ['A', 'B', 'C', 'Deny'],
        seats: 2,
        ballots: rankings(4, tie),
        rules: { denyOption: 'Deny', ties: ['order given'] },
        tieBreaks: { order },
      })
    expect(elected(decided([3, 0, 1, 2]))).toEqual([])
    expect(elected(decided([0, 3, 1, 2]))).toEqual(['A'])
  })
})
