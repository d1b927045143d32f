import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { findElection } from '../../src/election/find-election.ts'
import { openElection } from '../../src/election/open-election.ts'
import { refreshRoll } from '../../src/register/roll.ts'
import { generateToken } from '../../src/sealing/credential.ts'
import { DiskFull } from '../../src/store/refusals.ts'
import { type IssuedTokens, issueTokens } from '../../src/voting/issue-tokens.ts'
import { listTokens } from '../../src/voting/list-tokens.ts'
import { replaceToken } from '../../src/voting/replace-token.ts'
import { temporaryName } from '../../src/voting/token-file.ts'
import {
  addMembers,
  correct,
  type Draft,
  draftElection,
  formOf,
  group,
  ingestAll,
  openedElection,
  sealVote,
  tokensIn,
} from './fixtures.ts'

let urna: Draft
afterEach(() => urna.close())

function issue(options: { out?: string; reserve?: number; expires?: string } = {}): Promise<IssuedTokens> {
  const out = join(urna.folder, options.out ?? 'tokens.csv')
  const { reserve = 0, expires } = options
  return issueTokens({ work: urna.work, group }, { election: undefined, out, reserve, expires })
}

function replace(number: string, out = 'replacement.csv') {
  const input = { election: undefined, number, reason: 'letter lost', out: join(urna.folder, out) }
  return replaceToken({ work: urna.work, group }, input)
}

function inFolder(name: string): string {
  return join(urna.folder, name)
}

async function states(): Promise<Record<string, string>> {
  const { tokens } = await urna.work.read((tx) => listTokens(tx, undefined))
  return Object.fromEntries(tokens.map(({ number, state }) => [number, state]))
}

