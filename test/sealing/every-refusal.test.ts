import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { openingBytes, recordBytes, recordOf } from '../../src/sealing/archive.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { archiveOfRecords, held, rechained, tarFile } from '../support/forger.ts'
import { forgeries } from '../support/forgeries.ts'
import { archiveOf, boardSteps } from '../support/held-election.ts'

const group = await loadGroup()
const root = fileURLToPath(new URL('../../src/sealing/', import.meta.url))
const source = (name: string) => readFileSync(`${root}${name}.ts`, 'utf8')

/** The codes of a type of a module, each of which is a literal. */
function codesOf(module: string, type: string): string[] {
  const [, declaration] =
    new RegExp(`(?:type|interface) ${type} =?([^]*?)\\n(?:\\n|\\})`).exec(source(module)) ?? []
  // What tells more than the code, such as which half of a ciphertext, is no code.
  const told = declaration!.replaceAll(/readonly (?!code|refused)\w+: .*?[}\n]|\['code'\]/g, '')
  return [...told.matchAll(/'([a-z0-9-]+)'/g)].map(([, code]) => code!)
}

/** What a check refuses by name where it stands. */
function thrownIn(module: string, pattern: RegExp): string[][] {
  return [...source(module).matchAll(pattern)].map(([, ...found]) => found as string[])
}

const malformations = codesOf('canonical-json', 'Malformation')

/** What the check of a text can't meet: there is no such thing in it. */
const impossible: Readonly<Record<string, readonly string[]>> = {
  election: ['not-a-scalar'],
  trustees: [],
  tokens: ['not-a-scalar'],
  ballots: [],
  tally: ['not-an-element', 'not-a-scalar'],
  shuffles: [],
  decryptions: [],
  result: ['not-an-element', 'not-a-scalar'],
}

/** Each reason that a check can give, as `check reason`. */
const reasons = new Set([
  ...codesOf('archive-reader', 'ArchiveRefusal').map((code) => `archive ${code}`),
  ...codesOf('board-reader', 'ChainRefusal').map((code) => `chain ${code}`),
  ...Object.entries(impossible).flatMap(([check, codes]) =>
    malformations.filter((code) => !codes.includes(code)).map((code) => `${check} ${code}`),
  ),
  ...codesOf('ballot', 'BallotRefusal').map((code) => `ballots ${code}`),
  ...codesOf('shuffle-verification', 'ShuffleRefusal').map((code) => `shuffles ${code}`),
  ...codesOf('election-shuffle', 'ElectionShuffleRefusal').map((code) => `shuffles ${code}`),
  ...codesOf('decryption', 'DecryptionRefusal').map((code) => `decryptions ${code}`),
  ...thrownIn('verification', /check: '([a-z-]+)', reason: '([a-z-]+)'/g).map((found) => found.join(' ')),
  ...['setup-verification', 'tally-verification'].flatMap((module) =>
    thrownIn(module, /(?:failure|checkFailed)\(\s*'([a-z-]+)',\s*'([a-z-]+)'/g).map((found) =>
      found.join(' '),
    ),
  ),
  ...thrownIn('ballot-box-verification', /refused: '([a-z-]+)'/g).map(([code]) => `ballots ${code}`),
  ...thrownIn('tally-verification', /checkFailed\(check, '([a-z-]+)'/g).flatMap(([code]) => [
    `shuffles ${code}`,
    `decryptions ${code}`,
  ]),
])

test('for every reason that a check of the verifier can give, a forger is found out by it alone', () => {
  expect(reasons.size).toBeGreaterThan(80)
  const shown = new Set(forgeries.map(({ check, reason }) => `${check} ${reason}`))
  expect([...reasons.difference(shown)]).toEqual([])
  expect([...shown.difference(reasons)]).toEqual([])
})

test('a forger’s hand is not found out where nothing is forged', () => {
  const honest = archiveOf(boardSteps(group, held.texts))
  expect(rechained(held.texts, 7, (data) => data).equals(honest)).toBe(true)
  const record = recordOf(group, 'data', '"x"')
  const opening = openingBytes(1_795_252_448)
  const named = tarFile(`${record.hash}.data.json`, Buffer.from(record.body))
  expect(Buffer.concat([opening, named]).equals(archiveOfRecords([record]))).toBe(true)
  expect(named.equals(recordBytes(record, 1_795_252_448))).toBe(true)
})
