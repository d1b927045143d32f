import { describe, expect, test } from 'vitest'
import { elementFromHex } from '../../src/sealing/encoding.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import {
  electionPublicKey,
  findWrongTrustee,
  parseTrustees,
  serializeTrustees,
  type Trustees,
  trusteeKeys,
  trusteesToOpen,
} from '../../src/sealing/trustee.ts'
import { generateTrusteeKey } from '../../src/sealing/trustee-key.ts'
import { readBoardFiles } from '../support/board-files.ts'
import { vectorArchives, vectorsFolder } from '../support/corpus.ts'
import { holdCeremony } from '../support/threshold-fixture.ts'

const group = await loadGroup()
const keys = [generateTrusteeKey(group), generateTrusteeKey(group), generateTrusteeKey(group)]
const trustees: Trustees = keys.map(({ publicKey }) => ['Single', publicKey] as const)

function parse(json: string): Trustees {
  const parsed = parseTrustees(group, json)
  if ('refused' in parsed) throw new Error(`${parsed.refused.code} at ${parsed.refused.place}`)
  return parsed
}

test('trustees are read as they were written', () => {
  const json = serializeTrustees(group, trustees)
  expect(parse(json)).toEqual(trustees)
  expect(findWrongTrustee(group, parse(json))).toBeUndefined()
})

test('the key of the election is the sum of theirs, so that all are needed', () => {
  const sum = keys.reduce((total, { secret }) => group.addScalars(total, secret), group.zero)
  expect(electionPublicKey(group, trustees)).toEqual(group.multiplyBase(sum))
  expect(trusteeKeys(trustees)).toEqual(keys.map(({ publicKey }) => publicKey.public_key))
})

test('as many must come to open anything as there are single ones, and the threshold of each group', () => {
  const { parameters } = holdCeremony(group, { size: 3, threshold: 2 })
  expect(trusteesToOpen(trustees)).toBe(3)
  expect(trusteesToOpen([...trustees, ['Pedersen', parameters]])).toBe(5)
  expect(trusteeKeys([['Pedersen', parameters]])).toEqual(
    parameters.verification_keys.map(({ public_key }) => public_key),
  )
})

test('a trustee without a proof is found', () => {
  const other = generateTrusteeKey(group).publicKey
  const swapped: Trustees = [
    trustees[0]!,
    ['Single', { ...keys[1]!.publicKey, pok: other.pok }],
    trustees[2]!,
  ]
  expect(findWrongTrustee(group, swapped)).toBe('[1].pok')
})

test.each([
  ['another kind', (json: string) => json.replace('Single', 'Double'), 'wrong-shape', '[0][0]'],
  ['a third part', (json: string) => json.replace('"Single",', '"Single",1,'), 'wrong-shape', '[0]'],
  [
    'an unknown field',
    (json: string) => json.replace('{"pok"', '{"key":1,"pok"'),
    'wrong-shape',
    '[0][1].key',
  ],
  ['a space', (json: string) => json.replace(',', ', '), 'not-canonical', ''],
])('trustees with %s are refused', (_, spoil, code, place) => {
  expect(parseTrustees(group, spoil(serializeTrustees(group, trustees)))).toEqual({
    refused: { code, place },
  })
})

describe.skipIf(vectorsFolder() === undefined)('Belenios', () => {
  test.each(vectorArchives())(
    'the trustees of %s are right, and theirs is the key of the election',
    (archive) => {
      const board = readBoardFiles(archive.replace(/\.bel$|\/.*$/, ''))
      const parsed = parse(board.trustees)
      expect(findWrongTrustee(group, parsed)).toBeUndefined()
      expect(serializeTrustees(group, parsed)).toBe(board.trustees)
      const { public_key }: { public_key: string } = JSON.parse(board.election)
      expect(electionPublicKey(group, parsed)).toEqual(elementFromHex(group, public_key))
    },
  )
})

describe.skipIf(vectorsFolder() === undefined)('the key ceremony of a threshold group', () => {
  const good = () => readBoardFiles('demo-threshold').trustees

  test('is known from the archive: one trustee who must be there, and two of three', () => {
    const [single, pedersen] = parse(good())
    expect(single![0]).toBe('Single')
    expect(pedersen).toMatchObject(['Pedersen', { threshold: 2, certs: [{}, {}, {}] }])
    expect(trusteeKeys(parse(good()))).toHaveLength(4)
  })

  /** Adds one to the digits after the last of these words. */
  const oneMore = (json: string, ...words: string[]) => {
    const start = words.reduce((from, word) => json.indexOf(word, from) + word.length, 0)
    return json.slice(0, start) + json.slice(start).replace(/\d+/, (digits) => String(BigInt(digits) + 1n))
  }

  test.each([
    ['the signature of a certificate', ['"certs"', '"signature"', '"challenge"'], '[1].certs[0]'],
    ['the index of a certificate', ['"certs"', 'index'], '[1].certs[0]'],
    ['the size in a certificate', ['"certs"', 'size'], '[1].certs[0]'],
    ['the threshold in a certificate', ['"certs"', 'threshold'], '[1].certs[0]'],
    ['the signature of the coefficients', ['"coefexps"', '"signature"', '"response"'], '[1].coefexps[0]'],
    ['the signature of the whole', ['"signatures"', '"response"'], '[1].signatures[0]'],
    ['the proof of a key', ['"verification_keys"', '"pok"', '"response"'], '[1].verification_keys[0]'],
    [
      'the signature of a key',
      ['"verification_keys"', '"signature"', '"response"'],
      '[1].verification_keys[0]',
    ],
  ])('is refused if %s is another', (_, words, place) => {
    const spoilt = oneMore(good(), ...words)
    expect(spoilt).not.toBe(good())
    expect(findWrongTrustee(group, parse(spoilt))).toBe(place)
  })

  test.each([
    [
      'a certificate is missing',
      (json: string) => json.replace(/"certs":\[\{.*?\}\},/, '"certs":['),
      '[1][1]',
    ],
    [
      'the threshold is above the size',
      (json: string) => json.replace('"threshold":2,"certs"', '"threshold":4,"certs"'),
      '[1][1]',
    ],
    [
      'the threshold is not that of the coefficients',
      (json: string) => json.replace('"threshold":2,"certs"', '"threshold":3,"certs"'),
      '[1][1]',
    ],
    [
      'a message is not canonical',
      (json: string) => json.replace('{\\"context\\"', '{ \\"context\\"'),
      '[1][1].certs[0].message',
    ],
  ])('cannot be read if %s', (_, spoil, place) => {
    const spoilt = spoil(good())
    expect(spoilt).not.toBe(good())
    expect(parseTrustees(group, spoilt)).toMatchObject({ refused: { place } })
  })

  test('is refused if two trustees exchange their keys', () => {
    const [single, [kind, parameters]] = parse(good()) as [
      Trustees[0],
      Extract<Trustees[0], readonly ['Pedersen', unknown]>,
    ]
    const [first, second, third] = parameters.verification_keys
    const swapped: Trustees = [
      single,
      [kind, { ...parameters, verification_keys: [second!, first!, third!] }],
    ]
    expect(findWrongTrustee(group, swapped)).toBe('[1].verification_keys[0]')
  })
})
