import { describe, expect, test } from 'vitest'
import { parseCanonical } from '../../src/sealing/canonical-json.ts'
import { encrypt } from '../../src/sealing/ciphertext.ts'
import { elementToHex, sha256Hex } from '../../src/sealing/encoding.ts'
import {
  ciphertextsToShuffle,
  parseEncryptedTally,
  serializeEncryptedTally,
  sizedEncryptedTallyFormat,
  tallyBallots,
  withShuffled,
} from '../../src/sealing/encrypted-tally.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { vectorsFolder } from '../support/corpus.ts'
import { electionWith, homomorphic, lists, nonHomomorphic } from '../support/election-fixture.ts'
import { accepted, cast, readBoardFixture } from '../support/tally-fixture.ts'

const group = await loadGroup()
const one = 1n
const { election } = electionWith(
  group,
  homomorphic(2, { min: 0, max: 2, blank: true }),
  nonHomomorphic(3),
  lists(1, 2),
)
const ballots = [
  cast(
    group,
    election,
    [0, 1, 1],
    [1, 2, 3],
    [
      [1, 1],
      [0, 0, 0],
    ],
  ),
  cast(
    group,
    election,
    [1, 0, 0],
    [0, 0, 0],
    [
      [0, 0],
      [1, 0, 1],
    ],
  ),
  cast(
    group,
    election,
    [0, 0, 1],
    [3, 2, 1],
    [
      [1, 1],
      [0, 0, 0],
    ],
  ),
]
const entries = ballots.map((ballot) => ({ ballot, weight: one }))

test('the tally is the same in whichever order the ballots come', () => {
  const { tally } = tallyBallots(group, election, entries)
  const reversed = tallyBallots(group, election, entries.toReversed())
  expect(serializeEncryptedTally(group, election, reversed.tally)).toBe(
    serializeEncryptedTally(group, election, tally),
  )
})

test('the tally is read as it was written', () => {
  const { tally, num_tallied, total_weight } = tallyBallots(group, election, entries)
  const json = serializeEncryptedTally(group, election, tally)
  expect(parseEncryptedTally(group, election, json)).toEqual(tally)
  const sized = { num_tallied, total_weight, encrypted_tally: sha256Hex(group, json) }
  expect(sized).toMatchObject({ num_tallied: 3, total_weight: 3n })
  expect(parseCanonical(sizedEncryptedTallyFormat, sizedEncryptedTallyFormat.write(sized))).toEqual({
    ok: true,
    value: sized,
  })
})

