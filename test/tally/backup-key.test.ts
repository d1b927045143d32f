import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { wordlist } from '@scure/bip39/wordlists/english.js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as backupCommand from '../../commands/trustee/backup.ts'
import * as restoreCommand from '../../commands/trustee/restore.ts'
import { keyBackupPdf } from '../../src/report/key-backup.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { generateTrustee } from '../../src/tally/generate-trustee.ts'
import { publicKeyOf, readPrivateDocument } from '../../src/tally/key-file.ts'
import { secretOfWords, wordsOfSecret } from '../../src/tally/key-words.ts'
import { hasPoppler, pagesOf, squareOn } from '../support/pdf.ts'
import { json, refused, runCommand } from '../support/run-command.ts'

const group = await loadGroup()
let folder: string
let keyFile: string
let publicKey: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'urna-'))
  const made = await generateTrustee(group, { name: 'Ruth Okafor', folder })
  keyFile = made.privateFile
  publicKey = made.publicKey
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** The arguments of `trustee restore`, the public key the last. */
function restoring(wordsFile: string, start: string): string[] {
  return ['--name', 'Ruth', '--words-file', wordsFile, '--out', folder, '--public-key', start]
}

test('a key goes to paper as words and comes back as it was', async () => {
  const { secretKey } = await readPrivateDocument(group, keyFile)
  const words = wordsOfSecret(secretKey!)
  expect(words).toHaveLength(24)
  const numbered = words.map((word, index) => `${index + 1}. ${word.toUpperCase()}`).join('\n')
  expect(secretOfWords(group, numbered)).toBe(secretKey)
  const wordsFile = join(folder, 'words.txt')
  writeFileSync(wordsFile, words.join(' '))
  const out = join(folder, 'new')
  mkdirSync(out)
  const restored = await json(
    restoreCommand,
    '--name',
    'Ruth Okafor',
    '--words-file',
    wordsFile,
    '--public-key',
    `${publicKey.slice(0, 4)} ${publicKey.slice(4, 8).toUpperCase()}`,
    '--out',
    out,
  )
  expect(restored).toEqual({ file: join(out, 'ruth-okafor.private.json'), name: 'Ruth Okafor', publicKey })
  expect(readFileSync(join(out, 'ruth-okafor.private.json'))).toEqual(readFileSync(keyFile))
  expect(statSync(join(out, 'ruth-okafor.private.json')).mode & 0o777).toBe(0o600)
})

test('a wrong word is found out, and no word is repeated', async () => {
  // One fixed key: of those drawn by chance, one in 256 has words that still belong together when two change
  // places, and some have words that the refusal's own sentence needs.
  const words = wordsOfSecret('01d6a3e04b5c7f8290e1d2c3b4a5968778695a4b3c2d1e0f0123456789abcdef')
  const refusedAs = async (changed: readonly string[]) => {
    const file = join(folder, 'wrong.txt')
    writeFileSync(file, changed.join(' '))
    const refusal = await refused(restoreCommand, ...restoring(file, publicKey))
    expect(refusal).toMatchObject({ code: 'key-words-invalid', status: 7 })
    for (const word of words.filter((each) => each.length > 5)) {
      expect(refusal.message + String(refusal.hint)).not.toContain(word)
    }
    return refusal.message
  }
  expect(await refusedAs(words.slice(1))).toContain('23 words')
  expect(await refusedAs(words.with(4, 'okafor'))).toContain('Word 5 is none of the list')
  const [first, second] = words as [string, string]
  expect(await refusedAs(words.with(0, second).with(1, first))).toContain('belong together')
  expect(await refusedAs(words.with(0, second).with(3, second).with(7, second))).toContain('belong together')
  // The words of 2^256 - 1: all in order, and larger than any key.
  expect(await refusedAs([...Array.from({ length: 23 }, () => 'zoo'), 'vote'])).toContain(
    'no key of a trustee',
  )
})

test('a wrong word that fits the others is found out by the public key of the sheet', async () => {
  const words = wordsOfSecret('01d6a3e04b5c7f8290e1d2c3b4a5968778695a4b3c2d1e0f0123456789abcd0f')
  const fits = (text: string) => {
    try {
      return secretOfWords(group, text) !== ''
    } catch {
      return false
    }
  }
  const wrong = wordlist.map((word) => words.with(3, word).join(' ')).filter(fits)
  expect(wrong.length).toBeGreaterThan(4)
  const file = join(folder, 'fitting.txt')
  const own = publicKeyOf(group, secretOfWords(group, words.join(' ')))
  for (const text of wrong.filter((each) => each !== words.join(' '))) {
    writeFileSync(file, text)
    expect(await refused(restoreCommand, ...restoring(file, own.slice(0, 8)))).toMatchObject({
      ...{ code: 'key-words-invalid', status: 7 },
      message: expect.stringContaining('not the key whose public half was given'),
    })
  }
  expect(existsSync(join(folder, 'ruth.private.json'))).toBe(false)
  writeFileSync(file, words.join(' '))
  expect(await json(restoreCommand, ...restoring(file, own.slice(0, 8)))).toMatchObject({ publicKey: own })
})

