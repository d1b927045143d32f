import { afterAll, beforeAll, expect, test } from 'vitest'
import { readLog } from '../../src/audit/read-log.ts'
import { ask, board, home, type Office, openOffice, post } from '../support/office.ts'
import { type Serving, serve } from '../support/serving.ts'

let office: Office
let serving: Serving
beforeAll(async () => {
  office = await openOffice({ alone: true })
  serving = await serve(office)
  const edited = { allow_delegation: true }
  const key = office.keyOf('admin')
  await ask(`${serving.url}/api/elections/${board}/`, { method: 'PATCH', key, body: edited })
})
afterAll(async () => {
  await serving?.close()
  await office?.close()
})

async function asked(role: Parameters<Office['keyOf']>[0], path: string, body?: unknown) {
  const how = body === undefined ? {} : post(body)
  const { status, body: answer } = await ask(`${serving.url}/api/${path}`, {
    key: office.keyOf(role),
    ...how,
  })
  return { status, answer: answer as Record<string, unknown> }
}

test('an officer gives a vote, sees it listed, and takes it back; the log names who did and who looked', async () => {
  const given = { represented: '001', acting: '002', reason: 'a signed letter' }
  const everywhere = `organizations/${home}/delegations/`
  expect(await asked('admin', everywhere, given)).toMatchObject({
    status: 201,
    answer: { election: null, represented: { number: '001' }, acting: { number: '002' }, changed: true },
  })
  expect(await asked('admin', everywhere, { ...given, represented: '002', acting: '003' })).toMatchObject({
    status: 409,
    answer: { error: { code: 'delegation-refused' } },
  })
  expect(await asked('auditor', everywhere)).toMatchObject({
    status: 200,
    answer: { delegations: [{ reason: 'a signed letter', officer: expect.stringContaining('admin') }] },
  })
  expect(
    await asked('admin', `${everywhere}revoke/`, { represented: '001', reason: 'came after all' }),
  ).toMatchObject({ status: 200, answer: { election: null, acting: '002', tokenNeeded: false } })
  expect((await asked('admin', everywhere)).answer).toEqual({ delegations: [] })
  const actions = (await office.work.read((tx) => readLog(tx))).map(({ action, officer }) => [
    action,
    officer,
  ])
  expect(actions).toContainEqual(['delegations-viewed', expect.stringContaining('auditor')])
  expect(actions).toContainEqual(['vote-given', expect.stringContaining('admin')])
})

test('a vote given in one election is of that election alone', async () => {
  const given = { represented: '004', acting: '005', reason: 'a signed letter', expires: '2031-01-01 12:00' }
  const here = `elections/${board}/delegations/`
  expect(await asked('unit-officer', here, given)).toMatchObject({ status: 201, answer: { election: board } })
  expect((await asked('auditor', here)).answer).toMatchObject({
    delegations: [{ election: board, represented: { number: '004' } }],
  })
  expect(await asked('credential-officer', here, given)).toMatchObject({ status: 403 })
})

test('a moderator says who is in the room', async () => {
  const room = `organizations/${home}/presence/`
  expect(await asked('moderator', room, { present: ['001', '002'] })).toEqual({
    status: 200,
    answer: { organisation: home, came: 2, left: 0, present: 2 },
  })
  expect((await asked('moderator', room, { present: ['003'], nobody: true })).answer).toMatchObject({
    ...{ came: 1, left: 2, present: 1 },
  })
  expect((await asked('moderator', room)).answer).toMatchObject({ present: [{ number: '003' }] })
  expect(await asked('moderator', room, { present: ['999'] })).toMatchObject({ status: 404 })
})

test('a weight is of one draft, exactly, until it is as usual again', async () => {
  const weights = `elections/${board}/weights/`
  expect(await asked('admin', weights, { number: '001', weight: '2.000001' })).toMatchObject({
    status: 200,
    answer: { weight: '2.000001', usual: '1', changed: true },
  })
  expect(await asked('admin', weights, { number: '001', weight: '0.0000001' })).toMatchObject({
    answer: { error: { code: 'weight-invalid' } },
  })
  expect((await asked('admin', weights, { number: '001', weight: null })).answer).toMatchObject({
    weight: '1',
  })
})
