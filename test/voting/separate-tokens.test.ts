import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as TokenGenerate from '../../commands/token/generate.ts'
import * as TokenRegister from '../../commands/token/register.ts'
import * as TokenRequest from '../../commands/token/request.ts'
import { findElection } from '../../src/election/find-election.ts'
import { openElection } from '../../src/election/open-election.ts'
import { generateTokens } from '../../src/voting/generate-tokens.ts'
import { issueTokens } from '../../src/voting/issue-tokens.ts'
import { listTokens } from '../../src/voting/list-tokens.ts'
import { registerTokens } from '../../src/voting/register-tokens.ts'
import { replaceToken } from '../../src/voting/replace-token.ts'
import { requestTokens } from '../../src/voting/request-tokens.ts'
import { json } from '../support/run-command.ts'
import {
  addMembers,
  type Draft,
  draftElection,
  formOf,
  group,
  ingestAll,
  type Opened,
  sealVote,
  tokensIn,
} from './fixtures.ts'

let urna: Draft
beforeEach(async () => {
  urna = await draftElection({ voters: 3, contests: 'committee' })
})
afterEach(() => urna.close())

const at = (name: string) => join(urna.folder, name)
const requestFile = () => at('request.json')
const secretFile = () => at('chapter-tokens.csv')
const publicFile = () => at('chapter-credentials.json')

function request(reserve = 0) {
  return requestTokens({ work: urna.work }, { election: undefined, reserve, out: requestFile() })
}

function generate(replace: string[] = []) {
  const input = { request: requestFile(), folder: urna.folder, replace, links: undefined }
  return generateTokens({ group }, input)
}

function register(path = publicFile(), reason?: string, mode: 'apply' | 'rehearse' = 'apply') {
  const input = { election: 'chapter', path, expires: undefined, reason }
  return registerTokens({ work: urna.work, group }, input, mode)
}

interface PublicFile {
  kind: string
  election: { slug: string; uuids: string[] }
  tokens: { voter?: string; reserve?: number; credentials: string[] }[]
}

/** The public file as somebody changed it on the way. */
function tampered(change: (file: PublicFile) => void): string {
  const file = JSON.parse(readFileSync(publicFile(), 'utf8')) as PublicFile
  change(file)
  writeFileSync(at('tampered.json'), JSON.stringify(file))
  return at('tampered.json')
}

async function opened(): Promise<Opened> {
  await openElection({ work: urna.work, group }, urna.slug)
  const { sealed_json } = await urna.work.read((tx) => findElection(tx, urna.slug))
  return { ...urna, form: formOf(sealed_json ?? ''), tokens: tokensIn(secretFile()) }
}

const blank = [{ kind: 'blank' } as const]

