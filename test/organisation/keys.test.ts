import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readLog } from '../../src/audit/read-log.ts'
import { createElection } from '../../src/election/create-election.ts'
import { listElections } from '../../src/election/list-elections.ts'
import { addOrganisation } from '../../src/organisation/add-organisation.ts'
import { makeApiKey, readApiKey } from '../../src/organisation/api-key.ts'
import { createKey, listKeys, revokeKey } from '../../src/organisation/keys.ts'
import { addOfficer, editOfficer, removeOfficer } from '../../src/organisation/officers.ts'
import { mayDo } from '../../src/organisation/roles.ts'
import { electionDraft } from '../support/election.ts'
import { type TemporaryUrna, temporaryUrna } from '../support/urna.ts'
import { group } from '../voting/fixtures.ts'
import { authenticated, keyFor, officerWithKey } from './fixtures.ts'

let urna: TemporaryUrna
beforeEach(async () => {
  urna = await temporaryUrna()
})
afterEach(() => urna.close())

const day = 86_400

test('a key is known by its prefix, holds 160 random bits, and a mistyped one is told without looking it up', () => {
  const { text, handle } = makeApiKey()
  expect(text).toMatch(/^urna_[a-z2-7]{48}$/)
  expect(text.startsWith(`urna_${handle}`)).toBe(true)
  expect(readApiKey(text)).toEqual({ text, handle })
  for (let place = 5; place < text.length; place++) {
    const other = text[place] === 'q' ? 'r' : 'q'
    expect(readApiKey(text.slice(0, place) + other + text.slice(place + 1)), String(place)).toBeUndefined()
  }
  for (const wrong of ['', 'urna_', text.slice(0, -1), `${text}a`, text.toUpperCase(), ` ${text}`]) {
    expect(readApiKey(wrong)).toBeUndefined()
  }
})

// The expected text was worked out with Python's base64 and hashlib.
test('a key is made of its random bytes and their checksum, and of nothing else', () => {
  const { text, handle } = makeApiKey(Buffer.from(Array.from({ length: 25 }, (_, index) => index)))
  expect({ text, handle }).toEqual({
    text: 'urna_aaaqeayeaudaocajbifqydiob4ibceqtcqkrmfyybtpfjal6',
    handle: 'aaaqeaye',
  })
})

test('an officer acts by a key, as far as the role and the scopes go together', async () => {
  const { key, handle } = await officerWithKey(urna, 'moderator', {
    scopes: ['election:read', 'election:pause'],
  })
  const actor = await authenticated(urna, key)
  expect(actor).toMatchObject({
    ...{ organisationId: 1, organisation: 'rail-workers-northern-chapter', role: 'moderator' },
    ...{ scopes: ['election:read', 'election:pause'], dryRun: false },
    name: `Grace Hopper (key ${handle})`,
  })
  expect(mayDo(actor!, 'election:pause', 1)).toBe(true)
  expect(mayDo(actor!, 'election:close', 1)).toBe(false)
})

test('another role holds for the keys at once, and never adds to what they were made for', async () => {
  const { key, email } = await officerWithKey(urna, 'moderator')
  const change = (role: 'owner' | 'observer') =>
    editOfficer(urna.work, { organisation: undefined, officer: email, changes: { role } })
  await change('observer')
  expect(mayDo((await authenticated(urna, key))!, 'election:pause', 1)).toBe(false)
  await change('owner')
  const owner = (await authenticated(urna, key))!
  expect(mayDo(owner, 'election:pause', 1)).toBe(true)
  expect(mayDo(owner, 'officer:manage', 1)).toBe(false)
})

test('a key can not be made for what the role may not do, nor for nothing, nor for ever', async () => {
  await addOfficer(urna.work, {
    organisation: undefined,
    name: 'Ada',
    email: 'ada@example.org',
    role: 'observer',
  })
  const make = (scopes: string[], days = 90) =>
    createKey(urna.work, { organisation: undefined, officer: 'Ada', scopes, days, dryRun: false })
  await expect(make(['election:close'])).rejects.toMatchObject({ code: 'key-not-possible' })
  await expect(make(['election:clsoe'])).rejects.toThrow('There is no action "election:clsoe"')
  await expect(make([])).rejects.toMatchObject({ code: 'key-not-possible' })
  for (const days of [0, -1, 367, Number.NaN, Number.POSITIVE_INFINITY]) {
    await expect(make(['election:read'], days)).rejects.toMatchObject({ code: 'key-not-possible' })
  }
})

