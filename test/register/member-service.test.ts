import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkElection } from '../../src/election/check-election.ts'
import { checkMember } from '../../src/register/check-member.ts'
import { correctRoll } from '../../src/register/correct-roll.ts'
import { fetchMembers, keepUnchanged, type TakenList, takeList } from '../../src/register/fetch-members.ts'
import { readService, setService } from '../../src/register/member-service.ts'
import { refreshRoll } from '../../src/register/roll.ts'
import { startDummyService } from '../../src/server/dummy-service.ts'
import { type ListService, listService, sendJson } from '../support/list-service.ts'
import { type TemporaryUrna, temporaryUrna } from '../support/urna.ts'
import { addElection, addMember, open, rollNumbers } from './fixtures.ts'
import { importCsv, members } from './import-harness.ts'

let urna: TemporaryUrna
const closing: { close(): Promise<void> }[] = []
beforeEach(async () => {
  urna = await temporaryUrna({ organisation: 'Club' })
})
afterEach(async () => {
  for (const each of closing.splice(0)) await each.close()
  await urna.close()
})

const header = 'Authorization: Bearer k3y-of-the-club'
/** Long for a machine that does nothing else, short for a test. */
const timing = { patience: 2000, firstPause: 5 }

async function dummy(settings: Partial<Parameters<typeof startDummyService>[0]> = {}) {
  const service = await startDummyService({
    ...{ members: 2500, port: 0, slow: 0, failing: 0, header: { Authorization: 'Bearer k3y-of-the-club' } },
    ...settings,
  })
  closing.push(service)
  await setService(urna.work, { organisation: undefined, url: service.url, maxAgeMinutes: undefined })
  return service
}

async function odd(answer: Parameters<typeof listService>[0]): Promise<ListService> {
  const service = await listService(answer)
  closing.push(service)
  await setService(urna.work, { organisation: undefined, url: service.url, maxAgeMinutes: undefined })
  return service
}

const ask = (options: { notOlder?: number; header?: string; patience?: number } = {}) =>
  fetchMembers(urna.work, {
    ...{ organisation: undefined, header: options.header ?? header, notOlder: options.notOlder },
    onPage: () => {},
    timing: { ...timing, ...(options.patience !== undefined && { patience: options.patience }) },
  })

async function fetchAndTake(): Promise<TakenList> {
  const fetched = await ask()
  if (fetched.kind !== 'list') throw new Error(fetched.kind)
  return takeList(urna.work, fetched, { mode: 'apply', onRejected: () => {} })
}

const ada = { number: '1', name: 'Ada Abreu', status: 'active', chapter: 'Mills', weight: '1.125' }
const ben = { number: '2', name: 'Ben Berg', status: 'active', joined: '2020-05-01' }
const cy = { number: '3', name: 'Cy Cole', status: 'retired' }
const page = (list: readonly object[], more: object = {}) => ({
  ...{ members: list, next: null, total: list.length, snapshot: `of ${list.length}`.replace(' ', '-') },
  ...more,
})

test('a long list is fetched page by page, through failures that pass, and taken at once', async () => {
  await dummy({ failing: 2, slow: 5 })
  const { found, left } = await fetchAndTake()
  expect(found.counts).toEqual({ new: 2500, changed: 0, unchanged: 0, rejected: 0 })
  expect(left).toEqual([])
  const all = await members(urna.work)
  expect(all).toHaveLength(2500)
  expect(all[0]).toMatchObject({ number: '10001', name: 'Ada Abreu', region: 'North', chapter: 'Harbour' })
  expect(await readService(urna.work, undefined)).toMatchObject({
    listed: 2500,
    fetchedAt: expect.any(String),
  })
})

test('every field arrives as it was sent, and a custom field is never taken for another', async () => {
  const custom = { votes: '99', nombre: 'not a name', Number: '7', 'Shirt size': 'L' }
  await odd((_, response) => sendJson(response, page([{ ...ada, custom, email: 'ADA@example.org' }, ben])))
  await fetchAndTake()
  const [first, second] = await members(urna.work)
  expect(first).toMatchObject({ number: '1', name: 'Ada Abreu', email: 'ada@example.org', chapter: 'Mills' })
  // Neither 1125 nor 99.
  expect(first!.weight_micros).toBe(1_125_000)
  expect(JSON.parse(first!.custom)).toEqual(custom)
  expect(JSON.parse(second!.custom)).toEqual({ joined: '2020-05-01' })
})