describe('issuing', () => {
  test('every voter gets a token, in a file that only its owner can read', async () => {
    urna = await draftElection({ voters: 3 })
    expect(await issue()).toMatchObject({ voters: 3, issued: 3, reserve: 0, file: inFolder('tokens.csv') })
    const tokens = tokensIn(inFolder('tokens.csv'))
    expect([...tokens.keys()]).toEqual(['1001', '1002', '1003'])
    expect(new Set(tokens.values()).size).toBe(3)
    expect(statSync(inFolder('tokens.csv')).mode & 0o777).toBe(0o600)
    expect(existsSync(temporaryName(inFolder('tokens.csv')))).toBe(false)
  })

  test('the file of tokens names the voters and the election', async () => {
    urna = await draftElection({ voters: 1 })
    await issue({ reserve: 1 })
    const [head, first, reserve] = readFileSync(inFolder('tokens.csv'), 'utf8').split('\n')
    expect(head).toBe('\ufeffnumber,name,email,phone,token,election')
    expect(first).toMatch(/^1001,Voter Number 1,voter1@example.org,,\S{25},Northern Chapter 2026$/)
    expect(reserve).toMatch(/^R-001,,,,\S{25},Northern Chapter 2026$/)
  })

  test('what a spreadsheet would run as a formula is defused, and a phone number stays one', async () => {
    urna = await draftElection({ voters: 1 })
    const hostile = { number: '@SUM(1)', name: '=HYPERLINK("http://x")', email: "=cmd|'/c'!A0@x.org" }
    await urna.work.write('test', ({ db }) =>
      db
        .updateTable('member')
        .set({ ...hostile, phone: '+34 600 100 200' })
        .execute(),
    )
    await issue()
    expect(readFileSync(inFolder('tokens.csv'), 'utf8')).toContain(
      `\n'@SUM(1),"'=HYPERLINK(""http://x"")",'=cmd|'/c'!A0@x.org,+34 600 100 200,`,
    )
  })

  test('no token is in the election file, its log or its journal, not even for a moment', async () => {
    urna = await draftElection({ voters: 2 })
    await issue({ reserve: 1 })
    const { entries, rows } = await urna.work.read(async ({ db }) => ({
      entries: await db.selectFrom('audit_entry').selectAll().execute(),
      rows: [
        await db.selectFrom('token').selectAll().execute(),
        await db.selectFrom('token_credential').selectAll().execute(),
      ],
    }))
    const stored = JSON.stringify([entries, rows])
    const bytes = readdirSync(urna.folder)
      .filter((name) => name.startsWith('test.urna'))
      .map((name) => readFileSync(inFolder(name)).toString('latin1'))
      .join('')
    for (const token of tokensIn(inFolder('tokens.csv')).values()) {
      expect(stored).not.toContain(token)
      expect(bytes).not.toContain(token)
      expect(bytes).not.toContain(token.slice(0, 12))
    }
  })

  test('each token has a public half for the election and for each of its runoffs', async () => {
    urna = await draftElection({ voters: 1 })
    await issue()
    const uuids = await urna.work.read(({ db }) =>
      db.selectFrom('token_credential').select('uuid').distinct().execute(),
    )
    expect(uuids).toHaveLength(3)
  })

  test('repeating the command makes no token', async () => {
    urna = await draftElection({ voters: 3 })
    await issue({ reserve: 2 })
    const before = readFileSync(inFolder('tokens.csv'))
    expect(await issue({ reserve: 2 })).toMatchObject({ voters: 3, issued: 0, reserve: 0, file: null })
    expect(readFileSync(inFolder('tokens.csv')).equals(before)).toBe(true)
  })

  test('who joined since gets a token in a file of their own, and the old file is not overwritten', async () => {
    urna = await draftElection({ voters: 2 })
    await issue()
    await addMembers(urna.work, 1, 3)
    await expect(issue()).rejects.toMatchObject({ code: 'token-file-exists' })
    expect(await issue({ out: 'more.csv' })).toMatchObject({ voters: 3, issued: 1 })
    expect([...tokensIn(inFolder('more.csv')).keys()]).toEqual(['1003'])
  })

  test('the token of a voter who left the roll is revoked, and refused ever after', async () => {
    urna = await draftElection({ voters: 2 })
    await issue()
    await urna.work.write('test', ({ db }) => db.deleteFrom('member').where('number', '=', '1002').execute())
    expect(await issue()).toMatchObject({ voters: 1, issued: 0, revoked: 1 })
    const credentials = await urna.work.read(({ db }) =>
      db.selectFrom('token').select(['state', 'voter_id']).where('state', '=', 'revoked').execute(),
    )
    expect(credentials).toHaveLength(1)
  })

  test('where the file can not be written, no token counts', async () => {
    urna = await draftElection({ voters: 2 })
    await expect(issue({ out: 'no such folder/tokens.csv' })).rejects.toMatchObject({
      code: 'file-unreadable',
    })
    expect(await states()).toEqual({})
    expect(await issue()).toMatchObject({ issued: 2 })
  })

  test('an expiry that is past, or no time, is refused', async () => {
    urna = await draftElection()
    await expect(issue({ expires: '2020-01-01 10:00' })).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(issue({ expires: 'soon' })).rejects.toMatchObject({ code: 'invalid-input' })
  })

  test('a thousand tokens come in batches', async () => {
    urna = await draftElection({ voters: 1001 })
    expect(await issue({ reserve: 501 })).toMatchObject({ issued: 1001, reserve: 501 })
    const tokens = tokensIn(inFolder('tokens.csv'))
    expect(new Set(tokens.values()).size).toBe(1502)
    expect(tokens.has('R-501')).toBe(true)
  })
})

