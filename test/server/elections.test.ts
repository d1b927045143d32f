import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { showElection } from '../../src/election/show-election.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { issueTokens } from '../../src/voting/issue-tokens.ts'
import {
  type Answer,
  type Asked,
  ask,
  board,
  home,
  type Office,
  openOffice,
  post,
} from '../support/office.ts'
import { type Serving, serve } from '../support/serving.ts'

let office: Office
let serving: Serving
let key: string

beforeAll(async () => {
  office = await openOffice({ alone: true })
  serving = await serve(office)
  key = office.keyOf('admin')
})

afterAll(async () => {
  await serving?.close()
  await office?.close()
})

const at = (path: string, asked: Asked = {}): Promise<Answer> => ask(serving.url + path, { key, ...asked })
const elections = `/api/organizations/${home}/elections/`

const described = {
  title: 'Auditors 2026',
  zone: 'Europe/Madrid',
  closes: '2026-12-03 18:00',
  contests: [
    { title: 'Auditors', method: 'plurality', candidates: ['Ana', { name: 'Bo', party: 'Greens' }] },
  ],
}

test('an officer makes a draft and reads it back', async () => {
  const made = await at(elections, post(described))
  expect(made.status).toBe(201)
  expect(made.headers.get('location')).toBe('/api/elections/auditors-2026/')
  expect(made.body).toEqual({
    ...{ election: 'auditors-2026', title: 'Auditors 2026', dryRun: false, trustees: [] },
    uuid: expect.stringMatching(/^.{14,}$/),
    contests: [{ title: 'Auditors', method: 'plurality', seats: 1, candidates: 2 }],
  })
  const read = await at('/api/elections/auditors-2026/')
  expect(read.status).toBe(200)
  expect(read.body).toMatchObject({ status: 'draft', closesAt: '2026-12-03T17:00:00.000Z' })
  const listed = await at(elections)
  expect(listed.body).toMatchObject({ elections: [{ election: 'auditors-2026' }, { election: board }] })
})

test('a draft with a short name that is taken is refused', async () => {
  const twice = await at(elections, post({ ...described, slug: board }))
  expect(twice.status).toBe(409)
  expect(twice.body).toMatchObject({ error: { code: 'election-exists' } })
})

test('a server reads no files for others', async () => {
  const contests = [{ title: 'Chair', method: 'plurality', candidates_file: '/etc/passwd' }]
  const refused = await at(elections, post({ ...described, contests }))
  expect(refused.status).toBe(400)
})

test('two officers who change a draft at once: the slower one is told, and nothing of it is lost', async () => {
  const path = `/api/elections/${board}/`
  const tag = (await at(path)).headers.get('etag')!
  const edit = (body: unknown) => at(path, { method: 'PATCH', body, headers: { 'if-match': tag } })
  const faster = await edit({ title: 'The board' })
  expect(faster.status).toBe(200)
  expect(faster.body).toEqual({
    election: board,
    dryRun: false,
    changes: [{ field: 'title', from: 'Board 2026', to: 'The board' }],
    eligibilityChanged: false,
  })
  const slower = await edit({ description: 'For two years.' })
  expect(slower.status).toBe(412)
  expect(slower.body).toMatchObject({ error: { code: 'election-changed' } })
  const again = await at(path)
  expect(again.body).toMatchObject({ title: 'The board' })
  const late = { description: 'For two years.', closes: null }
  const headers = { 'if-match': again.headers.get('etag')! }
  expect((await at(path, { method: 'PATCH', body: late, headers })).status).toBe(200)
  // Whoever doesn't say what they have read changes whatever there is.
  expect((await at(path, { method: 'PATCH', body: { title: 'Board 2026' } })).status).toBe(200)
})