test('without the public key no key comes back, nor with too few of its digits', async () => {
  const file = join(folder, 'words.txt')
  writeFileSync(file, wordsOfSecret((await readPrivateDocument(group, keyFile)).secretKey!).join(' '))
  expect(await refused(restoreCommand, ...restoring(file, publicKey).slice(0, -2))).toMatchObject({
    ...{ code: 'missing-input', hint: expect.stringContaining('--public-key DIGITS') },
  })
  expect(await refused(restoreCommand, ...restoring(file, publicKey.slice(0, 7)))).toMatchObject({
    ...{ code: 'invalid-input', status: 2 },
  })
})

test('a key file in which a digit of the key changed is read by no command', async () => {
  const text = readFileSync(keyFile, 'utf8')
  const { secretKey } = JSON.parse(text) as { secretKey: string }
  const other = (digit: string) => (digit === '0' ? '1' : '0')
  for (const place of [0, 31, 63]) {
    const changed = secretKey.slice(0, place) + other(secretKey[place]!) + secretKey.slice(place + 1)
    writeFileSync(keyFile, text.replace(secretKey, changed))
    const refusal = await refused(backupCommand, keyFile)
    expect(refusal).toMatchObject({ code: 'trustee-key-invalid', status: 7 })
    expect(refusal.message).toContain('do not belong together')
    expect(refusal.message + String(refusal.hint)).not.toContain(changed)
  }
  // A file made elsewhere, which has the private half alone.
  const { publicKey: _, ...bare } = JSON.parse(text) as Record<string, unknown>
  writeFileSync(keyFile, JSON.stringify(bare))
  expect(await json(backupCommand, keyFile)).toMatchObject({ publicKey })
})

test('neither the words nor the key are printed; the sheet is for its owner alone, and never overwritten', async () => {
  const { secretKey } = await readPrivateDocument(group, keyFile)
  const run = await runCommand(backupCommand.default, [keyFile])
  expect(run.status).toBe(0)
  const file = keyFile.replace('.private.json', '.backup.pdf')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-')
  const printed = run.stdout + run.stderr
  expect(printed).toContain(publicKey)
  expect(printed).not.toContain(secretKey)
  expect(printed).not.toContain(wordsOfSecret(secretKey!).slice(0, 3).join(' '))
  expect(await refused(backupCommand, keyFile)).toMatchObject({ code: 'output-exists' })
})

test.skipIf(!hasPoppler)(
  'the sheet says all words in their order, whose key it is, and how it comes back',
  async () => {
    const { secretKey } = await readPrivateDocument(group, keyFile)
    const out = join(folder, 'key.pdf')
    await json(backupCommand, keyFile, '--out', out)
    const [text = '', ...more] = pagesOf(out)
    expect(more).toEqual([])
    for (const [index, word] of wordsOfSecret(secretKey!).entries()) {
      expect(text).toMatch(new RegExp(`\\b${index + 1}\\s+${word}\\b`))
    }
    expect(text).toContain('Ruth Okafor')
    expect(text).toContain('urna trustee restore')
    expect(text.replace(/\s/g, '')).toContain(publicKey.slice(0, 16))
    expect(existsSync(out)).toBe(true)
  },
)

test.skipIf(!hasPoppler)('a scanner reads the words off the sheet, and they are the key', async () => {
  const { secretKey } = await readPrivateDocument(group, keyFile)
  const out = join(folder, 'key.pdf')
  await json(backupCommand, keyFile, '--out', out)
  expect(secretOfWords(group, squareOn(out, 1))).toBe(secretKey)
})

test.skipIf(!hasPoppler).each([
  ['Παναγιώτης Żółw Київ', 'Παναγιώτης Żółw Київ'],
  ['Ruth\n\u202e陳', 'Ruth [U+202E U+9673]'],
  ['x'.repeat(10_000), '(10000 characters)'],
])('the sheet of a trustee called %j is one sheet, and says so', async (name, shown) => {
  const words = Array.from({ length: 24 }, () => 'abandon')
  const sheet = await keyBackupPdf({ name, publicKey, words, madeAt: '2026-03-02T09:00:00.000Z' })
  const out = join(folder, 'named.pdf')
  writeFileSync(out, sheet)
  const pages = pagesOf(out)
  expect(pages).toEqual([expect.stringContaining(shown)])
  expect(squareOn(out, 1)).toBe(words.join(' '))
})
