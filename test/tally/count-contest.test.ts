import { describe, expect, test } from 'vitest'
import { encodeSelections } from '../../src/ballot/encoding.ts'
import type { BallotRules } from '../../src/ballot/rules.ts'
import type { Selections } from '../../src/ballot/selections.ts'
import { draftedContest } from '../../src/election/contest-draft.ts'
import { type SealedContest, sealedContestOf } from '../../src/election/sealed-election.ts'
import { methodFault } from '../../src/election/sealed-methods.ts'
import type { Method } from '../../src/tabulation/method.ts'
import { methodById, methods } from '../../src/tabulation/registry.ts'
import { countContest, groupBallots, type OpenedContest } from '../../src/tally/count-contest.ts'
import { tieBreaksOf } from '../../src/tally/lot.ts'
import { contestOf } from './small-election.ts'

const committee: SealedContest = {
  title: 'Committee',
  method: 'irv',
  seats: 1,
  rules: {},
  ballot: { style: 'ranking', min: 1, max: 2, blank: false, equalRanks: false, skippedRanks: false },
  options: ['Di', 'Eli', 'Flo'],
  weightUnitMicros: 1_000_000,
}

const undecided = { tieBreaks: {}, writeIns: [] }

describe('opened ballots', () => {
  test('that can not stand are counted as invalid, by the reason', () => {
    const ballots = [
      [1, 2, 0],
      [1, 0, 0],
      [1, 1, 0],
      [2, 0, 0],
      [1, 2, 3],
      [0, 0, 0],
      [0, 200, 0],
      [1, 1, 0],
    ]
    const { tabulation, invalid } = countContest(committee, { kind: 'ballots', ballots }, undecided)
    expect(invalid).toEqual([
      { reason: 'blank-not-allowed', ballots: 1 },
      { reason: 'equal-ranks', ballots: 2 },
      { reason: 'rank-out-of-range', ballots: 1 },
      { reason: 'skipped-rank', ballots: 1 },
      { reason: 'too-many', ballots: 1 },
    ])
    expect(tabulation.statistics).toMatchObject({ valid: '2', blank: '0', invalid: '6' })
    expect(tabulation.winners).toEqual([{ option: 0, round: 1 }])
  })

  test('that are blank where they may be are counted as blank', () => {
    const contest = { ...committee, ballot: { ...committee.ballot, blank: true } } as SealedContest
    const { tabulation, invalid } = countContest(
      contest,
      {
        kind: 'ballots',
        ballots: [
          [0, 0, 0],
          [0, 1, 0],
        ],
      },
      undecided,
    )
    expect(invalid).toEqual([])
    expect(tabulation.statistics).toMatchObject({ valid: '1', blank: '1', invalid: '0' })
  })

  test('weigh what every voter weighs', () => {
    const contest = { ...committee, weightUnitMicros: 250_000 }
    const { tabulation } = countContest(
      contest,
      {
        kind: 'ballots',
        ballots: [
          [1, 0, 0],
          [1, 1, 0],
        ],
      },
      undecided,
    )
    expect(tabulation.statistics).toMatchObject({ valid: '0.25', invalid: '0.25' })
  })
})

test('ballots of scores are no ballots of a ranked method, whatever a foreign archive says', () => {
  const contest = { ...committee, ballot: { style: 'score', highest: 5, blank: false } } as const
  const opened = { kind: 'ballots', ballots: [[5, 0, 3]] } as const
  expect(() => countContest(contest, opened, undecided)).toThrow(
    expect.objectContaining({ name: 'TabulationRefusal', code: 'ballot-style-mismatch' }),
  )
})

test('the tickets of a lot are those that anyone can compute', () => {
  const { lot, decide } = tieBreaksOf('2f6c')
  // printf '2f6c|stv-scottish|4|exclude|3' | sha256sum
  expect(lot?.sha256('2f6c|stv-scottish|4|exclude|3')).toBe(
    '0ce71b5382d2d99567e0a60759ecab5e6ccf17f787ad83892aa0301c2e0cdcd4',
  )
  const tie = { method: 'stv-scottish', round: 4, to: 'exclude', among: [0, 1, 2, 3], choose: 2 } as const
  expect(decide?.(tie)).toEqual([3, 2])
  expect(tieBreaksOf(undefined)).toEqual({})
})

