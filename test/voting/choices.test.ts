import { describe, expect, test } from 'vitest'
import type { SealedContest } from '../../src/election/sealed-election.ts'
import { selectionsOfChoices } from '../../src/voting/choices.ts'

const contest = { seats: 1, rules: {}, weightUnitMicros: 1_000_000 }
const chair: SealedContest = {
  ...contest,
  title: 'Chair',
  method: 'plurality',
  ballot: { style: 'choice', min: 1, max: 1, blank: true },
  options: ['Ada', 'Bo', 'Zoë'],
}
const board: SealedContest = {
  ...contest,
  title: 'Board',
  method: 'approval-vote',
  ballot: { style: 'approval', min: 2, max: 3, blank: false },
  options: ['Cy', 'Di', 'Eli', 'Flo'],
}
const order: SealedContest = {
  ...contest,
  title: 'Order',
  method: 'irv',
  ballot: { style: 'ranking', min: 1, max: 3, blank: true, equalRanks: false, skippedRanks: false },
  options: ['Gus', 'Hal', 'Ida'],
}
const scored: SealedContest = {
  ...contest,
  title: 'Scores',
  method: 'score',
  ballot: { style: 'score', highest: 5, blank: true },
  options: ['Jo', 'Kai'],
}

function choose(contests: readonly SealedContest[], ...choices: unknown[]) {
  return selectionsOfChoices(JSON.stringify({ contests: choices }), contests)
}

test('each contest is named by its title or its place, in any order', () => {
  expect(
    choose(
      [chair, board, order, scored],
      { contest: 4, scores: { Kai: 5 } },
      { contest: 'Order', ranking: ['Ida', ['Gus']] },
      { contest: 2, choices: ['Flo', 'Cy'] },
      { contest: 'Chair', blank: true },
    ),
  ).toEqual([
    { kind: 'blank' },
    { kind: 'options', options: [0, 3] },
    { kind: 'ranking', ranks: [[2], [0]] },
    { kind: 'scores', scores: [0, 5] },
  ])
})

test('a name counts as the same however its accents are encoded', () => {
  expect(choose([chair], { contest: 1, choices: ['Zoe\u0308 '] })).toEqual([
    { kind: 'options', options: [2] },
  ])
})

describe('what can not be is refused by the name of the contest', () => {
  test.each([
    ['an overvote', [chair], { contest: 1, choices: ['Ada', 'Bo'] }, '2 chosen, and at most 1 may be'],
    ['an undervote', [board], { contest: 1, choices: ['Cy'] }, '1 chosen, and at least 2 must be'],
    ['no choice', [chair], { contest: 1, choices: [] }, 'for a blank vote'],
    ['a blank vote where there is none', [board], { contest: 1, blank: true }, 'not allowed'],
    ['a name twice', [board], { contest: 1, choices: ['Cy', 'Cy'] }, 'twice'],
    ['an unknown name', [board], { contest: 1, choices: ['Cy', 'Xy'] }, 'choice 2 is none of its options'],
    ['a shared rank', [order], { contest: 1, ranking: [['Gus', 'Hal']] }, 'rank 1 has several'],
    ['an empty rank', [order], { contest: 1, ranking: ['Gus', [], 'Hal'] }, 'rank 2 is empty'],
    ['a ranking where names are chosen', [chair], { contest: 1, ranking: ['Ada'] }, 'it wants "choices"'],
    ['choices where they are ranked', [order], { contest: 1, choices: ['Gus'] }, 'it wants "ranking"'],
    ['a score beyond the highest', [scored], { contest: 1, scores: { Jo: 6 } }, 'from 0 to 5'],
  ])('%s', (_, contests, choice, reason) => {
    expect(() => choose(contests, choice)).toThrow(
      expect.objectContaining({
        code: 'choices-invalid',
        details: { contest: contests[0]!.title, reason: expect.stringContaining(reason) },
      }),
    )
  })

  test('a contest left out', () => {
    expect(() => choose([chair, board], { contest: 1, blank: true })).toThrow(/^Board: nothing is chosen/)
  })

  test('a contest twice', () => {
    expect(() => choose([chair], { contest: 1, blank: true }, { contest: 'Chair', blank: true })).toThrow(
      /^Chair: it is there twice/,
    )
  })

  test('a contest that there is not', () => {
    expect(() => choose([chair], { contest: 'Treasurer', blank: true })).toThrow(
      'There is no contest Treasurer on this ballot, only 1 (Chair).',
    )
  })

  test('something else than choices', () => {
    expect(() => selectionsOfChoices('Ada', [chair])).toThrow('not JSON')
    expect(() => choose([chair], { contest: 1, choice: 'Ada' })).toThrow('at contests.0')
  })
})

