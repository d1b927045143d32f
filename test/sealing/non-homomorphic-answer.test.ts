import { expect, test } from 'vitest'
import { parseCanonical } from '../../src/sealing/canonical-json.ts'
import { extractIntegers } from '../../src/sealing/embedding.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import {
  createNonHomomorphicAnswer,
  nonHomomorphicAnswerFormat,
  verifyNonHomomorphicAnswer,
} from '../../src/sealing/non-homomorphic-answer.ts'
import type { NonHomomorphicQuestion } from '../../src/sealing/question.ts'
import { countingGroup } from '../support/counting-group.ts'

const group = await loadGroup()
const secret = group.randomScalar()
const publicKey = group.multiplyBase(secret)
const context = { publicKey, binding: 'election|voter' }

function question(answers: number): NonHomomorphicQuestion {
  return { answers: new Array<string>(answers).fill('a'), question: 'q' }
}

test.each([
  ['a ranking', [3, 1, 2]],
  ['all zeros', [0, 0, 0, 0, 0]],
  ['thirty bytes', Array.from({ length: 30 }, (_, index) => 255 - index)],
  ['thirty zeros', new Array<number>(30).fill(0)],
])('%s is sealed, proven and opened', (_, integers) => {
  const answer = createNonHomomorphicAnswer(group, {
    question: question(integers.length),
    integers,
    ...context,
  })
  expect(verifyNonHomomorphicAnswer(group, { answer, ...context })).toBe(true)

  const { alpha, beta } = answer.choices
  const plaintext = group.subtract(beta, group.multiply(alpha, secret))
  expect(extractIntegers(plaintext, integers.length)).toEqual(integers)

  const format = nonHomomorphicAnswerFormat(group)
  expect(parseCanonical(format, format.write(answer))).toEqual({ ok: true, value: answer })
})

test('the proof holds for this voter, this election, this ciphertext and no other', () => {
  const integers = [1, 2]
  const answer = createNonHomomorphicAnswer(group, { question: question(2), integers, ...context })
  const { choices, proof } = answer
  const verify = (changed: Partial<typeof answer>, changedContext = context) =>
    verifyNonHomomorphicAnswer(group, { answer: { ...answer, ...changed }, ...changedContext })

  expect(verify({})).toBe(true)
  expect(verify({}, { ...context, binding: 'election|another voter' })).toBe(false)
  expect(verify({}, { ...context, publicKey: group.base })).toBe(false)
  expect(verify({ choices: { ...choices, alpha: group.add(choices.alpha, group.base) } })).toBe(false)
  expect(verify({ choices: { ...choices, beta: group.add(choices.beta, group.base) } })).toBe(false)
  expect(verify({ proof: { ...proof, response: group.addScalars(proof.response, group.one) } })).toBe(false)
  expect(verify({ proof: { ...proof, challenge: group.addScalars(proof.challenge, group.one) } })).toBe(false)
})

test.each([
  ['too few integers', [1]],
  ['too many integers', [1, 2, 3]],
  ['an integer above a byte', [1, 256]],
])('%s cannot be sealed', (_, integers) => {
  expect(() => createNonHomomorphicAnswer(group, { question: question(2), integers, ...context })).toThrow(
    RangeError,
  )
})

test('the work does not tell the ranking', () => {
  const works = [
    [0, 0, 0],
    [1, 2, 3],
    [3, 2, 1],
    [9, 9, 9],
  ].map((integers) => {
    const { group: counted, counts } = countingGroup(group)
    createNonHomomorphicAnswer(counted, { question: question(3), integers, ...context })
    return Object.fromEntries(counts)
  })
  for (const work of works) expect(work).toEqual(works[0])
})
