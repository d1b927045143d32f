import { expect, test } from 'vitest'
import { sealedQuestion } from '../../src/ballot/sealed-question.ts'

const options = ['Ada', 'Ben', 'Cem']

test('a choice is a question of which only sums open', () => {
  const question = sealedQuestion({
    title: 'Chair',
    options,
    rules: { style: 'choice', min: 1, max: 1, blank: true },
  })
  expect(JSON.stringify(question)).toBe(
    '{"answers":["Ada","Ben","Cem"],"blank":true,"min":1,"max":1,"question":"Chair"}',
  )
})

test('without blank ballots the question says nothing about them', () => {
  const question = sealedQuestion({
    title: 'Board',
    options,
    rules: { style: 'approval', min: 1, max: 2, blank: false },
  })
  expect(question).toEqual({ answers: options, min: 1, max: 2, question: 'Board' })
})

const ranking = {
  style: 'ranking',
  min: 1,
  max: 3,
  blank: true,
  equalRanks: false,
  skippedRanks: false,
} as const

test('a ranking is a question whose ballots are shuffled', () => {
  expect(sealedQuestion({ title: 'Order', options, rules: ranking })).toEqual({
    type: 'NonHomomorphic',
    value: { answers: options, question: 'Order' },
  })
})

test('with more than 30 options the answers are the bytes of the ballot', () => {
  const many = Array.from({ length: 31 }, (_, number) => `Option ${number}`)
  const question = sealedQuestion({ title: 'Order', options: many, rules: ranking })
  const answers = Array.from({ length: 30 }, (_, byte) => `byte ${byte + 1}`)
  expect(question).toEqual({ type: 'NonHomomorphic', value: { answers, question: 'Order' } })
})