test('contests and candidates are added, and a candidate who is there already is brought up to date', async () => {
  const contest = { title: 'Treasurer', method: 'approval-vote', max: 2 }
  const added = await at(`/api/elections/${board}/positions/`, post(contest))
  expect(added.status).toBe(201)
  expect(added.body).toEqual({
    ...{ election: board, contest: 2, title: 'Treasurer' },
    ...{ method: 'approval-vote', seats: 1, candidates: 0 },
  })
  const twice = await at(`/api/elections/${board}/positions/`, post(contest))
  expect(twice.status).toBe(422)
  const candidates = ['Di', { name: 'Eli', statement: 'Books in order.' }, 'Di']
  const path = `/api/elections/${board}/candidates/`
  const first = await at(path, post({ contest: 'Treasurer', candidates }))
  expect(first.body).toEqual({
    ...{ election: board, dryRun: false, added: 2, changed: 0, unchanged: 0 },
    rejected: [{ line: 3, column: 'name', reason: '"Di" is on line 1 already' }],
  })
  const second = await at(path, post({ contest: '2', candidates: [{ name: 'Di', party: 'Reds' }, 'Eli'] }))
  expect(second.body).toMatchObject({ added: 0, changed: 2 })
  const strict = await at(path, post({ contest: '2', candidates: ['Flo', 'Flo'], strict: true }))
  expect(strict.status).toBe(422)
  expect((await at(path, post({ candidates: ['Gil'] }))).status).toBe(404)
})

test('a key for trying things out is answered as if it were done, and nothing is done', async () => {
  const dry = { key: await office.makeKey({ dryRun: true }) }
  const before = await showElection(office.work, board)
  const entries = () =>
    office.work.read((tx) =>
      tx.db.selectFrom('audit_entry').select('action').where('action', 'not like', 'key%').execute(),
    )
  const recorded = await entries()
  const path = `/api/elections/${board}/`
  const edited = await at(path, { ...dry, method: 'PATCH', body: { title: 'Tried' } })
  expect(edited.body).toMatchObject({ dryRun: true, changes: [{ field: 'title', to: 'Tried' }] })
  const made = await at(elections, { ...dry, ...post({ ...described, slug: 'tried' }) })
  expect(made.status).toBe(201)
  expect(made.body).toMatchObject({ election: 'tried', uuid: null, dryRun: true })
  expect(made.headers.get('location')).toBeNull()
  expect((await at('/api/elections/tried/')).status).toBe(404)
  const opened = await at(`${path}open/`, { ...dry, ...post() })
  expect(opened.status).toBe(409)
  expect(await showElection(office.work, board)).toEqual(before)
  expect(await entries()).toEqual(recorded)
})

test('an election opens, pauses, goes on and closes; once more does no harm', async () => {
  const step = (name: string, body?: unknown) => at(`/api/elections/${board}/${name}/`, post(body))
  const early = await step('resume')
  expect(early.status).toBe(409)
  expect(early.body).toMatchObject({ error: { code: 'wrong-state' } })
  await issueTokens(
    { work: office.work, group: await loadGroup() },
    { election: board, expires: undefined, reserve: 0, out: join(office.folder, 'tokens.csv') },
  )
  const opened = await step('open')
  expect(opened.body).toMatchObject({ election: board, status: 'open', how: 'opened' })
  expect((await step('open', {})).body).toMatchObject({ how: 'already' })
  expect((await step('pause')).body).toEqual({ election: board, status: 'paused', changed: true })
  expect((await step('pause')).body).toEqual({ election: board, status: 'paused', changed: false })
  expect((await step('resume')).body).toEqual({ election: board, status: 'open', changed: true })
  expect((await step('resume')).body).toEqual({ election: board, status: 'open', changed: false })
  for (const confirm of [undefined, '', 'board', 'another']) {
    const unsure = await step('close', { confirm })
    expect(unsure.status).toBe(409)
    expect(unsure.body).toMatchObject({ error: { code: 'confirmation-needed' } })
  }
  expect((await step('close', { confirm: 'Board 2026' })).body).toMatchObject({ changed: true, ballots: 0 })
  expect((await step('close', {})).body).toMatchObject({ changed: false, ballots: null })
})

test('the audit log says which officer acted, and by which key', async () => {
  const entries = await office.work.read((tx) =>
    tx.db.selectFrom('audit_entry').selectAll().where('action', 'like', 'election-%').execute(),
  )
  const handle = key.slice(5, 13)
  const paused = entries.find(({ action }) => action === 'election-paused')
  expect(paused?.officer).toContain('The admin')
  expect(paused?.officer).toContain(handle)
  expect(JSON.stringify(entries)).not.toContain(key)
})
