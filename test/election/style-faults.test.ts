import { describe, expect, test } from 'vitest'
import type { ContestConfig } from '../../src/election/config-schema.ts'
import { draftOfContest } from '../../src/election/draft-of-fields.ts'

describe('what can not be counted soundly is refused in a sentence', () => {
  test.each<[string, Partial<ContestConfig>, string]>([
    [
      'none of the above for several seats',
      { method: 'block', seats: 2, none: 'Nobody' },
      'can win one seat',
    ],
    [
      'none of the above of a motion',
      { method: 'approval-motion', none: 'Neither' },
      "can't be counted by approval-motion",
    ],
    ['none of the above of lists', { method: 'dhondt', none: 'Nobody' }, "can't be counted by dhondt"],
    ['names written in to a ranking', { method: 'irv', write_in: true }, 'where voters choose or approve'],
    ['names written in to a motion', { method: 'approval-motion', write_in: true }, 'choose or approve'],
    ['grades of a method without', { grades: ['Bad', 'Good'] }, 'plurality knows no grades'],
    [
      'too few grades',
      { method: 'majority-judgment', grades: ['Bad', 'Good'] },
      '7 grades by its rules, and 2',
    ],
    [
      'two grades alike',
      { method: 'combined-simple', grades: ['No', 'Perhaps', 'No'] },
      'two grades have the same name',
    ],
    [
      'more grades than a byte tells apart',
      { method: 'majority-judgment', rules: { bestGrade: 300 } },
      'grades up to 254',
    ],
    [
      'a candidate with the mark of a written name',
      { write_in: true, candidates: ['Zoe (write-in)'] },
      'a voter has written in',
    ],
    [
      'exactly two scores',
      { method: 'score', rules: { highestScore: 5 }, exact: 2 },
      'every candidate gets a score',
    ],
    ['members of no list', { candidates: [{ name: 'Ana', members: ['Bo'] }] }, 'counts no lists'],
    [
      'a candidate on two lists',
      {
        method: 'dhondt',
        candidates: [
          { name: 'A', members: ['Bo'] },
          { name: 'B', members: ['Bo'] },
        ],
      },
      '"Bo" is there twice',
    ],
    [
      'votes for candidates of lists, who would be chosen instead of a list',
      { method: 'dhondt', candidates: ['A', 'Bo'], rules: { candidates: { A: ['Bo'] } } },
      'the candidates of a list stand with it',
    ],
    [
      'an order of lists by votes that a ballot does not have',
      { method: 'dhondt', rules: { order: 'preference votes' } },
      'its order is "as listed"',
    ],
    [
      'a base of abstentions that are blank ballots',
      { method: 'approval-motion', candidates: ['Yes', 'No'], rules: { base: 'yes, no and abstain' } },
      'who abstains casts a blank ballot',
    ],
  ])('%s', (_, fields, sentence) => {
    const contest = { title: 'Any', method: 'plurality', candidates: ['Ana', 'Bo', 'Cy'], ...fields }
    expect(() => draftOfContest(contest, 'secret')).toThrow(sentence)
  })
})
