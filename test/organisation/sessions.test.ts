import { afterEach, beforeEach, expect, test } from 'vitest'
import { readLog } from '../../src/audit/read-log.ts'
import { revokeKey } from '../../src/organisation/keys.ts'
import { editOfficer, removeOfficer } from '../../src/organisation/officers.ts'
import type { Actor } from '../../src/organisation/roles.ts'
import {
  actorOfSession,
  csrfTokenFits,
  csrfTokenOf,
  endSession,
  openSession,
} from '../../src/organisation/sessions.ts'
import { type TemporaryUrna, temporaryUrna } from '../support/urna.ts'
import { authenticated, type Holder, officerWithKey } from './fixtures.ts'

let urna: TemporaryUrna
let holder: Holder
let actor: Actor
beforeEach(async () => {
  urna = await temporaryUrna()
  holder = await officerWithKey(urna, 'admin', { days: 1 })
  actor = (await authenticated(urna, holder.key))!
})
afterEach(() => urna.close())

const hour = 3600
const open = () => openSession(urna.work, actor)
const holderOf = (id: string) => actorOfSession(urna.work, id, urna.clock.now())

test('a session does what its key can, in the same name', async () => {
  const id = await open()
  expect(await holderOf(id)).toEqual(actor)
  expect(await open()).not.toBe(id)
})

test('a session ends after an hour without a request, and each request begins that hour anew', async () => {
  const id = await open()
  for (let round = 0; round < 3; round++) {
    urna.clock.advance(hour - 1)
    expect(await holderOf(id)).toBeDefined()
  }
  urna.clock.advance(hour)
  expect(await holderOf(id)).toBeUndefined()
})

test('a session ends after twelve hours however busy it was', async () => {
  const id = await open()
  for (let minutes = 0; minutes < 12 * 60 - 30; minutes += 30) {
    expect(await holderOf(id)).toBeDefined()
    urna.clock.advance(hour / 2)
  }
  urna.clock.advance(hour / 2 - 1)
  expect(await holderOf(id)).toBeDefined()
  urna.clock.advance(1)
  expect(await holderOf(id)).toBeUndefined()
})

test('a session ends when the clock goes back, for nobody knows how old it is; not when it is put right a little', async () => {
  const id = await open()
  urna.clock.advance(-30)
  expect(await holderOf(id)).toBeDefined()
  urna.clock.advance(-hour)
  expect(await holderOf(id)).toBeUndefined()
  const next = await open()
  expect(await holderOf(next)).toBeDefined()
  urna.clock.advance(hour)
  expect(await holderOf(id)).toBeUndefined()
})

test('a session ends when it is ended, and once more does no harm', async () => {
  const [first, second] = [await open(), await open()]
  await endSession(urna.work, actor, first)
  await endSession(urna.work, actor, first)
  await endSession(urna.work, actor, 'none of that id')
  expect(await holderOf(first)).toBeUndefined()
  expect(await holderOf(second)).toBeDefined()
})

test.each([
  ['its key is revoked', () => revokeKey(urna.work, { handle: holder.handle })],
  [
    'its officer is removed',
    () => removeOfficer(urna.work, { organisation: undefined, officer: holder.email }),
  ],
])('a session ends at once when %s', async (_, end) => {
  const id = await open()
  await end()
  expect(await holderOf(id)).toBeUndefined()
  const sessions = await urna.work.read(({ db }) => db.selectFrom('session').selectAll().execute())
  expect(sessions).toEqual([])
})

test('what another process ends is over for a server at once', async () => {
  const id = await open()
  expect(await holderOf(id)).toBeDefined()
  const terminal = await urna.reopen()
  await removeOfficer(terminal, { organisation: undefined, officer: holder.email })
  expect(await holderOf(id)).toBeUndefined()
  expect(await authenticated(urna, holder.key)).toBeUndefined()
})

test('a session does not outlive its key', async () => {
  urna.clock.advance(23 * hour)
  const id = await open()
  urna.clock.advance(hour - 1)
  expect(await holderOf(id)).toBeDefined()
  urna.clock.advance(1)
  expect(await holderOf(id)).toBeUndefined()
})

test('another role holds in an open session at once', async () => {
  const id = await open()
  await editOfficer(urna.work, {
    organisation: undefined,
    officer: holder.email,
    changes: { role: 'observer' },
  })
  expect((await holderOf(id))?.role).toBe('observer')
})

test('the token of one session does not fit another, nor does any other text', async () => {
  const [first, second] = [await open(), await open()]
  const token = csrfTokenOf(first)
  expect(csrfTokenFits(first, token)).toBe(true)
  for (const other of [csrfTokenOf(second), '', first, token.slice(1), 'x'.repeat(100_000)]) {
    expect(csrfTokenFits(first, other)).toBe(false)
  }
})

test('no id of a session and no token of it is in the file or its log', async () => {
  const id = await open()
  await holderOf(id)
  await endSession(urna.work, actor, await open())
  const { sessions, log } = await urna.work.read(async (tx) => ({
    sessions: await tx.db.selectFrom('session').selectAll().execute(),
    log: await readLog(tx),
  }))
  const hash = Buffer.from(sessions[0]!.hash)
  for (const text of [id, csrfTokenOf(id)]) {
    expect(JSON.stringify([sessions, log])).not.toContain(text)
    expect(hash.includes(Buffer.from(text, 'base64url'))).toBe(false)
  }
  const told = log.filter(({ action }) => action.startsWith('session-'))
  expect(told.map(({ action, officer }) => [action, officer])).toEqual([
    ['session-opened', actor.name],
    ['session-opened', actor.name],
    ['session-ended', actor.name],
  ])
})

test('sessions that are over are cleared away when a new one begins', async () => {
  for (let count = 0; count < 5; count++) await open()
  urna.clock.advance(hour)
  await open()
  const sessions = await urna.work.read(({ db }) => db.selectFrom('session').selectAll().execute())
  expect(sessions).toHaveLength(1)
})