test('without a ballot everything is zero, and can still be written and read', () => {
  const { tally, num_tallied } = tallyBallots(group, election, [])
  expect(num_tallied).toBe(0)
  const json = serializeEncryptedTally(group, election, tally)
  expect(accepted(parseEncryptedTally(group, election, json))).toEqual(tally)
  expect(json).toMatch(/^\[\[\{"alpha":"0+1","beta":"0+1"\}/)
})

test('a ballot counts as often as it weighs', () => {
  const { election } = electionWith(group, homomorphic(1, { min: 0, max: 1 }))
  const ballot = cast(group, election, [1])
  const weighed = tallyBallots(group, election, [{ ballot, weight: 3n }])
  const repeated = tallyBallots(
    group,
    election,
    [ballot, ballot, ballot].map((ballot) => ({ ballot, weight: one })),
  )
  expect(weighed.tally).toEqual(repeated.tally)
  expect(weighed).toMatchObject({ num_tallied: 1, total_weight: 3n })
  const nothing = tallyBallots(group, election, [{ ballot, weight: 0n }])
  expect(nothing.tally).toEqual(tallyBallots(group, election, []).tally)
})

test('votes that are opened one by one must weigh 1, or the weight would name the voter', () => {
  expect(() => tallyBallots(group, election, [{ ballot: ballots[0]!, weight: 2n }])).toThrow(RangeError)
})

test('shuffled ciphertexts take the place of the others', () => {
  const { tally } = tallyBallots(group, election, entries)
  const before = ciphertextsToShuffle(election, tally)
  expect(before).toHaveLength(1)
  const after = before.map((ciphertexts) => ciphertexts.toReversed())
  const merged = withShuffled(election, tally, after)
  expect(ciphertextsToShuffle(election, merged)).toEqual(after)
  expect(merged[0]).toEqual(tally[0])
  expect(merged[2]).toEqual(tally[2])
  expect(() => withShuffled(election, tally, [])).toThrow(RangeError)
  expect(() => withShuffled(election, tally, [...after, ...after])).toThrow(RangeError)
})

/** Those that are not added up, with the first of them. */
const rankings = /(?<=\],)\[(\{.*?\}).*?\],/

test.each([
  ['a question is missing', (json: string) => json.replace(/^\[\[.*?\],/, '['), 'wrong-shape'],
  ['a question is too many', (json: string) => json.replace(/\]$/, ',[]]'), 'wrong-shape'],
  ['a ranking is one number', (json: string) => json.replace(rankings, '$1,'), 'wrong-shape'],
  ['rankings are lists', (json: string) => json.replace(rankings, '[[$1]],'), 'wrong-shape'],
  ['an answer is missing', (json: string) => json.replace(/^\[\[\{.*?\},/, '[['), 'wrong-shape'],
  [
    'a point is none',
    (json: string) => json.replace(/"alpha":"[0-9a-f]*"/, `"alpha":"${'0'.repeat(64)}"`),
    'not-an-element',
  ],
  ['there is a space', (json: string) => json.replace(',', ', '), 'not-canonical'],
])('a tally is refused where %s', (_, spoil, code) => {
  const { tally } = tallyBallots(group, election, entries)
  const spoilt = spoil(serializeEncryptedTally(group, election, tally))
  expect(parseEncryptedTally(group, election, spoilt)).toMatchObject({ refused: { code } })
})

test('ciphertexts of single votes are put in an order that says nothing', () => {
  const { tally } = tallyBallots(group, election, entries)
  const bytes = ciphertextsToShuffle(election, tally)[0]!.map(({ alpha }) =>
    elementToHex(alpha).match(/../g)!.reverse().join(''),
  )
  expect(bytes).toEqual(bytes.toSorted())
  const sameAlpha = ['5', '3', '9'].map((digit) => {
    const randomness = group.one
    const plaintext = group.multiplyBase(group.reduce(new Uint8Array(64).fill(Number(digit))))
    return encrypt(group, { publicKey: group.base, plaintext, randomness })
  })
  const answers = (choices: (typeof sameAlpha)[0]) =>
    ballots[0]!.answers.map((answer) =>
      answer.type === 'NonHomomorphic' ? { ...answer, content: { ...answer.content, choices } } : answer,
    )
  const tallied = tallyBallots(
    group,
    election,
    sameAlpha.map((choices) => ({ ballot: { answers: answers(choices) }, weight: one })),
  )
  const betas = ciphertextsToShuffle(election, tallied.tally)[0]!.map(({ beta }) =>
    Buffer.from(beta).toString('hex'),
  )
  expect(betas).toEqual(betas.toSorted())
})

describe.skipIf(vectorsFolder() === undefined)('Belenios', () => {
  test.each([
    'h20',
    'mix20',
    'weights',
    'bytes30',
    'demo',
    'demo-l',
    'demo-nh',
    'demo-stv',
    'demo-threshold',
  ])('has the same tally of %s, byte for byte', (name) => {
    const { files, election, entries, tally, totalWeight } = readBoardFixture(group, name)
    expect(serializeEncryptedTally(group, election, tally)).toBe(files.encryptedTally)
    const written = sizedEncryptedTallyFormat.write({
      num_tallied: entries.length,
      total_weight: totalWeight,
      encrypted_tally: sha256Hex(group, files.encryptedTally),
    })
    expect(written).toBe(files.sizedTally)
  })
})
