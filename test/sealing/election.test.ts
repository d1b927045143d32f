import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type ElectionParameters, parseElection, serializeElection } from '../../src/sealing/election.ts'
import { elementToHex } from '../../src/sealing/encoding.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import type { Question } from '../../src/sealing/question.ts'
import { readBoardFiles } from '../support/board-files.ts'
import { vectorArchives, vectorsFolder } from '../support/corpus.ts'
import { homomorphic, lists, nonHomomorphic } from '../support/election-fixture.ts'

const group = await loadGroup()
const publicKey = elementToHex(group.multiplyBase(group.randomScalar()))

function parameters(...questions: Question[]): ElectionParameters {
  return {
    version: 1,
    description: 'Réunion « annuelle »\n\t\x7f',
    name: 'Board "2026" \\ 日本',
    group: 'Ed25519',
    public_key: publicKey,
    questions,
    uuid: 'wrguDw764qqXGN',
    administrator: 'The secretary',
    credential_authority: 'The treasurer',
    language: ['fr', 'ltr'],
  }
}

test('an election of every kind of question is read as it was written', () => {
  const written = parameters(
    homomorphic(3, { min: 0, max: 2, blank: true }),
    { ...homomorphic(2, { min: 1, max: 1 }), extra: { urna: { method: 'plurality' } } },
    { ...nonHomomorphic(5), extra: { urna: { method: 'stv', seats: 2 } } },
    nonHomomorphic(30),
    lists(2, 3),
  )
  const election = parseElection(group, serializeElection(written))
  expect(election).toMatchObject({ parameters: written })
})

test('an election may be in a language that is written from right to left', () => {
  const written: ElectionParameters = { ...parameters(nonHomomorphic(1)), language: ['ar', 'rtl'] }
  expect(parseElection(group, serializeElection(written))).toMatchObject({ parameters: written })
})

test('a bare question keeps the form of the first versions, and one with a counting method says its type', () => {
  const bare = homomorphic(1, { min: 0, max: 1 })
  expect(serializeElection(parameters(bare))).toContain('"questions":[{"answers":["Candidate 1"],"min":0')
  expect(serializeElection(parameters({ ...bare, extra: 1 }))).toContain(
    '"questions":[{"type":"Homomorphic","value":{"answers":["Candidate 1"],"min":0',
  )
})

test('the fingerprint is the hash of the text, in two writings', () => {
  const json = serializeElection(parameters(nonHomomorphic(2)))
  const digest = createHash('sha256').update(json)
  const election = parseElection(group, json)
  expect(election).toMatchObject({
    json,
    hash: digest.copy().digest('hex'),
    fingerprint: digest.copy().digest('base64').replace('=', ''),
  })
})

const good = serializeElection(parameters(homomorphic(2, { min: 0, max: 1 })))

test.each([
  ['another version of the protocol', good.replace('"version":1', '"version":2'), 'version'],
  ['another group', good.replace('Ed25519', 'BELENIOS-2048'), 'group'],
  ['a short identifier', good.replace('wrguDw764qqXGN', 'wrguDw764qqXG'), 'uuid'],
  ['an identifier with a zero', good.replace('wrguDw764qqXGN', 'wrguDw764qqXG0'), 'uuid'],
  ['a minimum above the maximum', good.replace('"min":0', '"min":2'), 'questions[0]'],
  ['a negative minimum', good.replace('"min":0', '"min":-1'), 'questions[0].min'],
  ['an unknown field', good.replace('{"version"', '{"secret":1,"version"'), 'secret'],
  [
    'an unknown type of question',
    good.replace('{"answers"', '{"type":"Lottery","answers"'),
    'questions[0].type',
  ],
  ['another direction of writing', good.replace('"ltr"', '"down"'), 'language[1]'],
  ['a direction too many', good.replace('"ltr"', '"ltr","rtl"'), 'language'],
  ['an identifier with a letter before it', good.replace('wrguDw764qqXGN', '-wrguDw764qqXGN'), 'uuid'],
  ['an identifier with a letter after it', good.replace('wrguDw764qqXGN', 'wrguDw764qqXGN-'), 'uuid'],
  ['a key of 65 digits', good.replace(publicKey, `${publicKey}0`), 'public_key'],
  ['a key with something before it', good.replace(publicKey, `x${publicKey}`), 'public_key'],
  ['a question that is null', good.replace(/\[\{.*\}\]/, '[null]'), 'questions[0]'],
  ['a question that is a number', good.replace(/\[\{.*\}\]/, '[7]'), 'questions[0]'],
  ['a question without a type', good.replace('{"answers"', '{"type":null,"answers"'), 'questions[0].type'],
])('an election with %s is refused', (_, json, place) => {
  expect(json).not.toBe(good)
  expect(parseElection(group, json)).toEqual({ refused: { code: 'wrong-shape', place } })
})

test.each([
  ['no question', serializeElection(parameters())],
  ['no answer', serializeElection(parameters(homomorphic(0, { min: 0, max: 0 })))],
  ['nobody to rank', serializeElection(parameters(nonHomomorphic(0)))],
  ['no list', serializeElection(parameters(lists()))],
  ['thirty-one integers in one point', serializeElection(parameters(nonHomomorphic(31)))],
  [
    'a list without a name',
    good.replace(
      /"questions":.*"uuid"/,
      '"questions":[{"type":"Lists","value":{"answers":[["a"],[]],"question":"q"}}],"uuid"',
    ),
  ],
])('an election with %s is refused', (_, json) => {
  expect(parseElection(group, json)).toMatchObject({ refused: { code: 'wrong-shape' } })
})

test.each([
  ['the identity', elementToHex(group.identity)],
  ['a point of small order', '0'.repeat(64)],
])('%s is no public key', (_, hex) => {
  expect(parseElection(group, good.replace(publicKey, hex))).toEqual({
    refused: { code: 'not-an-element', place: 'public_key' },
  })
})

test('a repeated field is refused, as two readers could take it differently', () => {
  const json = good.replace('"max":1', '"max":2,"max":1')
  expect(parseElection(group, json)).toEqual({ refused: { code: 'not-canonical', place: '' } })
})

describe.skipIf(vectorsFolder() === undefined)('Belenios', () => {
  test.each(vectorArchives())('writes the election of %s as we do', (archive) => {
    const { election: json } = readBoardFiles(archive.replace(/\.bel$|\/.*$/, ''))
    const election = parseElection(group, json)
    expect(election).toMatchObject({ json })
  })
})