describe('tokens that a credential officer makes', () => {
  test('let every voter vote, and the election file has none of them at any moment', async () => {
    await request(1)
    expect(await generate()).toMatchObject({ voters: 3, reserve: 1, secretFile: secretFile() })
    expect(await register()).toMatchObject({ voters: 3, reserve: 1, changed: true })
    const box = await opened()
    const cast = await ingestAll(
      box.work,
      ['1001', '1002', '1003'].map((number) => sealVote(box, number, blank)),
    )
    expect(cast.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'accepted'])
    const { tokens } = await urna.work.read((tx) => listTokens(tx, undefined))
    expect(tokens.map(({ state }) => state)).toEqual(['used', 'used', 'used'])
    const inFile = readdirSync(urna.folder)
      .filter((name) => name.startsWith('test.urna'))
      .map((name) => readFileSync(at(name)).toString('latin1'))
      .join('')
    const rows = await urna.work.read(({ db }) => db.selectFrom('audit_entry').selectAll().execute())
    const [requested, published] = [requestFile(), publicFile()].map((path) => readFileSync(path, 'utf8'))
    for (const token of box.tokens.values()) {
      expect(inFile + JSON.stringify(rows) + requested + published).not.toContain(token)
    }
  })

  test('are in a file for its owner alone, and so is the request with the addresses', async () => {
    await request()
    await generate()
    expect(statSync(requestFile()).mode & 0o777).toBe(0o600)
    expect(statSync(secretFile()).mode & 0o777).toBe(0o600)
  })

  test('are made once: neither file is overwritten', async () => {
    await request()
    await generate()
    const [secret, published] = [secretFile(), publicFile()].map((path) => readFileSync(path))
    await expect(generate()).rejects.toMatchObject({ code: 'output-exists' })
    expect(readFileSync(secretFile()).equals(secret!)).toBe(true)
    expect(readFileSync(publicFile()).equals(published!)).toBe(true)
  })

  test('that a crash left without public halves are named, and neither deleted nor taken for good', async () => {
    await request()
    writeFileSync(`${secretFile()}.part`, 'what a crash left')
    const refusal = await generate().catch((error) => error)
    expect(refusal).toMatchObject({ code: 'token-file-exists', message: expect.stringContaining('csv.part') })
    expect(readFileSync(`${secretFile()}.part`, 'utf8')).toBe('what a crash left')
    rmSync(`${secretFile()}.part`)
    expect(await generate()).toMatchObject({ voters: 3 })
  })

  test('have public halves for runoffs as well, in an order that says nothing', async () => {
    await request()
    await generate()
    const { election, tokens } = JSON.parse(readFileSync(publicFile(), 'utf8')) as PublicFile
    expect(election.uuids).toHaveLength(3)
    expect(tokens.every(({ credentials }) => credentials.length === 3)).toBe(true)
    const firsts = tokens.map(({ credentials }) => credentials[0]!)
    expect(firsts).toEqual(firsts.toSorted())
  })

  test('are recorded with the hash of their file', async () => {
    await request()
    await generate()
    const { sha256 } = await register()
    const entry = await urna.work.read(({ db }) =>
      db.selectFrom('audit_entry').select('details').where('action', '=', 'tokens-registered').execute(),
    )
    expect(entry.map(({ details }) => JSON.parse(details))).toMatchObject([{ voters: 3, sha256 }])
  })
})

describe('once they are registered', () => {
  beforeEach(async () => {
    await request(1)
    await generate()
    await register()
  })

  test('who runs the vote can make no token, and replace none by one of their own', async () => {
    const issue = { election: undefined, out: at('own.csv'), reserve: 5, expires: undefined }
    await expect(issueTokens({ work: urna.work, group }, issue)).rejects.toMatchObject({
      code: 'tokens-made-otherwise',
    })
    const replace = { election: undefined, number: '1001', reason: 'lost', out: at('own.csv') }
    await expect(replaceToken({ work: urna.work, group }, replace)).rejects.toMatchObject({
      code: 'tokens-made-otherwise',
    })
    expect(readdirSync(urna.folder)).not.toContain('own.csv')
    expect(await register()).toMatchObject({ changed: false })
  })

  test('a lost token is replaced the same road, with a reason, and the old one is worth nothing', async () => {
    const lost = tokensIn(secretFile()).get('1002')!
    await generate(['1002'])
    const file = at('chapter-credential-1002.json')
    await expect(register(file)).rejects.toMatchObject({ code: 'missing-input' })
    expect(await register(file, 'letter lost')).toMatchObject({ replaced: ['1002'], voters: 1 })
    const found = tokensIn(at('chapter-token-1002.csv')).get('1002')!
    const box = await opened()
    const ballotOf = (token: string) =>
      sealVote({ ...box, tokens: new Map([['1002', token]]) }, '1002', blank)
    const cast = await ingestAll(box.work, [ballotOf(lost), ballotOf(found)])
    expect(cast.map(({ outcome }) => outcome)).toEqual(['refused', 'accepted'])
  })

  test('after the opening a lost token is replaced by one of the reserve, which nobody here knows', async () => {
    await opened()
    const input = { election: undefined, number: '1002', reason: 'lost', out: undefined }
    expect(await replaceToken({ work: urna.work, group }, input)).toMatchObject({
      reserve: 'R-001',
      file: null,
    })
  })

  test('who joins before the opening is asked for in a second request', async () => {
    await addMembers(urna.work, 1, 9)
    const out = at('second.json')
    const second = await requestTokens({ work: urna.work }, { election: undefined, reserve: 2, out })
    expect(second).toMatchObject({ voters: 1, reserve: 1 })
    const { tokens } = await urna.work.read((tx) => listTokens(tx, undefined))
    expect(tokens.map(({ state }) => state)).toEqual(['issued', 'issued', 'issued', 'none'])
  })
})

