import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeBallot, encodeSelections, SelectionsRefused } from '../../src/ballot/encoding.ts'
import {
  byteSlots,
  maxRanks,
  maxScoredOptions,
  opensAsTotals,
  setUpFaultOf,
  writeInRoom,
} from '../../src/ballot/room.ts'
import { type BallotRules, ballotRulesSchema, type SelectionRules } from '../../src/ballot/rules.ts'
import { isPacked } from '../../src/ballot/sealed-question.ts'
import { faultOf, type Selections } from '../../src/ballot/selections.ts'
import { cleanWriteIn, writeInBytes, writeInFault } from '../../src/ballot/write-in.ts'

interface Contest {
  readonly rules: BallotRules
  readonly optionCount: number
}

const strictRanking = { style: 'ranking', blank: true, equalRanks: false, skippedRanks: false } as const

const selectionContests: fc.Arbitrary<Contest> = fc
  .record({
    style: fc.constantFrom('choice' as const, 'approval' as const),
    optionCount: fc.integer({ min: 1, max: 60 }),
    limits: fc.tuple(fc.nat(), fc.nat()),
    blank: fc.boolean(),
    none: fc.boolean(),
    writeIn: fc.boolean(),
  })
  .map(({ style, optionCount, limits, blank, none, writeIn }) => {
    const [min, max] = limits.map((limit) => 1 + (limit % optionCount)).sort((a, b) => a - b) as [
      number,
      number,
    ]
    const more = { ...(none && { none: optionCount - 1 }), ...(writeIn && { writeIn }) }
    return { rules: { style, min, max, blank, ...more }, optionCount }
  })

const gradeContests: fc.Arbitrary<Contest> = fc
  .record({
    count: fc.integer({ min: 2, max: 255 }),
    options: fc.nat(),
    limits: fc.tuple(fc.nat(), fc.nat()),
    blank: fc.boolean(),
  })
  .map(({ count, options, limits, blank }) => {
    const optionCount = 1 + (options % maxScoredOptions(count))
    const [min, max] = limits.map((limit) => 1 + (limit % optionCount)).sort((a, b) => a - b) as [
      number,
      number,
    ]
    const grades = Array.from({ length: count }, (_, grade) => `Grade ${grade}`)
    return { rules: { style: 'grade', grades, min, max, blank }, optionCount }
  })

const rankingContests: fc.Arbitrary<Contest> = fc
  .record({
    optionCount: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 31, max: 4100 })),
    limits: fc.tuple(fc.nat(), fc.nat()),
    blank: fc.boolean(),
    irregular: fc.boolean(),
  })
  .map(({ optionCount, limits, blank, irregular }) => {
    const most = maxRanks(optionCount)
    const [min, max] = limits.map((limit) => 1 + (limit % most)).sort((a, b) => a - b) as [number, number]
    const allowed = irregular && optionCount <= byteSlots
    return {
      rules: { style: 'ranking', min, max, blank, equalRanks: allowed, skippedRanks: allowed },
      optionCount,
    }
  })

const scoreContests: fc.Arbitrary<Contest> = fc
  .record({ highest: fc.integer({ min: 1, max: 255 }), options: fc.nat(), blank: fc.boolean() })
  .map(({ highest, options, blank }) => ({
    rules: { style: 'score', highest, blank },
    optionCount: 1 + (options % maxScoredOptions(highest)),
  }))

const contests = fc.oneof(selectionContests, rankingContests, scoreContests, gradeContests)

/** Selections that the rules allow. */
function selectionsFor({ rules, optionCount }: Contest): fc.Arbitrary<Selections> {
  const options = [...Array(optionCount).keys()]
  const blank = fc.constant<Selections>({ kind: 'blank' })
  const filled = filledFor(rules, options)
  return rules.blank ? fc.oneof({ weight: 1, arbitrary: blank }, { weight: 9, arbitrary: filled }) : filled
}

