import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createElection } from '../../src/election/create-election.ts'
import { createPoll } from '../../src/election/poll/create-poll.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { declareGroup } from '../../src/tally/ceremony/declare-group.ts'
import { inviteTrustees } from '../../src/tally/remote/invite-trustees.ts'
import { motion } from '../election/poll/meeting.ts'
import { electionDraft } from '../support/election.ts'
import { type FieldSchema, faultyBodies } from '../support/json-faults.ts'
import { letNominate, linksFor, putUp, secretOf } from '../support/nominees.ts'
import { ask, board, home, type Office, openOffice } from '../support/office.ts'
import { type Serving, serve } from '../support/serving.ts'

/** An election with trustees. */
const entrusted = 'entrusted'
/** The secret of one of them. */
let invitation: string
let link: string
let office: Office
let serving: Serving
let paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>

interface Operation {
  readonly requestBody?: { content: { 'application/json': { schema: FieldSchema } } }
  readonly parameters?: readonly { in: string; name: string }[]
}

beforeAll(async () => {
  office = await openOffice({ alone: true })
  const limits = { requests: 1e6, failedKeys: 1e6, sessions: 1e6, codes: 1e6, trustees: 1e6, nominees: 1e6 }
  serving = await serve(office, { limits })
  const { work, folder } = office
  const group = await loadGroup()
  await createElection({ work, group }, electionDraft({ slug: entrusted }), home)
  await declareGroup(
    { work, group },
    { slug: entrusted, threshold: 2, names: ['Ruth', 'Sam'], begun: 'keep' },
  )
  const asked = { slug: entrusted, server: serving.url, folder, again: undefined }
  const { invited } = await inviteTrustees(work, asked)
  invitation = (JSON.parse(readFileSync(invited[0]!.file, 'utf8')) as { secret: string }).secret
  await letNominate(office, board)
  await putUp(office, board, 'Ana Duarte')
  link = secretOf((await linksFor(office, board)).get('Ana Duarte'))
  const { body } = await ask(`${serving.url}/api/docs/json`)
  paths = (body as { paths: typeof paths }).paths
})

afterAll(async () => {
  await serving?.close()
  await office?.close()
})

/** A body of each kind that is right, or would be if the election were of that state. */
const right: Readonly<Record<string, unknown>> = {
  'post /api/session': { key: 'urna_none' },
  'post /api/organizations/{id}/elections/': {
    title: 'Auditors 2026',
    zone: 'Europe/Madrid',
    contests: [{ title: 'Auditors', method: 'plurality', candidates: ['Ana'] }],
  },
  'patch /api/elections/{id}/': { title: 'Board 2026' },
  'post /api/elections/{id}/positions/': { title: 'Auditors', method: 'plurality' },
  'post /api/elections/{id}/candidates/': { candidates: ['Ana Duarte'] },
  'post /api/elections/{id}/delegations/': { represented: '001', acting: '002', reason: 'a letter' },
  'post /api/elections/{id}/delegations/revoke/': { represented: '001', reason: 'came after all' },
  'post /api/organizations/{id}/delegations/': { represented: '001', acting: '002', reason: 'a letter' },
  'post /api/organizations/{id}/delegations/revoke/': { represented: '001', reason: 'came after all' },
  'post /api/organizations/{id}/notifications/read/': { ids: [1] },
  'post /api/organizations/{id}/presence/': { present: ['001'] },
  'post /api/elections/{id}/weights/': { number: '001', weight: '2.5' },
  'post /api/elections/{id}/open/': {},
  'post /api/elections/{id}/pause/': {},
  'post /api/elections/{id}/resume/': {},
  'post /api/elections/{id}/close/': { confirm: 'another' },
  'post /api/elections/{id}/approvals/': { deed: 'close' },
  'post /api/elections/{id}/approvals/{approval}/grant/': { reason: 'counted twice' },
  'post /api/elections/{id}/approvals/{approval}/refuse/': { reason: 'too early' },
  'post /api/elections/{id}/incidents/': { kind: 'technical', text: 'The lights went out.', affected: 2 },
  'post /api/elections/{id}/incidents/{incident}/resolve/': { resolution: 'They came on again.' },
  'post /api/elections/{id}/votes/': { ballot: '{}' },
  'post /api/elections/{id}/nominee/accept/': { statement: 'Lower dues.', photo: null },
  'post /api/elections/{id}/nominee/decline/': {},
  'post /api/elections/{id}/trustee/answers/': {
    ...{ kind: 'urna-ceremony-answer', election: '8kTzVh2mPqWxYa', ceremony: '8kTzVh2mPqWxYa' },
    ...{ asked: 'certificate', place: 1, name: 'Ruth', payload: '{}', signature: '{}' },
  },
  'post /api/elections/{id}/trustee/contributions/': {
    ...{ kind: 'shuffle', election: '8kTzVh2mPqWxYa', trustee: 2, head: '', payload: '', signature: '' },
  },
  'post /api/elections/{id}/trustee/objections/': { reason: 'the share that Sam sent you can not be read' },
  'post /api/elections/{id}/codes/': {
    ...{ credential: 'ab'.repeat(32), challenge: 'none', signature: 'none', language: 'en' },
  },
  'delete /api/session': {},
  'post /system/vote/create/': motion,
  'post /system/vote/update/': { title: 'Another' },
  'post /system/vote/delete/': {},
  'post /system/vote/start/': {},
  'post /system/vote/finalize/': {},
  'post /system/vote/reset/': {},
  'post /system/vote/vote/': { value: 'yes' },
  'post /system/vote/poll/': motion,
  'post /system/vote/poll/{poll}': { title: 'Another' },
  'delete /system/vote/poll/{poll}': {},
  'post /system/vote/poll/{poll}/start': {},
  'post /system/vote/poll/{poll}/finalize': {},
  'post /system/vote/poll/{poll}/reset': {},
  'post /system/vote/poll/{poll}/vote': { value: 'yes' },
}