describe('nothing is taken in, and nothing changes,', () => {
  beforeEach(async () => {
    await request(1)
    await generate()
  })

  async function refusal(path: string): Promise<string> {
    const found = await register(path).catch((error: unknown) => error)
    expect(found).toMatchObject({ code: 'credentials-invalid' })
    const { tokens } = await urna.work.read((tx) => listTokens(tx, undefined))
    expect(tokens.every(({ state }) => state === 'none')).toBe(true)
    return (found as Error).message
  }

  const voter = (file: PublicFile) => file.tokens.find((token) => token.voter !== undefined)!
  /** The identity, whose secret is zero: anybody could vote with it. */
  const identity = `${'0'.repeat(63)}1`

  test.each<[string, (file: PublicFile) => void, RegExp]>([
    [
      'of another election',
      (file) => file.election.uuids.fill('x'.repeat(14)),
      /of another election, chapter/,
    ],
    ['without a voter', (file) => file.tokens.splice(file.tokens.indexOf(voter(file)), 1), /is missing/],
    ['with a stranger', (file) => Object.assign(voter(file), { voter: '9999' }), /9999 is not on the roll/],
    ['with a voter twice', (file) => file.tokens.push({ ...voter(file) }), /is in it twice/],
    [
      'with a credential twice',
      (file) => Object.assign(file.tokens[0]!, { credentials: file.tokens[1]!.credentials }),
      /a credential of .* is in it twice/,
    ],
    ['with a point off the curve', (file) => voter(file).credentials.fill('2'.repeat(64), 1, 2), /is none/],
    ['with the credential of everybody', (file) => voter(file).credentials.fill(identity, 0, 1), /is none/],
    ['without one for a runoff', (file) => voter(file).credentials.pop(), /for each round/],
    [
      'with a reserve token left out',
      (file) => Object.assign(file.tokens.find(({ reserve }) => reserve)!, { reserve: 2 }),
      /R-001/,
    ],
    ['with a token in it', (file) => Object.assign(voter(file), { token: 'secret' }), /not what urna token/],
  ])('of a file %s', async (_, change, sentence) => {
    expect(await refusal(tampered(change))).toMatch(sentence)
  })

  test('where tokens were made here already', async () => {
    const issue = { election: undefined, out: at('own.csv'), reserve: 0, expires: undefined }
    await issueTokens({ work: urna.work, group }, issue)
    await expect(register()).rejects.toMatchObject({ code: 'tokens-made-otherwise' })
    await expect(request()).rejects.toMatchObject({ code: 'tokens-made-otherwise' })
  })

  test('where it is only tried out', async () => {
    expect(await register(publicFile(), undefined, 'rehearse')).toMatchObject({ voters: 3, changed: true })
    const { tokens } = await urna.work.read((tx) => listTokens(tx, undefined))
    expect(tokens.every(({ state }) => state === 'none')).toBe(true)
  })
})

test('the three commands say what they publish, and the second needs no election file', async () => {
  const file = ['--file', urna.path]
  process.env.URNA_PASSPHRASE = urna.passphrase
  try {
    await json(TokenRequest, ...file, '--out', requestFile(), '--reserve', '1')
    delete process.env.URNA_PASSPHRASE
    const made = await json(TokenGenerate, requestFile(), '--out', urna.folder)
    expect(made).toMatchObject({ publicFile: publicFile() })
    process.env.URNA_PASSPHRASE = urna.passphrase
    const dry = await json(TokenRegister, 'chapter', publicFile(), ...file, '--dry-run')
    expect(dry).toMatchObject({ voters: 3, reserve: 1, dryRun: true })
    expect(await json(TokenRegister, 'chapter', publicFile(), ...file)).toMatchObject({ changed: true })
  } finally {
    delete process.env.URNA_PASSPHRASE
  }
})
