import { afterAll, beforeAll, expect, test } from 'vitest'
import { readLog } from '../../src/audit/read-log.ts'
import { ask, board, home, type Office, openOffice, post } from '../support/office.ts'
import { type Serving, serve } from '../support/serving.ts'

let office: Office
let serving: Serving
beforeAll(async () => {
  office = await openOffice()
  serving = await serve(office)
})
afterAll(async () => {
  await serving?.close()
  await office?.close()
})

const refusals = async () =>
  (await office.work.read((tx) => readLog(tx, { action: 'refused' }))).map(({ officer, details }) => ({
    officer,
    ...details,
  }))

test('an officer who is refused for the role is in the log, once for the same deed within a minute', async () => {
  const key = office.keyOf('observer')
  const open = () => ask(`${serving.url}/api/elections/${board}/open/`, { ...post({}), key })
  const keys = () => ask(`${serving.url}/api/organizations/${home}/elections/`, { ...post({}), key })
  for (let time = 0; time < 3; time++) expect((await open()).status).toBe(403)
  expect((await keys()).status).toBe(403)
  const officer = expect.stringContaining('The observer')
  const [first, second] = [
    { officer, deed: 'open an election', code: 'not-allowed' },
    { officer, deed: 'make a draft', code: 'not-allowed' },
  ]
  expect(await refusals()).toEqual([first, second])
  office.clock.advance(60)
  await open()
  expect(await refusals()).toEqual([first, second, first])
})

test('a key that only tries things out is in the log like any other', async () => {
  const key = await office.makeKey({ dryRun: true, role: 'auditor' })
  const before = (await refusals()).length
  expect((await ask(`${serving.url}/api/elections/${board}/open/`, { ...post({}), key })).status).toBe(403)
  expect(await refusals()).toHaveLength(before + 1)
})