/** What a voter can choose in each style: the first option alone. */
function firstOption(ballot: BallotRules, optionCount: number): Selections {
  switch (ballot.style) {
    case 'choice':
    case 'approval':
      return { kind: 'options', options: [0] }
    case 'ranking':
      return { kind: 'ranking', ranks: [[0]] }
    case 'grade':
      return { kind: 'grades', grades: [1, ...Array<null>(optionCount - 1).fill(null)] }
    case 'score':
      return { kind: 'scores', scores: [ballot.highest, ...Array<number>(optionCount - 1).fill(0)] }
  }
}

/** A contest as it is drafted, with the rules of its method complete. */
function contestBy(method: Method): SealedContest | undefined {
  const rules = method.rules.parse({}) as Record<string, unknown>
  const complete = 'highestScore' in rules ? { ...rules, highestScore: 5 } : rules
  if (methodFault(method, complete, 'secret') !== undefined) return undefined
  const draft = { ...contestOf('Chair', method.id, ['Ada', 'Bo', 'Cy']), rules: complete }
  return sealedContestOf(draftedContest(draft), 1_000_000)
}

const sealedContests = methods.flatMap((method) => {
  const contest = contestBy(method)
  return contest === undefined ? [] : [[method.id, contest] as const]
})

test.each(sealedContests)(
  'a contest counted by %s takes the ballots that are sealed for it',
  (_, contest) => {
    const { ballot } = contest
    const numbers = encodeSelections(firstOption(ballot, 3), ballot, 3)
    const opened: OpenedContest =
      ballot.style === 'choice' || ballot.style === 'approval'
        ? { kind: 'totals', sums: numbers.map(BigInt), ballots: 1n }
        : { kind: 'ballots', ballots: [numbers] }
    const { tabulation, invalid } = countContest(contest, opened, undecided)
    expect(invalid).toEqual([])
    expect(tabulation.statistics).toMatchObject({ valid: '1', invalid: '0' })
  },
)

test('opened scores are grouped with every score, 0 too', () => {
  const contest = { ...committee, ballot: { style: 'score', highest: 5, blank: true } } as const
  const ballots = [
    [5, 0, 3],
    [0, 0, 0],
    [5, 0, 3],
  ]
  const { ballots: groups } = groupBallots(contest, { kind: 'ballots', ballots }, [])
  expect(groups).toMatchObject({ kind: 'scores', count: 2 })
  expect([...groups.entries]).toEqual([0, 5, 1, 0, 2, 3])
  expect([...groups.weights]).toEqual([2, 1])
})

test('what no seal can hide is counted all the same where ballots are not sealed', () => {
  const [pav, cambridge] = [methodById('pav'), methodById('stv-cambridge')]
  for (const method of [pav, cambridge]) {
    const rules = method.rules.parse({}) as Record<string, unknown>
    expect(methodFault(method, rules, 'secret')).toBeDefined()
    for (const visibility of ['open', 'named', 'manual'] as const) {
      expect(methodFault(method, rules, visibility)).toBeUndefined()
    }
  }
  const open = { ...methodById('irv'), style: 'score' as const }
  expect(methodFault(open, { highestScore: 256 }, 'open')).toMatchObject({ rule: 'highestScore' })
})

test.each([
  ['score', { highestScore: 5 }, undefined],
  ['score', { highestScore: 256 }, { rule: 'highestScore', message: expect.stringContaining('255') }],
  ['score', {}, { message: expect.stringContaining('no highest score') }],
  ['grade', { bestGrade: 254 }, undefined],
  ['grade', { bestGrade: 255 }, { rule: 'bestGrade', message: expect.stringContaining('254') }],
  ['approval', {}, { message: expect.stringContaining('totals only') }],
] as const)(
  'a method of %s ballots with rules %o can be elected by, or says why not',
  (style, rules, fault) => {
    expect(methodFault({ ...methodById('irv'), style }, rules, 'secret')).toEqual(fault)
  },
)