test('who is no longer listed stays as somebody who left, and is on no new roll until listed again', async () => {
  let listed = [ada, ben, cy]
  await odd((_, response) => sendJson(response, page(listed)))
  await fetchAndTake()
  const before = await addElection(urna.work, 'before')
  await urna.work.write('test', (tx) => refreshRoll(tx, before))
  await open(urna.work, before)

  listed = [ada, cy]
  expect((await fetchAndTake()).left).toEqual([{ number: '2', name: 'Ben Berg' }])
  const after = await addElection(urna.work, 'after', { eligibility: { statuses: ['active'] } })
  await urna.work.write('test', (tx) => refreshRoll(tx, after))
  expect(await rollNumbers(urna.work, after)).toEqual(['1'])
  // A roll that was fixed is a snapshot.
  expect(await rollNumbers(urna.work, before)).toEqual(['1', '2', '3'])

  listed = [ada, ben]
  expect((await fetchAndTake()).left).toEqual([{ number: '3', name: 'Cy Cole' }])
  await urna.work.write('test', (tx) => refreshRoll(tx, after))
  expect(await rollNumbers(urna.work, after)).toEqual(['1', '2'])
})

test('nobody is thought to have left while an entry can not be taken', async () => {
  let listed: object[] = [ada, ben]
  await odd((_, response) => sendJson(response, page(listed)))
  await fetchAndTake()
  listed = [ada, { ...cy, email: 'no address' }]
  const { found, left } = await fetchAndTake()
  expect(found.counts).toMatchObject({ unchanged: 1, rejected: 1 })
  expect(found.first.rejected[0]!.cells[0]).toBe('3')
  expect(left).toEqual([])
})

test('a list that is known already is not sent again, unless a CSV changed the members since', async () => {
  const service = await dummy({ members: 20 })
  await fetchAndTake()
  urna.clock.advance(3600)
  expect(await ask({ notOlder: 60 })).toMatchObject({ kind: 'fresh' })
  const known = await ask({ notOlder: 59 })
  expect(known.kind).toBe('unchanged')
  if (known.kind === 'unchanged') await keepUnchanged(urna.work, known)
  expect((await readService(urna.work, undefined)).fetchedAt).toBe('2026-03-02T10:00:00.000Z')

  await importCsv(urna.work, 'number,name\n10001,Somebody Else\n')
  expect((await fetchAndTake()).found.counts).toMatchObject({ changed: 1, unchanged: 19 })
  await setService(urna.work, { organisation: undefined, url: `${service.url}other/`, maxAgeMinutes: 60 })
  expect(await readService(urna.work, undefined)).toMatchObject({ fetchedAt: null, maxAgeMinutes: 60 })
})

test('the log says what was fetched from where, and nothing has the header', async () => {
  await dummy({ members: 3 })
  await fetchAndTake()
  const entries = await urna.work.read(({ db }) => db.selectFrom('audit_entry').selectAll().execute())
  const { details } = entries.find(({ action }) => action === 'members-fetched')!
  expect(JSON.parse(details)).toMatchObject({
    listed: 3,
    new: 3,
    left: 0,
    sha256: expect.stringMatching(/^\w{64}$/),
  })
  const refusedWith = await ask({ header: 'Authorization: Bearer wr0ng' }).catch((error: unknown) => error)
  expect(refusedWith).toMatchObject({ code: 'member-service-unreachable', details: { attempts: 1 } })
  const service = await urna.work.read(({ db }) => db.selectFrom('member_service').selectAll().execute())
  expect(JSON.stringify([entries, service, refusedWith])).not.toMatch(/k3y|wr0ng/)
})

const lies: Record<string, [string, (response: ServerResponse, asked: number) => void]> = {
  'says nothing that can be read': ['no JSON', (response) => response.end('<html>')],
  'is of another form': [
    'at members.0.weight',
    (response) => sendJson(response, page([{ ...ada, weight: 1.5 }])),
  ],
  'lists nobody': ['lists nobody', (response) => sendJson(response, page([]))],
  'lists fewer than it says': ['speaks of 5', (response) => sendJson(response, page([ada], { total: 5 }))],
  'lists more than it says': ['lists more', (response) => sendJson(response, page([ada, ben], { total: 1 }))],
  'leads in a circle': [
    'in a circle',
    (response) => sendJson(response, page([ada], { next: 'again', total: 1000 })),
  ],
  'changes under the hand': [
    'changes faster',
    (response, asked) =>
      sendJson(response, page([ada], { next: `${asked}`, total: 2, snapshot: `${asked}` })),
  ],
  'sends elsewhere': [
    'another address',
    (response) => response.writeHead(302, { location: 'http://127.0.0.1:9/members' }).end(),
  ],
  'has no list': ['no list of members', (response) => sendJson(response, {}, 404)],
}

test('nothing is taken from a service that can not be believed', async () => {
  await addMember(urna.work, '1')
  for (const [name, [reason, answer]] of Object.entries(lies)) {
    await odd((_, response, asked) => answer(response, asked))
    await expect.soft(ask(), name).rejects.toMatchObject({
      code: 'member-service-distrusted',
      message: expect.stringContaining(reason),
    })
  }
  expect((await readService(urna.work, undefined)).fetchedAt).toBeNull()
  expect(await members(urna.work)).toMatchObject([{ number: '1', name: 'Member 1', left_at: null }])
})