function filledFor(rules: BallotRules, options: readonly number[]): fc.Arbitrary<Selections> {
  const optionCount = options.length
  switch (rules.style) {
    case 'choice':
    case 'approval':
      return selectedFor(rules, options)
    case 'ranking':
      return fc
        .shuffledSubarray([...options], { minLength: rules.min, maxLength: rules.max })
        .map((chosen) => ({
          kind: 'ranking',
          ranks: rules.equalRanks ? withShared(chosen) : chosen.map((option) => [option]),
        }))
    case 'score':
      return fc
        .array(fc.integer({ min: 0, max: rules.highest }), { minLength: optionCount, maxLength: optionCount })
        .filter((scores) => scores.some((score) => score > 0))
        .map((scores) => ({ kind: 'scores', scores }))
    case 'grade':
      return fc
        .tuple(
          fc.subarray([...options], { minLength: rules.min, maxLength: rules.max }),
          fc.array(fc.nat({ max: rules.grades.length - 1 }), {
            minLength: optionCount,
            maxLength: optionCount,
          }),
        )
        .map(([graded, grades]) => ({
          kind: 'grades',
          grades: grades.map((grade, option) => (graded.includes(option) ? grade : null)),
        }))
  }
}

function selectedFor(rules: SelectionRules, options: readonly number[]): fc.Arbitrary<Selections> {
  const { none, writeIn } = rules
  const written = fc
    .string({ unit: 'grapheme', maxLength: 12 })
    .map(cleanWriteIn)
    .filter(
      (name) => writeInFault(name) === undefined && writeInBytes(name) <= writeInRoom(rules, options.length),
    )
  const others = options.filter((option) => option !== none)
  const some = (min: number, max: number) =>
    fc
      .shuffledSubarray(others, {
        minLength: Math.min(min, others.length),
        maxLength: Math.min(max, others.length),
      })
      .map((chosen): Selections => ({ kind: 'options', options: chosen.sort((a, b) => a - b) }))
  const choices = [
    ...(others.length >= rules.min ? [some(rules.min, rules.max)] : []),
    ...(none === undefined ? [] : [fc.constant<Selections>({ kind: 'options', options: [none] })]),
    ...(writeIn && others.length >= rules.min - 1
      ? [
          fc
            .tuple(some(rules.min - 1, rules.max - 1), written)
            .map(([selections, name]): Selections => ({ ...selections, writeIn: name }) as Selections),
        ]
      : []),
  ]
  return fc.oneof(...choices)
}

/** Puts every third option beside the one before, and an empty rank in front where there is room. */
function withShared(chosen: readonly number[]): number[][] {
  const ranks: number[][] = []
  for (const [position, option] of chosen.entries()) {
    if (position % 3 === 2) ranks.at(-1)!.push(option)
    else ranks.push([option])
  }
  const sorted = ranks.map((rank) => rank.sort((a, b) => a - b))
  return ranks.length < chosen.length ? [[], ...sorted] : sorted
}

const filledContests = contests.chain((contest) => fc.tuple(fc.constant(contest), selectionsFor(contest)))

test('what is sealed is what is read', () => {
  fc.assert(
    fc.property(filledContests, ([{ rules, optionCount }, selections]) => {
      const record = decodeBallot(encodeSelections(selections, rules, optionCount), rules, optionCount)
      expect(record).toEqual(
        selections.kind === 'blank' ? { status: 'blank' } : { status: 'valid', selections },
      )
    }),
    { numRuns: 1000 },
  )
})

test('ballots of a contest are all of one size, of numbers that fit', () => {
  fc.assert(
    fc.property(filledContests, ([{ rules, optionCount }, selections]) => {
      const numbers = encodeSelections(selections, rules, optionCount)
      const isHomomorphic = opensAsTotals(rules)
      const packed = isPacked(rules, optionCount) ? byteSlots : optionCount
      const length = isHomomorphic ? optionCount + (rules.blank ? 1 : 0) : packed
      expect(numbers).toHaveLength(length)
      expect(numbers.every((number) => number >= 0 && number <= (isHomomorphic ? 1 : 255))).toBe(true)
    }),
  )
})

test('whatever a hostile voter seals is read as some record, and only a ballot that the rules allow as valid', () => {
  const number = fc.oneof(
    fc.integer({ min: 0, max: 255 }),
    fc.constantFrom(0, 1, 2, -1, 256, 0.5, Number.NaN),
  )
  const hostile = contests.chain((contest) => {
    const length = isPacked(contest.rules, contest.optionCount) ? byteSlots : contest.optionCount
    const sized = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: length, maxLength: length })
    return fc.tuple(fc.constant(contest), fc.oneof(sized, fc.array(number, { maxLength: 62 })))
  })
  fc.assert(
    fc.property(hostile, ([{ rules, optionCount }, numbers]) => {
      const record = decodeBallot(numbers, rules, optionCount)
      if (record.status === 'blank') expect(rules.blank).toBe(true)
      if (record.status === 'valid') {
        expect(faultOf(record.selections, rules, optionCount)).toBeUndefined()
        expect(encodeSelections(record.selections, rules, optionCount)).toEqual(numbers)
      }
    }),
    { numRuns: 1000 },
  )
})

