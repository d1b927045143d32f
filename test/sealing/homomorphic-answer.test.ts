import { describe, expect, test } from 'vitest'
import { parseCanonical } from '../../src/sealing/canonical-json.ts'
import { sumCiphertexts } from '../../src/sealing/ciphertext.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import {
  createHomomorphicAnswer,
  findWrongHomomorphicProof,
  type HomomorphicAnswer,
  homomorphicAnswerFormat,
} from '../../src/sealing/homomorphic-answer.ts'
import type { Proof } from '../../src/sealing/proof.ts'
import type { HomomorphicQuestion } from '../../src/sealing/question.ts'
import { countingGroup } from '../support/counting-group.ts'

const group = await loadGroup()
const publicKey = group.multiplyBase(group.randomScalar())
const context = { publicKey, binding: 'election|voter' }

function question(
  answers: number,
  limits: { min: number; max: number; blank?: boolean },
): HomomorphicQuestion {
  return { answers: new Array<string>(answers).fill('a'), question: 'q', ...limits }
}

function create(asked: HomomorphicQuestion, ...choices: number[]): HomomorphicAnswer {
  return createHomomorphicAnswer(group, { question: asked, choices, ...context })
}

function findWrong(asked: HomomorphicQuestion, answer: HomomorphicAnswer, binding = context.binding) {
  return findWrongHomomorphicProof(group, { question: asked, answer, publicKey, binding })
}

const oneOfThree = question(3, { min: 1, max: 1 })
const upToTwo = question(4, { min: 0, max: 2 })
const exactlyTwo = question(4, { min: 2, max: 2 })
const twoOrThree = question(4, { min: 2, max: 3 })
const approval = question(3, { min: 0, max: 3 })
const moreThanThere = question(2, { min: 0, max: 5 })
const oneOrBlank = question(2, { min: 1, max: 1, blank: true })
const anyOrBlank = question(3, { min: 0, max: 3, blank: true })
const threeOrBlank = question(4, { min: 3, max: 4, blank: true })
const blankForbidden = question(2, { min: 1, max: 1, blank: false })

describe('an answer that the question allows is proven', () => {
  test.each([
    ['the first of three', oneOfThree, [1, 0, 0]],
    ['the last of three', oneOfThree, [0, 0, 1]],
    ['nobody, where nobody is allowed', upToTwo, [0, 0, 0, 0]],
    ['as many as allowed', upToTwo, [0, 1, 0, 1]],
    ['exactly two', exactlyTwo, [1, 1, 0, 0]],
    ['the minimum', twoOrThree, [1, 0, 0, 1]],
    ['the maximum', twoOrThree, [1, 1, 0, 1]],
    ['everybody', approval, [1, 1, 1]],
    ['everybody, where more would be allowed', moreThanThere, [1, 1]],
    ['a blank vote', oneOrBlank, [1, 0, 0]],
    ['one, where blank would be allowed', oneOrBlank, [0, 0, 1]],
    ['nobody, though not blank', anyOrBlank, [0, 0, 0, 0]],
    ['blank, where nobody would be allowed too', anyOrBlank, [1, 0, 0, 0]],
    ['everybody, where blank would be allowed', anyOrBlank, [0, 1, 1, 1]],
    ['blank below the minimum', threeOrBlank, [1, 0, 0, 0, 0]],
    ['the minimum, where blank would be allowed', threeOrBlank, [0, 1, 0, 1, 1]],
    ['one, where blank is said to be forbidden', blankForbidden, [0, 1]],
  ])('%s', (_, asked, choices) => {
    const answer = create(asked, ...choices)
    expect(findWrong(asked, answer)).toBeUndefined()
    const format = homomorphicAnswerFormat(group, asked)
    expect(parseCanonical(format, format.write(answer))).toEqual({ ok: true, value: answer })
  })
})

test.each([
  ['two of one', oneOfThree, [1, 1, 0]],
  ['none of one', oneOfThree, [0, 0, 0]],
  ['too many', upToTwo, [1, 1, 1, 0]],
  ['a two', oneOfThree, [2, 0, 0]],
  ['a negative', approval, [-1, 1, 1]],
  ['a half', approval, [0.5, 0, 0]],
  ['too few numbers', oneOfThree, [1, 0]],
  ['a number for blank, where it is not allowed', oneOfThree, [0, 1, 0, 0]],
  ['blank and yet a choice', oneOrBlank, [1, 0, 1]],
  ['neither blank nor a choice', oneOrBlank, [0, 0, 0]],
  ['more than one, where blank would be allowed', oneOrBlank, [0, 1, 1]],
])('%s cannot be sealed', (_, asked, choices) => {
  expect(() => create(asked, ...choices)).toThrow(RangeError)
})

test('whoever seals for a question that may be left blank is told what it allows', () => {
  expect(() => create(threeOrBlank, 0, 1, 0, 0, 0)).toThrow('neither blank nor from 3 to 4 choices')
})

