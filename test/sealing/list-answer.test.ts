import { describe, expect, test } from 'vitest'
import { parseCanonical } from '../../src/sealing/canonical-json.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import {
  createListAnswer,
  findWrongListProof,
  type ListAnswer,
  listAnswerFormat,
} from '../../src/sealing/list-answer.ts'
import type { Proof } from '../../src/sealing/proof.ts'
import type { ListsQuestion } from '../../src/sealing/question.ts'
import { countingGroup } from '../support/counting-group.ts'

const group = await loadGroup()
const publicKey = group.multiplyBase(group.randomScalar())
const context = { publicKey, binding: 'election|voter' }

const question: ListsQuestion = {
  answers: [['Red', 'Ada', 'Bea'], ['Green', 'Cleo'], ['Grey']],
  question: 'q',
}

function create(...choices: number[][]): ListAnswer {
  return createListAnswer(group, { question, choices, ...context })
}

function findWrong(answer: ListAnswer, binding = context.binding) {
  return findWrongListProof(group, { answer, publicKey, binding })
}

test.each([
  ['one candidate of a list', [[1, 0, 1], [0, 0], [0]]],
  ['all candidates of a list', [[1, 1, 1], [0, 0], [0]]],
  ['the only candidate of a list', [[0, 0, 0], [1, 1], [0]]],
])('%s are sealed and proven', (_, choices) => {
  const answer = create(...choices)
  expect(findWrong(answer)).toBeUndefined()
  const format = listAnswerFormat(group, question)
  expect(parseCanonical(format, format.write(answer))).toEqual({ ok: true, value: answer })
})

test.each([
  ['a list without a candidate', [[1, 0, 0], [0, 0], [0]]],
  ['no list', [[0, 0, 0], [0, 0], [0]]],
  ['two lists', [[1, 1, 0], [1, 1], [0]]],
  ['a candidate of another list', [[1, 1, 0], [0, 1], [0]]],
  ['a two', [[1, 2, 0], [0, 0], [0]]],
  [
    'too few lists',
    [
      [1, 1, 0],
      [0, 0],
    ],
  ],
  ['too many lists', [[1, 1, 0], [0, 0], [0], [0]]],
  ['too few candidates', [[1, 1], [0, 0], [0]]],
])('%s cannot be sealed', (_, choices) => {
  expect(() => create(...choices)).toThrow(RangeError)
})

test('the work does not tell the list', () => {
  const works = [
    [[1, 0, 1], [0, 0], [0]],
    [[0, 0, 0], [1, 1], [0]],
  ].map((choices) => {
    const { group: counted, counts } = countingGroup(group)
    createListAnswer(counted, { question, choices, ...context })
    return Object.fromEntries(counts)
  })
  expect(works[1]).toEqual(works[0])
})

describe('what is not proven is found', () => {
  const answer = create([1, 1, 0], [0, 0], [0])
  const alter = (proof: Proof): Proof => ({ ...proof, response: group.addScalars(proof.response, group.one) })

  test('a proof made for another voter', () => {
    expect(findWrong(answer, 'election|another voter')).toBe('overall_proof')
  })

  test('that one list is chosen', () => {
    expect(findWrong({ ...answer, overall_proof: alter(answer.overall_proof) })).toBe('overall_proof')
  })

  test.each([0, 1, 2])('that list %i is chosen or empty', (index) => {
    const list_proofs = answer.list_proofs.map((proofs, i) => (i === index ? proofs.map(alter) : proofs))
    expect(findWrong({ ...answer, list_proofs })).toBe(`list_proofs[${index}]`)
  })

  test.each([0, 1])('that number %i of the first list is 0 or 1', (position) => {
    const individual_proofs = answer.individual_proofs.map((list, i) =>
      list.map((proofs, j) => (i === 0 && j === position ? proofs.map(alter) : proofs)),
    )
    expect(findWrong({ ...answer, individual_proofs })).toBe(`individual_proofs[0][${position}]`)
  })

  test('that somebody is chosen', () => {
    const { nonzero_proof } = answer
    const [first, second] = nonzero_proof.response
    const wrong = [
      { ...nonzero_proof, challenge: group.addScalars(nonzero_proof.challenge, group.one) },
      { ...nonzero_proof, commitment: group.identity },
      { ...nonzero_proof, commitment: group.base },
      { ...nonzero_proof, response: [second, first] as const },
    ]
    for (const proof of wrong) expect(findWrong({ ...answer, nonzero_proof: proof })).toBe('nonzero_proof')
  })

  test('a choice moved to another list', () => {
    const [first, second, third] = answer.choices
    const choices = [[first![0]!, first![2]!, first![1]!], second!, third!]
    expect(findWrong({ ...answer, choices })).toBeDefined()
  })
})