describe('by example', () => {
  test('a choice with a blank ballot allowed has a flag in front', () => {
    const rules: BallotRules = { style: 'choice', min: 1, max: 1, blank: true }
    expect(encodeSelections({ kind: 'options', options: [2] }, rules, 3)).toEqual([0, 0, 0, 1])
    expect(encodeSelections({ kind: 'blank' }, rules, 3)).toEqual([1, 0, 0, 0])
    expect(decodeBallot([1, 0, 0, 1], rules, 3)).toEqual({
      status: 'invalid',
      fault: { code: 'unreadable', why: 'blank-and-more' },
    })
  })

  test('up to 30 options a ranking is the rank of each', () => {
    const rules: BallotRules = { ...strictRanking, min: 1, max: 4 }
    expect(encodeSelections({ kind: 'ranking', ranks: [[2], [0]] }, rules, 4)).toEqual([2, 0, 1, 0])
    expect(encodeSelections({ kind: 'blank' }, rules, 4)).toEqual([0, 0, 0, 0])
  })

  test('above 30 options the rankings are numbered: none, then those of one rank, then those of two', () => {
    const rules: BallotRules = { ...strictRanking, min: 1, max: 2 }
    const number = (ranks: number[][]) =>
      encodeSelections({ kind: 'ranking', ranks }, rules, 40).reduce((value, byte) => value * 256 + byte, 0)
    expect(number([[0]])).toBe(1)
    expect(number([[39]])).toBe(40)
    expect(number([[0], [1]])).toBe(41)
    expect(number([[39], [38]])).toBe(40 + 40 * 39)
    const beyond = [...Array(28).fill(0), Math.floor((41 + 40 * 39) / 256), (41 + 40 * 39) % 256]
    expect(decodeBallot(beyond, rules, 40)).toEqual({
      status: 'invalid',
      fault: { code: 'unreadable', why: 'index' },
    })
  })
})

describe('faults', () => {
  const ranking: BallotRules = { ...strictRanking, min: 2, max: 3 }
  const approval: BallotRules = { style: 'approval', min: 1, max: 2, blank: false }
  const score: BallotRules = { style: 'score', highest: 5, blank: false }

  test.each<[string, BallotRules, Selections, object]>([
    [
      'an option that is not there',
      approval,
      { kind: 'options', options: [4] },
      { code: 'unknown-option', option: 4 },
    ],
    [
      'an option twice',
      approval,
      { kind: 'options', options: [1, 1] },
      { code: 'repeated-option', option: 1 },
    ],
    [
      'too many',
      approval,
      { kind: 'options', options: [0, 1, 2] },
      { code: 'too-many', selected: 3, max: 2 },
    ],
    ['none where blank is not allowed', approval, { kind: 'blank' }, { code: 'blank-not-allowed' }],
    ['no option', approval, { kind: 'options', options: [] }, { code: 'too-few', selected: 0, min: 1 }],
    ['too few ranks', ranking, { kind: 'ranking', ranks: [[1]] }, { code: 'too-few', selected: 1, min: 2 }],
    [
      'a shared rank',
      ranking,
      { kind: 'ranking', ranks: [[1, 2]] },
      { code: 'equal-ranks', rank: 1, options: [1, 2] },
    ],
    ['an empty rank', ranking, { kind: 'ranking', ranks: [[1], [], [2]] }, { code: 'skipped-rank', rank: 2 }],
    [
      'another kind of ballot',
      ranking,
      { kind: 'options', options: [1] },
      { code: 'wrong-kind', expected: 'ranking' },
    ],
    [
      'a score too high',
      score,
      { kind: 'scores', scores: [0, 6, 0, 0] },
      { code: 'score-out-of-range', option: 1, highest: 5 },
    ],
    [
      'a score that is no number',
      score,
      { kind: 'scores', scores: [5, Number.NaN, 0, 0] },
      { code: 'score-out-of-range', option: 1, highest: 5 },
    ],
    [
      'a score between two',
      score,
      { kind: 'scores', scores: [5, 0, 0.5, 0] },
      { code: 'score-out-of-range', option: 2, highest: 5 },
    ],
    [
      'a score missing',
      score,
      { kind: 'scores', scores: [1] },
      { code: 'scores-missing', scores: 1, options: 4 },
    ],
    [
      'no score above 0',
      score,
      { kind: 'scores', scores: [0, 0, 0, 0] },
      { code: 'too-few', selected: 0, min: 1 },
    ],
  ])('%s', (_, rules, selections, fault) => {
    expect(faultOf(selections, rules, 4)).toEqual(fault)
    expect(() => encodeSelections(selections, rules, 4)).toThrow(SelectionsRefused)
  })

  test('an empty rank below all others, even where ranks may be empty', () => {
    const rules: BallotRules = { ...strictRanking, min: 1, max: 3, skippedRanks: true }
    expect(faultOf({ kind: 'ranking', ranks: [[1], [], [0]] }, rules, 4)).toBeUndefined()
    expect(faultOf({ kind: 'ranking', ranks: [[1], []] }, rules, 4)).toEqual({
      code: 'skipped-rank',
      rank: 2,
    })
  })

  test('a rank beyond the number of options, which only a tampered device seals', () => {
    const rules: BallotRules = { ...strictRanking, min: 1, max: 3, skippedRanks: true }
    expect(decodeBallot([0, 200, 0], rules, 3)).toEqual({
      status: 'invalid',
      fault: { code: 'rank-out-of-range', rank: 200, highest: 3 },
    })
  })
})

