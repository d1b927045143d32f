import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { afterEach, expect, test } from 'vitest'
import { issueTokens } from '../../src/voting/issue-tokens.ts'
import { replaceToken } from '../../src/voting/replace-token.ts'
import { voteOrigin } from '../../src/voting/vote-link.ts'
import { type Draft, draftElection, group } from './fixtures.ts'

let draft: Draft | undefined
afterEach(() => draft?.close())

test.each([
  ['https://vote.chapter.example', 'https://vote.chapter.example'],
  ['https://VOTE.chapter.example:443/', 'https://vote.chapter.example'],
  ['https://vote.chapter.example:8443', 'https://vote.chapter.example:8443'],
  ['http://localhost:3000', 'http://localhost:3000'],
  ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
  ['http://10.1.2.3', 'http://10.1.2.3'],
  ['http://172.31.0.1', 'http://172.31.0.1'],
  ['http://192.168.1.20:8080', 'http://192.168.1.20:8080'],
  ['http://[::1]:3000', 'http://[::1]:3000'],
  ['http://[fd12:3456::1]', 'http://[fd12:3456::1]'],
])('links may lead to %s', (given, origin) => {
  expect(voteOrigin(given)).toBe(origin)
})

test.each([
  ['http://vote.chapter.example', 'not-encrypted'],
  ['http://8.8.8.8', 'not-encrypted'],
  ['http://172.32.0.1', 'not-encrypted'],
  ['http://192.169.1.1', 'not-encrypted'],
  ['http://10.0.0.1.example.org', 'not-encrypted'],
  ['http://localhost.example.org', 'not-encrypted'],
  ['http://[2001:db8::1]', 'not-encrypted'],
  ['https://vote.chapter.example/path', 'more-than-a-host'],
  ['https://vote.chapter.example/?a=b', 'more-than-a-host'],
  ['https://user:password@vote.chapter.example', 'more-than-a-host'],
  ['https://vote.chapter.example/#t', 'more-than-a-host'],
  ['vote.chapter.example', 'not-a-host'],
  ['ftp://vote.chapter.example', 'not-a-host'],
  ['', 'not-a-host'],
])('links may not lead to %s: %s', (given, fault) => {
  expect(() => voteOrigin(given)).toThrow(expect.objectContaining({ details: { fault } }))
})

interface Line {
  number: string
  token: string
  link: string
}

const linesOf = (path: string): Line[] => parse(readFileSync(path), { bom: true, columns: true })

test('each voter and each reserve token gets a link whose secret no browser sends', async () => {
  draft = await draftElection({ voters: 2, contests: 'committee' })
  const deps = { work: draft.work, group }
  const out = `${draft.folder}/tokens.csv`
  const links = 'https://vote.chapter.example/'
  const input = { election: draft.slug, reserve: 1, expires: undefined }
  await expect(issueTokens(deps, { ...input, out, links: 'http://elsewhere.example' })).rejects.toMatchObject(
    {
      code: 'invalid-input',
    },
  )
  await issueTokens(deps, { ...input, out, links })
  const lines = linesOf(out)
  expect(lines.map(({ number }) => number)).toEqual(['1001', '1002', 'R-001'])
  for (const { token, link } of lines) {
    expect(link).toBe(`https://vote.chapter.example/vote/chapter#t=${token}`)
    expect(new URL(link).pathname + new URL(link).search).not.toContain(token)
  }
  const other = `${draft.folder}/other.csv`
  const { slug: election } = draft
  await replaceToken(deps, { election, number: '1001', reason: 'lost', out: other, links })
  const [line] = linesOf(other)
  expect(line?.link).toBe(`https://vote.chapter.example/vote/chapter#t=${line?.token}`)
})

test('without an address there is no such column', async () => {
  draft = await draftElection({ voters: 1, contests: 'committee' })
  const out = `${draft.folder}/tokens.csv`
  const input = { election: draft.slug, out, reserve: 0, expires: undefined }
  await issueTokens({ work: draft.work, group }, input)
  expect(readFileSync(out, 'utf8').split('\n')[0]).toBe('\ufeffnumber,name,email,phone,token,election')
})
