import { describe, expect, test } from 'vitest'
import {
  credentialSecret,
  generateToken,
  generateUuid,
  isToken,
  parsePublicCredentials,
  publicCredential,
  serializePublicCredentials,
  tokenOfBytes,
} from '../../src/sealing/credential.ts'
import { elementToHex } from '../../src/sealing/encoding.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { readBoardFiles, readPrivateFiles } from '../support/board-files.ts'
import { vectorsFolder } from '../support/corpus.ts'

const group = await loadGroup()

test('a token is 22 characters that nobody confuses, in four groups', () => {
  const tokens = Array.from({ length: 200 }, () => generateToken(group))
  expect(tokens.every(isToken)).toBe(true)
  expect(new Set(tokens).size).toBe(200)
  expect(new Set(tokens.join('').replaceAll('-', '')).size).toBe(58)
})

test.each([
  '',
  '56f9C-xBMUcr-2TbSK-eoXVa0',
  '56f9C-xBMUcr-2TbSK-eoXVan ',
  '56f9C-xBMUcr-2TbSK',
  '56f9CxBMUcr2TbSKeoXVan',
])('%j has not the shape of a token', (text) => {
  expect(isToken(text)).toBe(false)
  expect(() => credentialSecret(group, { uuid: generateUuid(group), token: text })).toThrow(RangeError)
})

test.each([
  ['00', '11111-111111-11111-111111'],
  ['01', '21111-111111-11111-111111'],
  // 58 and 58², in base 58 with the lowest digit first.
  ['3a', '12111-111111-11111-111111'],
  ['0d24', '11211-111111-11111-111111'],
  // 58²² − 1, and 58²² + 1, of which as much is left as a token holds.
  ['01d5b20ad2d2330b10a7bb82b9f63fffff', 'zzzzz-zzzzzz-zzzzz-zzzzzz'],
  ['01d5b20ad2d2330b10a7bb82b9f6400001', '21111-111111-11111-111111'],
])('bytes %s are always the same token', (hex, token) => {
  const bytes = Buffer.from(hex.padStart(64, '0'), 'hex')
  expect(tokenOfBytes(bytes)).toBe(token)
})

test('an election gets an identifier of fourteen characters', () => {
  expect(generateUuid(group)).toMatch(/^[1-9A-HJ-NP-Za-km-z]{14}$/)
})

test('one token has another public half in each election', () => {
  const token = generateToken(group)
  const halves = ['11111111111111', '11111111111112', '11111111111111'].map((uuid) =>
    elementToHex(publicCredential(group, credentialSecret(group, { uuid, token }))),
  )
  expect(halves[0]).not.toBe(halves[1])
  expect(halves[0]).toBe(halves[2])
})

describe('the published list', () => {
  const credentials = Array.from({ length: 5 }, () => group.multiplyBase(group.randomScalar()))

  test('is read as it was written, without weights where all are 1', () => {
    const json = serializePublicCredentials(credentials.map((credential) => ({ credential, weight: 1n })))
    expect(json).toMatch(/^\["[0-9a-f]{64}"(?:,"[0-9a-f]{64}"){4}\]$/)
    const read = parsePublicCredentials(group, json)
    expect(read).toHaveLength(5)
    expect(serializePublicCredentials(read as Exclude<typeof read, { refused: unknown }>)).toBe(json)
  })

  test('gives every weight where one is not 1', () => {
    const weighted = credentials.map((credential, index) => ({ credential, weight: BigInt(index) }))
    const read = parsePublicCredentials(group, serializePublicCredentials(weighted))
    expect(read).toHaveLength(5)
    for (const entry of weighted) expect(read).toContainEqual(entry)
  })

  test('says that a voter without weight has none', () => {
    const entries = credentials.map((credential, index) => ({ credential, weight: index === 0 ? 0n : 1n }))
    const read = parsePublicCredentials(group, serializePublicCredentials(entries))
    for (const entry of entries) expect(read).toContainEqual(entry)
  })

  test('does not say in which order it was made', () => {
    const entries = credentials.map((credential) => ({ credential, weight: 1n }))
    expect(serializePublicCredentials(entries.toReversed())).toBe(serializePublicCredentials(entries))
  })

  const hex = elementToHex(credentials[0]!)
  test.each([
    ['a credential listed twice', `["${hex}","${hex}"]`, 'wrong-shape', '[1]'],
    ['a weight with a leading zero', `["${hex},01"]`, 'wrong-shape'],
    ['a negative weight', `["${hex},-1"]`, 'wrong-shape'],
    ['a name beside the credential', `["${hex},1,voter1"]`, 'wrong-shape'],
    ['a point of small order', `["${'0'.repeat(64)}"]`, 'not-an-element'],
    ['the identity, whose secret is zero', `["${elementToHex(group.identity)}"]`, 'not-an-element', '[0]'],
    ['a space', `[ "${hex}"]`, 'not-canonical'],
  ])('is refused for %s', (_, json, code, place?: string) => {
    const refused = place === undefined ? { code } : { code, place }
    expect(parsePublicCredentials(group, json)).toMatchObject({ refused })
  })
})

describe.skipIf(vectorsFolder() === undefined)('Belenios', () => {
  test.each(['demo', 'demo-complex', 'demo-l', 'demo-mj', 'demo-nh', 'demo-stv', 'demo-threshold'])(
    'publishes the same half of every token of %s',
    (name) => {
      const { election, credentials } = readBoardFiles(name)
      const { uuid }: { uuid: string } = JSON.parse(election)
      const tokens: Record<string, string> = JSON.parse(readPrivateFiles(name, 'private_creds.json')[0]!)
      const published = new Set((JSON.parse(credentials) as string[]).map((entry) => entry.slice(0, 64)))
      const derived = Object.values(tokens).map((token) =>
        elementToHex(publicCredential(group, credentialSecret(group, { uuid, token }))),
      )
      expect(new Set(derived)).toEqual(published)
    },
  )

  test.each(['demo', 'demo-mj', 'weights'])('writes the list of %s as we do', (name) => {
    const { credentials } = readBoardFiles(name)
    const read = parsePublicCredentials(group, credentials)
    if ('refused' in read) throw new Error(read.refused.code)
    const rewritten: string[] = JSON.parse(serializePublicCredentials(read))
    expect(rewritten.toSorted()).toEqual((JSON.parse(credentials) as string[]).toSorted())
    if (name.startsWith('demo')) expect(JSON.stringify(rewritten)).toBe(credentials)
  })
})