describe('after a crash', () => {
  test('tokens that count and whose file has only its temporary name get it', async () => {
    urna = await draftElection({ voters: 2 })
    await issue()
    renameSync(inFolder('tokens.csv'), temporaryName(inFolder('tokens.csv')))
    expect(await issue()).toMatchObject({ issued: 0, file: inFolder('tokens.csv') })
    expect(tokensIn(inFolder('tokens.csv')).size).toBe(2)
    expect(existsSync(temporaryName(inFolder('tokens.csv')))).toBe(false)
  })

  test('where their file can not get its name, it is told which file has the tokens', async () => {
    urna = await draftElection({ voters: 2 })
    await issue()
    const written = temporaryName(inFolder('tokens.csv'))
    renameSync(inFolder('tokens.csv'), written)
    writeFileSync(inFolder('tokens.csv'), 'of somebody else')
    await expect(issue()).rejects.toMatchObject({ code: 'token-file-unnamed', details: { written } })
    expect(readFileSync(inFolder('tokens.csv'), 'utf8')).toBe('of somebody else')
    expect(existsSync(written)).toBe(true)
  })

  test.each([
    ['issued', () => issue()],
    ['put in the place of another', () => replace('1001', 'tokens.csv')],
  ])('tokens being %s when the disk fails to commit them are kept, and told', async (_, make) => {
    urna = await draftElection({ voters: 2 })
    await issue({ out: 'first.csv' })
    await addMembers(urna.work, 1, 3)
    const written = temporaryName(inFolder('tokens.csv'))
    const write = urna.work.write.bind(urna.work)
    vi.spyOn(urna.work, 'write').mockImplementationOnce((deed, change) =>
      write(deed, async (tx) => {
        await change(tx)
        throw new DiskFull(urna.path)
      }),
    )
    await expect(make()).rejects.toMatchObject({
      code: 'tokens-uncertain',
      details: { written },
      message: expect.stringContaining(written),
    })
    expect(tokensIn(written).size).toBe(1)
    // Here the disk did not keep the commit.
    await expect(make()).rejects.toMatchObject({ code: 'token-file-exists', details: { written } })
  })

  test('tokens that never counted are named as such, and left to the officer', async () => {
    urna = await draftElection({ voters: 2 })
    const written = temporaryName(inFolder('tokens.csv'))
    writeFileSync(written, `number,name,email,phone,token,election\n1001,A,,,${generateToken(group)},X\n`)
    await expect(issue()).rejects.toMatchObject({ code: 'token-file-exists', details: { written } })
    expect(existsSync(written)).toBe(true)
    expect(await issue({ out: 'other.csv' })).toMatchObject({ issued: 2 })
  })

  test('a replacement that was interrupted before its file had a name is not made twice', async () => {
    urna = await draftElection({ voters: 1 })
    await issue()
    await replace('1001')
    const token = tokensIn(inFolder('replacement.csv')).get('1001')
    renameSync(inFolder('replacement.csv'), temporaryName(inFolder('replacement.csv')))
    await replace('1001')
    expect(tokensIn(inFolder('replacement.csv')).get('1001')).toBe(token)
  })
})

describe('replacing', () => {
  test('a replaced token is refused even if it was never used', async () => {
    urna = await draftElection({ voters: 2 })
    await issue()
    const lost = tokensIn(inFolder('tokens.csv'))
    expect(await replace('1001')).toMatchObject({ file: inFolder('replacement.csv'), reserve: null })
    const { sealedJson } = await openElection({ work: urna.work, group }, undefined)
    const form = formOf(sealedJson)
    const tokens = tokensIn(inFolder('replacement.csv'))
    expect(await ingestAll(urna.work, [sealVote({ form, tokens: lost }, '1001')])).toMatchObject([
      { code: 'revoked-token' },
    ])
    expect(await ingestAll(urna.work, [sealVote({ form, tokens }, '1001')])).toMatchObject([
      { outcome: 'accepted' },
    ])
  })

  test('in an open election the voter gets a token of the reserve', async () => {
    const box = await openedElection({ voters: 2, reserve: 1 })
    urna = box
    expect(await replace('1001')).toMatchObject({ file: null, reserve: 'R-001' })
    expect(await ingestAll(box.work, [sealVote(box, '1001'), sealVote(box, 'R-001')])).toMatchObject([
      { code: 'revoked-token' },
      { outcome: 'accepted' },
    ])
    expect(await states()).toEqual({ '1001': 'used', '1002': 'issued' })
    await expect(replace('1002')).rejects.toMatchObject({ code: 'no-reserve-token' })
    expect(await states()).toMatchObject({ '1002': 'issued' })
  })

  test('who has voted keeps the token', async () => {
    const box = await openedElection({ reserve: 1 })
    urna = box
    await ingestAll(box.work, [sealVote(box, '1001')])
    await expect(replace('1001')).rejects.toMatchObject({ code: 'token-already-used' })
    expect(await ingestAll(box.work, [sealVote(box, '1001')])).toMatchObject([{ outcome: 'recast' }])
  })

  test('where all voters weigh the same, so does the reserve, and rankings stay possible', async () => {
    urna = await draftElection({ voters: 2 })
    await urna.work.write('test', ({ db }) =>
      db.updateTable('member').set({ weight_micros: 3_000_000 }).execute(),
    )
    await issue({ reserve: 2 })
    await openElection({ work: urna.work, group }, undefined)
    expect(await replace('1001')).toMatchObject({ reserve: 'R-001' })
    await addMembers(urna.work, 1, 1001)
    await correct(urna.work, 'add', '2001')
    await expect(issue()).rejects.toMatchObject({ code: 'no-reserve-token', details: { weight: '1' } })
    await urna.work.write('test', ({ db }) =>
      db.updateTable('member').set({ weight_micros: 3_000_000 }).execute(),
    )
    expect(await replace('1002')).toMatchObject({ reserve: 'R-002' })
  })

  test('where voters weigh differently, one of another weight than one vote can not have a reserve token', async () => {
    urna = await draftElection({ voters: 2 })
    await urna.work.write('test', async ({ db }) => {
      await db.updateTable('member').set({ weight_micros: 3_000_000 }).where('number', '=', '1001').execute()
      await db.deleteFrom('contest').where('title', '=', 'Committee').execute()
    })
    await issue({ reserve: 1 })
    await openElection({ work: urna.work, group }, undefined)
    await expect(replace('1001')).rejects.toMatchObject({
      code: 'no-reserve-token',
      details: { weight: '3' },
    })
  })

  test('a voter who is not on the roll, or has no token, is named', async () => {
    urna = await draftElection()
    await urna.work.write('test', async (tx) => refreshRoll(tx, await findElection(tx, undefined)))
    await expect(replace('77')).rejects.toMatchObject({ code: 'voter-not-found' })
    await expect(replace('1001')).rejects.toMatchObject({ code: 'token-not-found' })
  })
})

