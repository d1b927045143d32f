import { expect, test } from 'vitest'
import { rankingGroups, scoreGroups, selectionGroups } from '../../src/tabulation/ballot-grouping.ts'
import {
  type BallotGroups,
  sharesRank,
  skippedRank,
  unpackRanking,
} from '../../src/tabulation/ballot-groups.ts'
import type { BallotStyle } from '../../src/tabulation/method.ts'
import { recastBallots } from '../../src/tabulation/recast.ts'
import { TabulationRefusal } from '../../src/tabulation/refusals.ts'

function grouped(grouping: ReturnType<typeof rankingGroups>, ...ballots: number[][]): BallotGroups {
  for (const entries of ballots) grouping.add(entries)
  return grouping.finish()
}

const rankings = grouped(
  rankingGroups(4),
  [2, 0, 1],
  [skippedRank, 3, 1 | sharesRank, 0],
  [],
  [2, 0, 1 | sharesRank, skippedRank, 2],
)
const scores = grouped(scoreGroups(4), [0, 3, 1, 5, 3, 5], [0, 0, 2, 0], [], [3, 1])
const selections = grouped(selectionGroups(4), [1], [3, 0], [])

/** The ballots of selections, as lists of options. */
function ballotsOf({ starts, entries, count }: BallotGroups): number[][] {
  return Array.from({ length: count }, (_, group) => [...entries.subarray(starts[group], starts[group + 1])])
}

test.each<[BallotStyle, string]>([
  ['choice', 'several in that rank are an overvote'],
  ['list', 'and no others'],
])('a ranking is a %s of what it ranks first', (style, said) => {
  const { ballots, remark } = recastBallots(rankings, style)
  expect(ballots.kind).toBe('selections')
  expect(ballotsOf(ballots)).toEqual([[2], [1, 3], [], [2]])
  expect(remark).toContain(said)
})

test('a ranking approves all that it ranks, each once', () => {
  expect(ballotsOf(recastBallots(rankings, 'approval').ballots)).toEqual([
    [0, 1, 2],
    [0, 1, 3],
    [],
    [0, 1, 2],
  ])
})

test('scores choose the highest, and nothing where all are 0', () => {
  expect(ballotsOf(recastBallots(scores, 'choice').ballots)).toEqual([[1, 3], [], [], [3]])
})

test('scores above 0 approve', () => {
  expect(ballotsOf(recastBallots(scores, 'approval').ballots)).toEqual([[0, 1, 3], [], [], [3]])
})

test('scores rank, equal ones together, and leave the rest unranked', () => {
  const { ballots } = recastBallots(scores, 'ranking')
  const ranks = Array.from({ length: ballots.count }, (_, group) => unpackRanking(ballots, group))
  expect(ranks).toEqual([[[1, 3], [0]], [[0, 2]], [], [[3]]])
})

test('selections rank first what they select, together', () => {
  const { ballots } = recastBallots(selections, 'ranking')
  const ranks = Array.from({ length: ballots.count }, (_, group) => unpackRanking(ballots, group))
  expect(ranks).toEqual([[[1]], [[0, 3]], []])
})

test('weights, invalid ballots, the order of the ballots and the numbers of their groups stay', () => {
  const grouping = rankingGroups(3, 'kept')
  for (const [entries, weight] of [
    [[0, 1], 2],
    [[0, 2], 1],
    [[0, 1], 1],
  ] as const)
    grouping.add(entries, weight)
  grouping.addInvalid(4)
  const { ballots } = recastBallots(grouping.finish(), 'choice')
  expect(ballotsOf(ballots)).toEqual([[0], [0]])
  expect(ballots).toMatchObject({ count: 2, optionCount: 3, invalid: 4, weightPlaces: 0 })
  expect([...ballots.weights]).toEqual([3, 1])
  expect([...ballots.sequence!]).toEqual([0, 0, 1, 0])
})

test('ballots of the style that is counted stay as they are', () => {
  expect(recastBallots(rankings, 'ranking')).toEqual({ ballots: rankings })
  expect(recastBallots(scores, 'grade').ballots).toBe(scores)
  expect(recastBallots(selections, 'choice').ballots).toBe(selections)
})

test.each<[BallotGroups, BallotStyle]>([
  [rankings, 'score'],
  [rankings, 'grade'],
  [selections, 'score'],
  [selections, 'grade'],
])('no scores are made up', (ballots, style) => {
  expect(() => recastBallots(ballots, style)).toThrow(TabulationRefusal)
})