test('a key ends at its time to the second', async () => {
  const { key } = await officerWithKey(urna, 'admin', { days: 90 })
  urna.clock.advance(90 * day - 1)
  expect(await authenticated(urna, key)).toBeDefined()
  urna.clock.advance(1)
  expect(await authenticated(urna, key)).toBeUndefined()
  expect(await listKeys(urna.work, undefined)).toMatchObject([{ state: 'expired' }])
})

test('a revoked key opens nothing from then on, the others of its officer still do', async () => {
  const { key, handle, email } = await officerWithKey(urna, 'admin')
  const other = await keyFor(urna, email)
  expect(await revokeKey(urna.work, { handle })).toEqual({ handle, officer: 'Grace Hopper', changed: true })
  expect(await revokeKey(urna.work, { handle: `urna_${handle}` })).toMatchObject({ changed: false })
  expect(await authenticated(urna, key)).toBeUndefined()
  expect(await authenticated(urna, other.key)).toBeDefined()
})

test('a removed officer has no keys any more, and can be added anew without the old ones', async () => {
  const { key, email } = await officerWithKey(urna, 'owner')
  expect(await removeOfficer(urna.work, { organisation: undefined, officer: email })).toMatchObject({
    changed: true,
    revokedKeys: 1,
  })
  expect(await authenticated(urna, key)).toBeUndefined()
  await addOfficer(urna.work, { organisation: undefined, name: 'Grace Hopper', email, role: 'owner' })
  expect(await authenticated(urna, key)).toBeUndefined()
})

test('unknown, malformed, expired and revoked keys get the same answer', async () => {
  const { key, handle } = await officerWithKey(urna, 'admin')
  const sameHandle = makeApiKey(Buffer.concat([bytesOfHandle(handle), Buffer.alloc(20, 9)]))
  expect(sameHandle.handle).toBe(handle)
  expect(await authenticated(urna, sameHandle.text)).toBeUndefined()
  await revokeKey(urna.work, { handle })
  for (const presented of [key, sameHandle.text, makeApiKey().text, '', 'urna_', 'x'.repeat(100_000)]) {
    expect(await authenticated(urna, presented)).toBeUndefined()
  }
})

/** The first five bytes of a key. */
function bytesOfHandle(handle: string): Buffer {
  const bits = Array.from(handle, (letter) =>
    'abcdefghijklmnopqrstuvwxyz234567'.indexOf(letter).toString(2).padStart(5, '0'),
  ).join('')
  return Buffer.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)))
}

test('the last use is noted, once a minute at most, and a failed attempt writes nothing', async () => {
  const { key } = await officerWithKey(urna, 'admin')
  const usedAt = async () => (await listKeys(urna.work, undefined))[0]!.usedAt
  expect(await usedAt()).toBeNull()
  await authenticated(urna, key)
  const first = await usedAt()
  urna.clock.advance(59)
  await authenticated(urna, key)
  expect(await usedAt()).toBe(first)
  urna.clock.advance(1)
  await authenticated(urna, key)
  expect(await usedAt()).toBe(urna.clock.now().toISOString())

  const entries = (await urna.work.read((tx) => readLog(tx))).length
  for (let attempt = 0; attempt < 20; attempt++) await authenticated(urna, makeApiKey().text)
  expect((await urna.work.read((tx) => readLog(tx))).length).toBe(entries)
})

