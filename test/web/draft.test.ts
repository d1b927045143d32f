import { expect, test } from 'vitest'
import type { BallotRules } from '../../src/ballot/rules.ts'
import {
  countUnused,
  type DraftOf,
  emptyDraft,
  faultOfDraft,
  selectionsOf,
  toggle,
} from '../../web/vote/draft.ts'
import {
  appendOption,
  joinAbove,
  moveDown,
  moveUp,
  putOption,
  withoutOption,
} from '../../web/vote/ranking.ts'

const upToTwo: BallotRules = { style: 'choice', min: 1, max: 2, blank: true, none: 3, writeIn: true }

function marked(...chosen: DraftOf<'options'>['chosen']): DraftOf<'options'> {
  return { kind: 'options', chosen, written: '  Zoë   Ray ' }
}

test('who chooses none of the above, or a blank ballot, is told what that takes away', () => {
  expect(toggle(marked(0, 1), 3, upToTwo)).toEqual({ draft: marked(3), dropped: [0, 1] })
  expect(toggle(marked(3), 'blank', upToTwo)).toEqual({ draft: marked('blank'), dropped: [3] })
  expect(toggle(marked('blank'), 2, upToTwo)).toEqual({ draft: marked(2), dropped: ['blank'] })
  expect(toggle(marked(0), 'write-in', upToTwo)).toEqual({ draft: marked(0, 'write-in'), dropped: [] })
})

test('a choice too many stays where it is, and keeps the ballot from being sealed', () => {
  const { draft, dropped } = toggle(marked(0, 1), 2, upToTwo)
  expect([draft.chosen, dropped]).toEqual([[0, 1, 2], []])
  expect(faultOfDraft(draft, upToTwo, 4)).toEqual({ code: 'too-many', selected: 3, max: 2 })
})

test('what is sealed is what is marked, with the name that is written in as a ballot spells it', () => {
  expect(selectionsOf(marked('write-in', 1))).toEqual({ kind: 'options', options: [1], writeIn: 'Zoë Ray' })
  expect(selectionsOf(marked(2, 0))).toEqual({ kind: 'options', options: [0, 2] })
  expect(selectionsOf({ kind: 'ranking', ranks: [[1]], blank: true })).toEqual({ kind: 'blank' })
  expect(selectionsOf({ kind: 'scores', scores: [null, 3], blank: false })).toEqual({
    kind: 'scores',
    scores: [0, 3],
  })
})

test.each<[string, BallotRules, number]>([
  ['a choice', upToTwo, 2],
  ['a limited approval', { style: 'approval', min: 1, max: 3, blank: true }, 3],
  ['an approval of any number', { style: 'approval', min: 1, max: 4, blank: true }, 0],
  ['a ranking', { style: 'ranking', min: 1, max: 4, blank: true, equalRanks: false, skippedRanks: false }, 4],
  ['scores', { style: 'score', highest: 5, blank: true }, 4],
  ['grades', { style: 'grade', grades: ['Bad', 'Good'], min: 1, max: 4, blank: true }, 4],
])('of %s it is said how much more could be marked', (_, rules, unused) => {
  const draft = emptyDraft(rules, 4)
  expect(countUnused(draft, rules, 4)).toBe(unused)
  expect(faultOfDraft(draft, rules, 4)).toMatchObject({ code: 'too-few' })
})

test('none of the above leaves nothing unused', () => {
  expect(countUnused(marked(3), upToTwo, 4)).toBe(0)
  expect(faultOfDraft(marked(3), upToTwo, 4)).toBeUndefined()
})

test('ranks move by one at a time, are shared and left, and keep every option once', () => {
  const ranks = [2, 0, 1].reduce(appendOption, [] as readonly (readonly number[])[])
  expect(ranks).toEqual([[2], [0], [1]])
  expect(moveUp(ranks, 1)).toEqual([[2], [1], [0]])
  expect(moveDown(ranks, 2)).toEqual([[0], [2], [1]])
  expect(moveUp(ranks, 2)).toEqual(ranks)
  expect(moveDown(ranks, 1)).toEqual(ranks)
  const shared = joinAbove(ranks, 0)
  expect(shared).toEqual([[2, 0], [1]])
  expect(moveDown(shared, 2)).toEqual([[0], [2], [1]])
  expect(moveUp(shared, 0)).toEqual([[0], [2], [1]])
  expect(joinAbove(shared, 1)).toEqual([[2, 0, 1]])
  expect(withoutOption(shared, 1)).toEqual([[2, 0]])
  expect(putOption(ranks, 1, { before: 0 })).toEqual([[1], [2], [0]])
  expect(putOption(ranks, 1, { into: 0 })).toEqual([[2, 1], [0]])
})