describe('the work does not tell what was chosen', () => {
  test.each([
    [
      'one of three',
      oneOfThree,
      [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    ],
    [
      'up to two',
      upToTwo,
      [
        [0, 0, 0, 0],
        [1, 0, 0, 0],
        [0, 0, 1, 1],
      ],
    ],
    [
      'one or blank',
      oneOrBlank,
      [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    ],
  ])('%s: every choice asks the same of the group', (_, asked, possible) => {
    const works = possible.map((choices) => {
      const { group: counted, counts } = countingGroup(group)
      createHomomorphicAnswer(counted, { question: asked, choices, ...context })
      return Object.fromEntries(counts)
    })
    for (const work of works) expect(work).toEqual(works[0])
    expect(works[0]!.multiplyBase).toBeGreaterThan(10)
  })
})

describe('what is not proven is found', () => {
  const alter = (proof: Proof): Proof => ({ ...proof, response: group.addScalars(proof.response, group.one) })
  const answer = create(oneOrBlank, 0, 1, 0)

  test('a proof made for another voter or election', () => {
    expect(findWrong(oneOrBlank, answer, 'election|another voter')).toBeDefined()
    expect(findWrong(upToTwo, create(upToTwo, 1, 0, 0, 0), 'another election|voter')).toBe('overall_proof')
  })

  test.each([0, 1, 2])('the proof that choice %i is 0 or 1', (index) => {
    for (const branch of [0, 1]) {
      const individual_proofs = answer.individual_proofs.map((proofs, i) =>
        proofs.map((proof, j) => (i === index && j === branch ? alter(proof) : proof)),
      )
      expect(findWrong(oneOrBlank, { ...answer, individual_proofs })).toBe(`individual_proofs[${index}]`)
    }
  })

  test('each branch of the proof of the total', () => {
    for (const branch of answer.overall_proof.keys()) {
      const overall_proof = answer.overall_proof.map((proof, i) => (i === branch ? alter(proof) : proof))
      expect(findWrong(oneOrBlank, { ...answer, overall_proof })).toBe('overall_proof')
    }
  })

  test('each branch of the blank proof', () => {
    for (const branch of [0, 1]) {
      const blank_proof = answer.blank_proof!.map((proof, i) => (i === branch ? alter(proof) : proof))
      expect(findWrong(oneOrBlank, { ...answer, blank_proof })).toBe('blank_proof')
    }
  })

  test('a thousand votes in one ciphertext', () => {
    const honest = create(approval, 1, 0, 0)
    const [first, ...others] = honest.choices
    const thousandfold = sumCiphertexts(group, new Array<typeof first & object>(1000).fill(first!))
    expect(findWrong(approval, { ...honest, choices: [thousandfold, ...others] })).toBe('overall_proof')
  })

  test('one vote more for one and one less for another, the total unchanged', () => {
    const honest = create(approval, 1, 0, 0)
    const [first, second, third] = honest.choices
    const choices = [
      { ...first!, beta: group.add(first!.beta, group.base) },
      { ...second!, beta: group.subtract(second!.beta, group.base) },
      third!,
    ]
    expect(findWrong(approval, { ...honest, choices })).toBeDefined()
  })

  test('choices in another order', () => {
    const honest = create(oneOfThree, 1, 0, 0)
    expect(findWrong(oneOfThree, { ...honest, choices: honest.choices.toReversed() })).toBeDefined()
  })

  test('two, sealed under a question that allows two, where one is allowed', () => {
    const two = create(question(3, { min: 1, max: 2 }), 1, 1, 0)
    const cut = { ...two, overall_proof: two.overall_proof.slice(0, 1) }
    expect(findWrong(oneOfThree, cut)).toBe('overall_proof')
  })
})

test.each([
  [
    'a choice is missing',
    oneOfThree,
    (answer: HomomorphicAnswer) => ({ ...answer, choices: answer.choices.slice(1) }),
  ],
  [
    'a branch is missing',
    oneOfThree,
    (answer: HomomorphicAnswer) => ({
      ...answer,
      individual_proofs: answer.individual_proofs.map((proofs) => proofs.slice(1)),
    }),
  ],
  ['the total has no proof', oneOfThree, (answer: HomomorphicAnswer) => ({ ...answer, overall_proof: [] })],
])('an answer is refused before any point is looked at where %s', (_, asked, spoil) => {
  const { group: counted, counts } = countingGroup(group)
  const format = homomorphicAnswerFormat(counted, asked)
  const text = homomorphicAnswerFormat(group, oneOfThree).write(spoil(create(asked, 1, 0, 0)))
  expect(parseCanonical(format, text)).toMatchObject({ ok: false, malformation: { code: 'wrong-shape' } })
  expect(counts.get('multiply')).toBeUndefined()
})

test('a blank proof belongs to a question that allows blank votes, and to no other', () => {
  const withBlank = homomorphicAnswerFormat(group, oneOrBlank)
  const without = homomorphicAnswerFormat(group, question(3, { min: 1, max: 1 }))
  const blank = withBlank.write(create(oneOrBlank, 1, 0, 0))
  const plain = without.write(create(oneOfThree, 1, 0, 0))
  expect(parseCanonical(without, blank)).toMatchObject({ malformation: { place: 'blank_proof' } })
  expect(parseCanonical(withBlank, plain)).toMatchObject({ malformation: { code: 'wrong-shape' } })
})