test('a key that only tries things out is believed, and changes nothing', async () => {
  const { key } = await officerWithKey(urna, 'admin', { dryRun: true })
  const actor = (await authenticated(urna, key))!
  expect(actor.dryRun).toBe(true)
  expect(mayDo(actor, 'election:create', 1)).toBe(true)
  const entries = await urna.work.read((tx) => readLog(tx))
  const trying = urna.work.as(actor.name, 'rehearse')
  const made = await createElection({ work: trying, group }, electionDraft())
  expect(made.slug).toBe('board-2026')
  await expect(addOrganisation(trying, { name: '' })).rejects.toThrow()
  await expect(editOfficer(trying, { organisation: 'nowhere', officer: 'x', changes: {} })).rejects.toThrow()
  expect(await listElections(urna.work)).toEqual([])
  expect(await urna.work.read((tx) => readLog(tx))).toEqual(entries)
})

test('a key is of one organisation alone, and is revoked there alone', async () => {
  await addOrganisation(urna.work, { name: 'Other Union', slug: 'other' })
  const { key, handle } = await officerWithKey(urna, 'owner', { organisation: 'other' })
  const actor = (await authenticated(urna, key))!
  expect(mayDo(actor, 'election:read', actor.organisationId)).toBe(true)
  expect(mayDo(actor, 'election:read', 1)).toBe(false)
  expect(await listKeys(urna.work, 'rail-workers-northern-chapter')).toEqual([])
  const elsewhere = { handle, organisation: 'rail-workers-northern-chapter' }
  await expect(revokeKey(urna.work, elsewhere)).rejects.toMatchObject({ code: 'key-not-found' })
  expect(await authenticated(urna, key)).toBeDefined()
})

test('no byte of any file, nor the log, holds a key: hashes only', async () => {
  const { key, handle } = await officerWithKey(urna, 'owner')
  const actor = (await authenticated(urna, key))!
  await expect(revokeKey(urna.work, { handle: key })).rejects.toSatisfy(
    (error: Error) => !JSON.stringify(error).includes(key) && !error.message.includes(key),
  )
  const secret = key.slice('urna_'.length + 8)
  const texts = [key, secret, secret.slice(0, 32)]
  const log = JSON.stringify(await urna.work.read((tx) => readLog(tx)))
  const lists = JSON.stringify([await listKeys(urna.work, undefined), actor])
  for (const text of texts) {
    expect(log).not.toContain(text)
    expect(lists).not.toContain(text)
  }
  // What the encrypted pages say when they are opened, row by row, and what the disk holds.
  const plain = await urna.work.read(async ({ db }) => [
    ...(await db.selectFrom('api_key').selectAll().execute()),
    ...(await db.selectFrom('audit_entry').selectAll().execute()),
    ...(await db.selectFrom('session').selectAll().execute()),
  ])
  const dumped = Buffer.concat(
    plain.flatMap((row) =>
      Object.values(row).map((value) =>
        value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(`${value}\n`),
      ),
    ),
  )
  expect(dumped.includes(handle)).toBe(true)
  const files = globSync('*', { cwd: urna.folder }).map((name) => readFileSync(join(urna.folder, name)))
  expect(files.length).toBeGreaterThan(0)
  for (const bytes of [dumped, ...files]) {
    for (const text of texts) expect(bytes.includes(Buffer.from(text))).toBe(false)
  }
})

test('two officers at once, each by a key of their own, are told apart in the log', async () => {
  const ada = await officerWithKey(urna, 'admin', { name: 'Ada Lovelace', email: 'ada@example.org' })
  const bo = await officerWithKey(urna, 'unit-officer', { name: 'Bo Lindqvist', email: 'bo@example.org' })
  await Promise.all(
    [ada, bo].map(async ({ key }, index) => {
      const { name } = (await authenticated(urna, key))!
      for (const round of [1, 2, 3]) {
        const slug = `election-${index}-${round}`
        await createElection({ work: urna.work.as(name), group }, electionDraft({ slug, title: slug }))
      }
    }),
  )
  const log = await urna.work.read((tx) => readLog(tx))
  const makers = new Map(log.flatMap((e) => (e.election === null ? [] : [[e.election, e.officer]])))
  expect(makers.get('election-0-3')).toBe(`Ada Lovelace (key ${ada.handle})`)
  expect(makers.get('election-1-3')).toBe(`Bo Lindqvist (key ${bo.handle})`)
  expect(makers.size).toBe(6)
})
