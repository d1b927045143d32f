import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ContestConfig } from '../../src/election/config-schema.ts'
import { draftedContest, option } from '../../src/election/contest-draft.ts'
import { draftOfContest } from '../../src/election/draft-of-fields.ts'
import { contestsOfSealedElection, questionOf, sealedContestOf } from '../../src/election/sealed-election.ts'
import { slugOf, slugPattern } from '../../src/election/slug.ts'
import { nearestWord } from '../../src/election/spelling.ts'
import { formatThreshold, parseThreshold } from '../../src/election/threshold.ts'
import { weightUnit } from '../../src/election/weight-unit.ts'
import { contestDraft } from '../support/election.ts'

test.each([
  ['Comité 2026: la elección', 'comite-2026-la-eleccion'],
  ['  Board / 2026  ', 'board-2026'],
  ['选举', 'election'],
  ['Straße, Łódź & Ærø', 'strasse-lodz-aero'],
])('the short name of "%s" is %s', (title, slug) => {
  expect(slugOf(title)).toBe(slug)
})

test('whatever the title, its short name is one', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (title) => {
      expect(slugOf(title)).toMatch(slugPattern)
    }),
  )
})

test.each([
  ['more than 1/2', { of: [1, 2], reach: 'more than' }],
  ['At least 2 / 3', { of: [2, 3], reach: 'at least' }],
  ['at least 60%', { of: [60, 100], reach: 'at least' }],
  ['more than 33.25 %', { of: [3325, 10_000], reach: 'more than' }],
])('the threshold "%s"', (text, threshold) => {
  expect(parseThreshold(text)).toEqual(threshold)
  expect(parseThreshold(formatThreshold(parseThreshold(text)!))).toEqual(threshold)
})

test.each(['1/2', 'half', 'more than 3/2', 'more than 1/0', 'at least 101%', ''])(
  '"%s" is no threshold: which side of the line elects must be said',
  (text) => {
    expect(parseThreshold(text)).toBeUndefined()
  },
)

test('the unit of the sealed count divides every weight, and nothing greater does', () => {
  const weights = fc.array(fc.integer({ min: 1, max: 50_000_000 }), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(weights, fc.integer({ min: 1, max: 1000 }), (each, factor) => {
      const unit = weightUnit(each.map((weight) => weight * factor))
      expect(unit % factor).toBe(0)
      const units = each.map((weight) => (weight * factor) / unit)
      expect(units.every(Number.isInteger)).toBe(true)
      expect(weightUnit(units)).toBe(1)
    }),
  )
  expect(weightUnit([])).toBe(1_000_000)
})

test('a word that is nearly a known one is taken for it, and another is not', () => {
  expect(nearestWord('Candidate', ['candidates', 'title'])).toBe('candidates')
  expect(nearestWord('colour', ['candidates', 'title'])).toBeUndefined()
  expect(nearestWord('x', ['max'])).toBeUndefined()
})

const contests = fc
  .record({
    kind: fc.constantFrom(
      { method: 'plurality' },
      { method: 'majority', rules: { threshold: { of: [2, 3], reach: 'at least' } } },
      { method: 'approval-vote', seats: 3, min: 2 },
      { method: 'irv' },
      { method: 'schulze' },
      { method: 'stv-scottish', seats: 4 },
    ),
    blank: fc.boolean(),
    title: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
    count: fc.integer({ min: 2, max: 60 }),
    unit: fc.constantFrom(1_000_000, 250_000),
  })
  .map(({ kind, blank, title, count, unit }) => {
    const options = Array.from({ length: count }, (_, index) => option(`Candidate "${index + 1}"`))
    const contest = draftedContest(contestDraft({ ...kind, blank, title, options }))
    return sealedContestOf(contest, unit)
  })

const parameters = {
  version: 1,
  group: 'Ed25519',
  name: '',
  description: '',
  uuid: '',
  public_key: '',
} as const

test('whoever has the public election alone reads the contests as they were set up', () => {
  fc.assert(
    fc.property(fc.array(contests, { minLength: 1, maxLength: 3 }), (sealed) => {
      const questions = JSON.parse(JSON.stringify(sealed.map(questionOf)))
      expect(contestsOfSealedElection({ ...parameters, questions })).toEqual(sealed)
    }),
  )
})

test.each<[string, Partial<ContestConfig>]>([
  ['names written in', { write_in: true, none: 'Nobody', blank_name: 'Pass', random_order: true }],
  [
    'approvals and none of the above',
    { method: 'approval-vote', none: 'Nobody', min: 2, random_order: true },
  ],
  ['a ranking with none of the above', { method: 'irv', none: 'Nobody', blank_name: 'Pass' }],
  ['grades', { method: 'majority-judgment', none: 'Nobody', blank_name: 'Pass', min: 2 }],
  ['scores', { method: 'score', rules: { highestScore: 5 }, none: 'Nobody', blank_name: 'Pass' }],
  ['lists', { method: 'dhondt', candidates: [{ name: 'Greens', members: ['Ana', 'Bo'] }, 'Reds'] }],
])('a stranger reads a contest with %s as it was set up', (_, fields) => {
  const config = { title: 'Any', method: 'plurality', candidates: ['Ana', 'Bo', 'Cy'], ...fields }
  const sealed = sealedContestOf(draftedContest(draftOfContest(config, 'secret')), 1_000_000)
  const questions = JSON.parse(JSON.stringify([questionOf(sealed)]))
  expect(contestsOfSealedElection({ ...parameters, questions })).toEqual([sealed])
})

test('a public election whose ballots nobody could cast is none of urna’s', () => {
  const names = Array.from({ length: 40 }, (_, index) => `Candidate ${index + 1}`)
  const strict = { equalRanks: false, skippedRanks: false }
  const ranking = (max: number) =>
    questionOf({
      ...{ title: 'Committee', method: 'irv', seats: 1, rules: {}, options: names },
      ...{ ballot: { style: 'ranking', min: 1, max, blank: false, ...strict }, weightUnitMicros: 1_000_000 },
    })
  expect(contestsOfSealedElection({ ...parameters, questions: [ranking(40)] })).toHaveLength(1)
  // Reading a ballot of it would never end: a forger may fill the slots with a number beyond every ranking.
  const endless = ranking(Number.MAX_SAFE_INTEGER)
  expect(contestsOfSealedElection({ ...parameters, questions: [endless] })).toBeUndefined()
})