describe('room', () => {
  test.each([
    [30, 30],
    [54, 54],
    [55, 51],
    [4100, 20],
  ])('of %i options %i ranks fit', (optionCount, most) => {
    expect(maxRanks(optionCount)).toBe(most)
  })

  test('92 options can be scored from 0 to 5, and 30 from 0 to 255', () => {
    expect(maxScoredOptions(5)).toBe(92)
    expect(maxScoredOptions(255)).toBe(30)
  })

  test.each<[string, BallotRules, number, object | undefined]>([
    ['20 ranks of 4100 options', { ...strictRanking, min: 1, max: 20 }, 4100, undefined],
    [
      '21 ranks of 4100 options',
      { ...strictRanking, min: 1, max: 21 },
      4100,
      { code: 'too-many-ranks', max: 21, most: 20, options: 4100 },
    ],
    [
      'shared ranks of 31 options',
      { ...strictRanking, equalRanks: true, min: 1, max: 5 },
      31,
      { code: 'only-strict-ranks', options: 31, most: 30 },
    ],
    [
      '93 scores up to 5',
      { style: 'score', highest: 5, blank: false },
      93,
      { code: 'too-many-scores', options: 93, most: 92, highest: 5 },
    ],
    [
      'more selections than options',
      { style: 'approval', min: 1, max: 4, blank: false },
      3,
      { code: 'limits-contradict', min: 1, max: 4, options: 3 },
    ],
    [
      'no options',
      { style: 'approval', min: 1, max: 1, blank: false },
      0,
      { code: 'too-few-options', options: 0, atLeast: 1 },
    ],
  ])('%s', (_, rules, optionCount, fault) => {
    expect(setUpFaultOf(rules, optionCount)).toEqual(fault)
  })

  test('the longest rankings that fit can be sealed, and read again', () => {
    for (const optionCount of [54, 4100]) {
      const most = maxRanks(optionCount)
      const rules: BallotRules = { ...strictRanking, min: 1, max: most }
      const ranks = Array.from({ length: most }, (_, rank) => [optionCount - 1 - rank])
      const numbers = encodeSelections({ kind: 'ranking', ranks }, rules, optionCount)
      expect(decodeBallot(numbers, rules, optionCount)).toEqual({
        status: 'valid',
        selections: { kind: 'ranking', ranks },
      })
    }
  })
})

test.each([
  ['without a minimum', { style: 'choice', min: 0, max: 1, blank: false }],
  ['with a field it does not know', { style: 'choice', min: 1, max: 1, blank: false, equalRanks: true }],
  ['with scores beyond a byte', { style: 'score', highest: 256, blank: false }],
])('rules %s are not read', (_, rules) => {
  expect(ballotRulesSchema.safeParse(rules).success).toBe(false)
})
