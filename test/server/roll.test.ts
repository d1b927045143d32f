import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readLog } from '../../src/audit/read-log.ts'
import { findElection } from '../../src/election/find-election.ts'
import { openElection } from '../../src/election/open-election.ts'
import { issueTokens } from '../../src/voting/issue-tokens.ts'
import { ask, board, type Office, openOffice } from '../support/office.ts'
import { type Serving, serve } from '../support/serving.ts'
import { formOf, group, ingestAll, sealVote, tokensIn } from '../voting/fixtures.ts'

interface Page {
  total: number
  voters: { number: string; name: string; voted: boolean; correction: string | null }[]
  next: string | null
}

let office: Office
let serving: Serving
beforeAll(async () => {
  office = await openOffice({ alone: true })
  serving = await serve(office)
})
afterAll(async () => {
  await serving?.close()
  await office?.close()
})

async function roll(key: string, query = ''): Promise<Page> {
  const { status, body } = await ask(`${serving.url}/api/elections/${board}/roll/${query}`, { key })
  expect(status, JSON.stringify(body)).toBe(200)
  return body as Page
}

const viewings = async () =>
  (await office.work.read((tx) => readLog(tx))).filter(({ action }) => action === 'roll-viewed')

test('the roll of a draft is shown as it would be, and nothing of it is kept', async () => {
  const { total, voters, next } = await roll(office.keyOf('unit-officer'))
  expect([total, voters.length, next]).toEqual([12, 12, null])
  const kept = await office.work.read(({ db }) => db.selectFrom('voter').select('id').execute())
  expect(kept).toEqual([])
})

test('an officer reads the roll page by page, with who has voted, and nothing that tells when or how', async () => {
  const out = join(office.folder, 'tokens.csv')
  await issueTokens({ work: office.work, group }, { election: board, out, reserve: 0, expires: undefined })
  await openElection({ work: office.work, group }, board)
  const { sealed_json } = await office.work.read((tx) => findElection(tx, board))
  const box = { form: formOf(sealed_json!), tokens: tokensIn(out) }
  await ingestAll(office.work, [sealVote(box, '002'), sealVote(box, '009')], { election: board })
  const key = office.keyOf('auditor')
  const seen: Page['voters'] = []
  let pages = 0
  for (let next: string | null = ''; next !== null; pages++) {
    const page = await roll(key, `?limit=5&after=${next}`)
    expect(page.total).toBe(12)
    seen.push(...page.voters)
    next = page.next
  }
  expect(pages).toBe(3)
  expect(seen.map(({ number }) => number)).toEqual(tokenNumbers(box.tokens))
  expect(seen.filter(({ voted }) => voted).map(({ number }) => number)).toEqual(['002', '009'])
  expect(Object.keys(seen[0]!)).toEqual(['number', 'name', 'voted', 'correction'])
})

const tokenNumbers = (tokens: ReadonlyMap<string, string>) => [...tokens.keys()].sort()

test('whoever sees the roll is in the log, also with a key that only tries things out', async () => {
  const before = (await viewings()).length
  await roll(office.keyOf('credential-officer'))
  await roll(await office.makeKey({ dryRun: true }))
  expect((await viewings()).slice(before)).toMatchObject([
    { officer: expect.stringMatching(/^The credential-officer /), election: board },
    { officer: expect.stringMatching(/^The owner /), election: board },
  ])
  const { status } = await ask(`${serving.url}/api/elections/${board}/roll/`, {
    key: office.keyOf('observer'),
  })
  expect(status).toBe(403)
  expect(await viewings()).toHaveLength(before + 2)
})