describe('once the election is open', () => {
  test('who was added to the roll gets the next reserve token, and nobody else one', async () => {
    const box = await openedElection({ voters: 2, reserve: 2 })
    urna = box
    await addMembers(box.work, 1, 1001)
    await correct(box.work, 'add', '2001')
    expect(await issue()).toMatchObject({
      issued: 0,
      file: null,
      assigned: [{ number: '2001', reserve: 'R-001' }],
    })
    expect(await issue()).toMatchObject({ voters: 3, assigned: [] })
    expect(await ingestAll(box.work, [sealVote(box, 'R-001'), sealVote(box, 'R-002')])).toMatchObject([
      { outcome: 'accepted' },
      { code: 'reserve-not-assigned' },
    ])
    expect(await states()).toMatchObject({ '2001': 'used' })
  })

  test('without enough of the reserve nobody gets one', async () => {
    const box = await openedElection({ voters: 2, reserve: 1 })
    urna = box
    await addMembers(box.work, 2, 1001)
    await correct(box.work, 'add', '2001')
    await correct(box.work, 'add', '2002')
    await expect(issue()).rejects.toMatchObject({
      code: 'no-reserve-token',
      details: { wanted: 2, left: 1 },
    })
    expect(await states()).toMatchObject({ '2001': 'none', '2002': 'none' })
  })

  test('no reserve token can be made', async () => {
    urna = await openedElection()
    await expect(issue({ reserve: 5 })).rejects.toMatchObject({ code: 'wrong-state' })
  })

  test('a voter who was struck off needs no token', async () => {
    const box = await openedElection({ voters: 2 })
    urna = box
    await addMembers(box.work, 1, 1001)
    await correct(box.work, 'add', '2001')
    await correct(box.work, 'strike', '2001')
    expect(await issue()).toMatchObject({ assigned: [] })
    expect(await states()).toMatchObject({ '2001': 'struck' })
  })
})

test('the list says how it stands with each token and never the token', async () => {
  const box = await openedElection({ voters: 4, reserve: 2, expires: '2026-03-05 10:00' })
  urna = box
  await ingestAll(box.work, [sealVote(box, '1002')])
  await replace('1003')
  expect(await states()).toEqual({ '1001': 'issued', '1002': 'used', '1003': 'issued', '1004': 'issued' })
  const list = await box.work.read((tx) => listTokens(tx, undefined))
  expect(list.reserve).toEqual({ free: 1, total: 2 })
  expect(list.tokens[2]).toMatchObject({ number: '1003', reserve: 'R-001' })
  const shown = JSON.stringify(list)
  for (const token of box.tokens.values()) expect(shown).not.toContain(token)
  box.clock.set('2026-03-06T00:00:00.000Z')
  expect(await states()).toMatchObject({ '1001': 'expired', '1002': 'used' })
})
