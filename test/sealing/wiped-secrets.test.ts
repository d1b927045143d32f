import { describe, expect, test } from 'vitest'
import { createAnswer, type PlainAnswer } from '../../src/sealing/answer.ts'
import { ceremonyKeys, generateSeed, wipeCeremonyKeys } from '../../src/sealing/ceremony-keys.ts'
import { neutralCiphertext } from '../../src/sealing/ciphertext.ts'
import { credentialSecret, generateToken } from '../../src/sealing/credential.ts'
import { crewOfOne } from '../../src/sealing/crew.ts'
import { partialDecryption } from '../../src/sealing/decryption.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { makePolynomial } from '../../src/sealing/polynomial.ts'
import type { Question } from '../../src/sealing/question.ts'
import { makeShareOutput, receiveShare, shareInputs } from '../../src/sealing/share.ts'
import { generateTrusteeKey } from '../../src/sealing/trustee-key.ts'
import { honestCeremony } from '../support/ceremony.ts'
import { electionWith, homomorphic, lists, nonHomomorphic } from '../support/election-fixture.ts'
import { isWiped, watchedGroup } from '../support/watched-group.ts'

const group = await loadGroup()

/** Without what a hash is reduced from, which is of 64 bytes. */
const shortOf = (wiped: readonly Uint8Array[]) => wiped.filter(({ length }) => length === 32)

describe('after a vote was sealed, what would open it is overwritten', () => {
  const list: PlainAnswer = [
    [1, 0, 1],
    [0, 0],
  ]
  // The challenges of a proof are published; of the rest, each nonce goes with its product, each sum with its parts.
  test.each<[string, Question, PlainAnswer, { branches: number; others: number; wiped: number }]>([
    [
      'one choice of three',
      homomorphic(3, { min: 1, max: 1 }),
      [0, 1, 0],
      { branches: 7, others: 3, wiped: 2 * 7 + 3 + 1 },
    ],
    [
      'a blank vote',
      homomorphic(2, { min: 1, max: 1, blank: true }),
      [1, 0, 0],
      { branches: 10, others: 3, wiped: 2 * 10 + 3 + 1 },
    ],
    ['a ranking', nonHomomorphic(3), [2, 1, 3], { branches: 0, others: 2, wiped: 3 }],
    ['a list', lists(2, 1), list, { branches: 15, others: 5 + 3, wiped: 2 * 15 + 5 + 4 + 4 }],
  ])('%s', (_, question, choices, expected) => {
    const { publicKey } = electionWith(group, question).election
    const { group: watched, drawn, wiped } = watchedGroup(group)
    createAnswer(watched, { question, choices, publicKey, binding: 'election|voter' })
    expect(drawn).toHaveLength(2 * expected.branches + expected.others)
    expect(drawn.filter((scalar) => !isWiped(scalar))).toHaveLength(expected.branches)
    expect(wiped.every(isWiped)).toBe(true)
    expect(new Set(shortOf(wiped)).size).toBe(expected.wiped)
  })
})

test('a token leaves nothing behind but the secret made of it', () => {
  const { group: watched, wiped } = watchedGroup(group)
  credentialSecret(watched, { uuid: 'election', token: generateToken(group) })
  expect(wiped.map(({ length }) => length)).toEqual([64, 64])
})

test('a proof of a key leaves nothing behind but the key', () => {
  const { group: watched, drawn, wiped } = watchedGroup(group)
  const { secret } = generateTrusteeKey(watched)
  expect(drawn.filter((scalar) => !isWiped(scalar))).toEqual([secret])
  expect(shortOf(wiped)).toHaveLength(2)
})

test('whoever opens a tally leaves nothing behind but their key', async () => {
  const { election } = electionWith(group, homomorphic(2, { min: 0, max: 1 }))
  const { group: watched, drawn, wiped } = watchedGroup(group)
  const secret = group.randomScalar()
  const tally = [[neutralCiphertext(group), neutralCiphertext(group)]]
  await partialDecryption(crewOfOne(watched), { election, secret, tally })
  expect(drawn.every(isWiped)).toBe(true)
  expect([drawn.length, shortOf(wiped).length]).toEqual([2, 4])
  expect(isWiped(secret)).toBe(false)
})

describe('a trustee of a group leaves behind', () => {
  test('of its part in the key, nothing', async () => {
    const { keys, certs } = await honestCeremony(group, { size: 3, threshold: 2 })
    const { group: watched, drawn, wiped } = watchedGroup(group)
    await makePolynomial(watched, { keys: keys[0]!, certs })
    expect(drawn.every(isWiped)).toBe(true)
    // Two coefficients; what is sealed for each of three, with the value, and for itself; two signatures.
    expect(shortOf(wiped)).toHaveLength(2 + 3 * 7 + 6 + 2 * 2)
  })

  test('of the shares that it got, their sum alone', async () => {
    const { keys, certs, polynomials } = await honestCeremony(group, { size: 3, threshold: 2 })
    const { group: watched, wiped } = watchedGroup(group)
    const received = await receiveShare(watched, {
      ...{ keys: keys[0]!, certs },
      input: shareInputs(polynomials)[0]!,
    })
    if ('refused' in received) throw new Error(received.refused)
    expect(isWiped(received.share)).toBe(false)
    // Four messages are opened, with a point and a key each; three have a share in them.
    expect(shortOf(wiped)).toHaveLength(4 * 2 + 3)
    const { group: sealing, wiped: sealed } = watchedGroup(group)
    await makeShareOutput(sealing, { keys: keys[0]!, share: received.share })
    expect(shortOf(sealed)).toHaveLength(2 + 6 + 2)
  })

  test('of its keys, their public halves', () => {
    const { group: watched, wiped } = watchedGroup(group)
    const keys = ceremonyKeys(watched, generateSeed(group))
    expect(wiped).toHaveLength(2)
    wipeCeremonyKeys(watched, keys)
    expect([keys.signing, keys.decryption, keys.verification].map(isWiped)).toEqual([true, true, false])
  })
})