const errorShape = {
  error: {
    code: expect.stringMatching(/^[a-z-]+$/),
    message: expect.stringMatching(/^\S.*[.!?]$/s),
    details: expect.any(Object),
  },
}

/** As a meeting service reads it. */
const pollErrorShape = { error: expect.stringMatching(/^[a-z_-]+$/), message: expect.stringMatching(/^\S/) }

/** Refused with the usual words, and never as a bug. */
function expectRefused(answer: { status: number; body: unknown }, fault: string): void {
  expect(answer.status, `${fault}: ${JSON.stringify(answer.body)}`).toBeGreaterThanOrEqual(400)
  expect(answer.status, `${fault}: ${JSON.stringify(answer.body)}`).toBeLessThan(500)
  const isOfPoll = typeof (answer.body as { error: unknown }).error === 'string'
  expect(answer.body, fault).toMatchObject(isOfPoll ? pollErrorShape : errorShape)
}

async function keyFor(path: string): Promise<string> {
  if (path.includes('/nominee/')) return link
  return path.includes('/trustee/') ? invitation : office.makeKey({ dryRun: !path.startsWith('/system/') })
}

const target = (path: string) =>
  path
    .replace('{id}', path.includes('organizations') ? home : path.includes('/trustee/') ? entrusted : board)
    .replace(/\{(approval|incident)\}/, '1')

/** Of a poll of its own, so that none is gone already. */
async function pollTarget(path: string): Promise<string> {
  const { work } = office
  const poll = await createPoll({ work, group: await loadGroup() }, { organisationId: 1, body: motion })
  return path.includes('{poll}') ? path.replace('{poll}', String(poll)) : `${path}?id=${poll}`
}

test('there is a right body of every kind that is taken', () => {
  const taking = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([, { requestBody }]) => requestBody !== undefined)
      .map(([method]) => `${method} ${path}`),
  )
  expect(taking.sort()).toEqual(Object.keys(right).sort())
})

describe.each(Object.entries(right))('%s', (operation, valid) => {
  test('with a spoiled body is refused and does no harm', async () => {
    const [method = '', path = ''] = operation.split(' ')
    const schema = paths[path]![method]!.requestBody!.content['application/json'].schema
    const isOfPoll = path.startsWith('/system/')
    const key = await keyFor(path)
    const url = serving.url + (isOfPoll ? await pollTarget(path) : target(path))
    const empty = path.endsWith('close/') || JSON.stringify(valid) === '{}'
    for (const { fault, text, certain } of faultyBodies(schema, valid)) {
      const answer = await ask(url, {
        ...{ method: method.toUpperCase(), key, body: text },
        headers: { 'x-acting-member': '001' },
      })
      if (answer.status < 400) {
        // Some fields may be null, and some bodies may be left out.
        expect(certain && !(empty && /^(nothing|a BOM alone|the whole)/.test(fault)), fault).toBe(false)
      } else expectRefused(answer, fault)
    }
    expect((await ask(`${serving.url}/api/ready`)).status).toBe(200)
  }, 60_000)
})

const spoiledNames = [
  ...['%00', '%', '%zz', '%2e%2e%2f%2e%2e%2fetc%2fpasswd', '..%5c..', 'a%0d%0aSet-Cookie:x=1'],
  ...['x'.repeat(101), 'x'.repeat(5000), '%F0%9F%97%B3', '%ff', '%ed%a0%80', "'%20or%201=1--", '__proto__'],
  ...['constructor', 'toString', 'A', '-', 'a--b', '{id}', ':id', '*', '%252e', 'board-2026%00', ' '],
]

test('an odd name in a path is refused by every route that takes one', async () => {
  const key = office.keyOf('owner')
  for (const [path, operations] of Object.entries(paths)) {
    if (!path.includes('{id}')) continue
    for (const method of Object.keys(operations)) {
      for (const name of spoiledNames) {
        const url = serving.url + path.replace('{id}', name).replace(/{\w+}/g, '1')
        const body = method === 'get' ? {} : { body: right[`${method} ${path}`] ?? {} }
        expectRefused(
          await ask(url, { method: method.toUpperCase(), key, ...body }),
          `${method} ${path} ${name}`,
        )
      }
    }
  }
}, 60_000)

test('an odd If-Match changes nothing', async () => {
  for (const tag of ['', '""', 'W/"x"', '"a","b"', 'x'.repeat(101), '%00', '"']) {
    const answer = await ask(`${serving.url}/api/elections/${board}/`, {
      ...{ method: 'PATCH', body: { title: 'Odd' }, key: office.keyOf('owner') },
      headers: { 'if-match': tag },
    })
    expectRefused(answer, tag)
  }
})

test('what is no JSON in whole UTF-8 is refused', async () => {
  const bytes = Buffer.concat([Buffer.from('{"title":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')])
  const reply = await fetch(`${serving.url}/api/elections/${board}/`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${office.keyOf('owner')}`, 'content-type': 'application/json' },
    body: bytes,
  })
  expect(reply.status).toBe(400)
})