test('no refusal tells what was chosen', () => {
  for (const choices of [
    ['Ada', 'Bo'],
    ['Ada', 'Ada'],
    ['Bo', 'Nobody'],
  ]) {
    let said = ''
    try {
      choose([{ ...chair, options: [...chair.options, ...'abcdefghijklmnopqrst'] }], { contest: 1, choices })
    } catch (error) {
      said = JSON.stringify([(error as Error).message, (error as { details: unknown }).details])
    }
    expect(said).toMatch(/Chair/)
    for (const choice of choices) expect(said).not.toContain(choice)
  }
})

test('an option that is scored twice under two spellings is refused, not scored by the last', () => {
  expect(() => choose([scored], { contest: 1, scores: { Kai: 5, 'Kai ': 1 } })).toThrow(
    'Scores: one option is there twice',
  )
})

test('what is written wrongly is named by its contest, never by the choice', () => {
  for (const scores of [{ Kai: -1 }, { Kai: 1.5 }, { Kai: '5' }]) {
    expect(() => choose([scored], { contest: 1, scores })).toThrow(/at contests\.0:/)
  }
})

describe('in the styles of later versions', () => {
  const written: SealedContest = {
    ...chair,
    ballot: { style: 'choice', min: 1, max: 1, blank: true, blankName: 'Abstain', none: 2, writeIn: true },
  }
  const graded: SealedContest = {
    ...contest,
    title: 'Park',
    method: 'combined-simple',
    ballot: { style: 'grade', grades: ['Bad', 'Fair', 'Good'], min: 1, max: 2, blank: true },
    options: ['Elm', 'Oak', 'Yew'],
  }

  test('a name is written in, and what is left out has no grade', () => {
    expect(
      choose(
        [written, graded],
        { contest: 1, choices: [], writeIn: ' Zoe  Quinn ' },
        { contest: 2, grades: { Oak: 'Good', Elm: 'Bad' } },
      ),
    ).toEqual([
      { kind: 'options', options: [], writeIn: 'Zoe Quinn' },
      { kind: 'grades', grades: [0, 2, null] },
    ])
  })

  test.each([
    [
      'a name too long',
      [written],
      { contest: 1, choices: [], writeIn: 'é'.repeat(15) },
      'takes 30 bytes, and there is room for 29',
    ],
    ['a name of no letters', [written], { contest: 1, choices: [], writeIn: '?!' }, 'has no letter'],
    [
      'a name where none may be',
      [chair],
      { contest: 1, choices: [], writeIn: 'Zoe' },
      'no name may be written in',
    ],
    ['a name and a choice', [written], { contest: 1, choices: ['Ada'], writeIn: 'Zoe' }, 'at most 1 may be'],
    ['a grade that is none', [graded], { contest: 1, grades: { Elm: 'Best' } }, 'they are Bad, Fair, Good'],
    [
      'too many grades',
      [graded],
      { contest: 1, grades: { Elm: 'Bad', Oak: 'Bad', Yew: 'Bad' } },
      'at most 2 may be',
    ],
    ['another kind', [graded], { contest: 1, choices: ['Elm'] }, 'it wants "grades"'],
  ])('%s is refused, and nothing of it is told', (_, contests, said, reason) => {
    expect(() => choose(contests, said)).toThrow(reason)
    expect(() => choose(contests, said)).not.toThrow(/Zoe|Best/)
  })

  test('none of the above and more is refused by the name of that option', () => {
    const several: SealedContest = {
      ...board,
      ballot: { style: 'approval', min: 1, max: 3, blank: true, none: 3 },
    }
    expect(() => choose([several], { contest: 1, choices: ['Flo', 'Cy'] })).toThrow(
      'who chooses "Flo" chooses nothing else',
    )
  })
})