test('an answer without end is given up, as is one that never ends', async () => {
  await odd((_, response) => {
    const more = () => {
      while (response.write('"x'.repeat(1 << 16))) if (response.destroyed) return
      response.once('drain', more)
    }
    more()
  })
  await expect(ask({ patience: 60_000 })).rejects.toMatchObject({
    code: 'member-service-distrusted',
    message: expect.stringContaining('no end'),
  })
  const slow = await odd((_, response) => void response.write('{"members":['))
  await expect(ask({ patience: 100 })).rejects.toMatchObject({
    code: 'member-service-unreachable',
    details: { attempts: 4 },
  })
  expect(slow.asked).toHaveLength(4)
})

test('a pause that the service asks for is kept, and too long a one ends it', async () => {
  const patient = await odd((_, response, asked) => {
    if (asked > 1) sendJson(response, page([ada]))
    else response.writeHead(429, { 'retry-after': '1' }).end()
  })
  const begun = performance.now()
  await fetchAndTake()
  expect(performance.now() - begun).toBeGreaterThanOrEqual(990)
  expect(patient.asked).toHaveLength(2)
  const busy = await odd((_, response) => response.writeHead(503, { 'retry-after': '3600' }).end())
  await expect(ask()).rejects.toMatchObject({ details: { attempts: 1, reason: 'it answers 503' } })
  expect(busy.asked).toHaveLength(1)
})

test('a service is nothing that a secret must not be sent to', async () => {
  for (const url of [
    ...['http://members.example.org/', 'https://me:secret@members.example.org/', 'members.example.org'],
    ...['https://members.example.org/?key=secret', 'ftp://members.example.org/'],
  ]) {
    const setting = setService(urna.work, { organisation: undefined, url, maxAgeMinutes: undefined })
    const error = await setting.catch((refusal: unknown) => refusal)
    expect(error, url).toMatchObject({ code: 'member-service-invalid' })
    expect(JSON.stringify(error)).not.toContain('secret')
  }
})

test('an election opens only with a list that is young enough, and the officer is told beforehand', async () => {
  const codes = async () =>
    (await checkElection(urna.work, 'board')).findings
      .filter(({ code }) => code === 'members-outdated')
      .map(({ level, message }) => `${level}: ${message}`)
  await addElection(urna.work, 'board')
  expect(await codes()).toEqual([])
  await dummy({ members: 20 })
  expect(await codes()).toEqual(['blocks: The service that lists the members was never asked for them.'])
  await fetchAndTake()
  expect(await codes()).toEqual([])
  urna.clock.advance(25 * 3600)
  expect(await codes()).toEqual([
    'blocks: The list of members was fetched on 2026-03-02 10:00 (Europe/Madrid) and is 25 hours old; at most 24 hours is allowed.',
  ])
  await setService(urna.work, { organisation: undefined, url: undefined, maxAgeMinutes: 3 * 24 * 60 })
  expect(await codes()).toEqual([])
  const set = { opens_at: '2026-03-09T09:00:00.000Z', closes_at: '2026-03-19T09:00:00.000Z' }
  await urna.work.write('test', ({ db }) => db.updateTable('election').set(set).execute())
  expect(await codes()).toEqual([expect.stringContaining('will at the opening be 168 hours old')])
})

test('a voter in doubt is told what the service, the file and the roll say', async () => {
  const listed = new Map<string, object>([
    ['1', ada],
    ['3', cy],
  ])
  let down = false
  await odd((request, response) => {
    const [, number = ''] = /^\/members\/(.+)$/.exec(request.url ?? '') ?? []
    if (down) response.writeHead(500).end()
    else if (number === '') sendJson(response, page([...listed.values()]))
    else sendJson(response, listed.get(number) ?? {}, listed.has(number) ? 200 : 404)
  })
  await fetchAndTake()
  const board = await addElection(urna.work, 'board', { eligibility: { statuses: ['active'] } })
  await urna.work.write('test', (tx) => refreshRoll(tx, board))
  await open(urna.work, board)
  const check = (number: string) =>
    checkMember(urna.work, { organisation: undefined, election: 'board', number, header, timing })

  expect(await check('1')).toMatchObject({ service: 'listed', election: { eligible: true, roll: 'on' } })
  listed.set('3', { ...cy, status: 'active' })
  expect(await check('3')).toMatchObject({
    ...{ service: 'listed', register: 'member', name: 'Cy Cole' },
    election: { eligible: true, roll: 'off' },
  })
  expect(await check('4')).toMatchObject({ name: null, service: 'not-listed', register: 'unknown' })
  listed.delete('1')
  await fetchAndTake()
  expect(await check('1')).toMatchObject({ register: 'left', election: { eligible: false, roll: 'on' } })
  await correctRoll(urna.work, { election: 'board', kind: 'strike', number: '1', reason: 'left in March' })
  expect(await check('1')).toMatchObject({ election: { roll: 'struck' } })
  down = true
  expect(await check('3')).toMatchObject({
    service: 'unreachable',
    election: { eligible: true, roll: 'off' },
  })
})
