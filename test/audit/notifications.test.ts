import { afterEach, beforeEach, expect, test } from 'vitest'
import { listNotifications, readNotifications } from '../../src/audit/notifications.ts'
import { openSigns } from '../../src/audit/signs.ts'
import { createElection } from '../../src/election/create-election.ts'
import { addOrganisation } from '../../src/organisation/add-organisation.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { electionDraft } from '../support/election.ts'
import { type TemporaryUrna, temporaryUrna } from '../support/urna.ts'

let urna: TemporaryUrna
beforeEach(async () => {
  urna = await temporaryUrna({ organisation: 'North' })
  const deps = { work: urna.work, group: await loadGroup() }
  await createElection(deps, electionDraft({ slug: 'board-2026', title: 'Board 2026' }), 'north')
  await addOrganisation(urna.work, { name: 'South', slug: 'south', hosts: [] })
  await createElection(deps, electionDraft({ slug: 'south-2026', title: 'South 2026' }), 'south')
})
afterEach(() => urna.close())

const happen = (action: string, election?: string, details: Record<string, unknown> = {}) =>
  urna.work.write('test', (tx) => tx.record({ action, details, ...(election !== undefined && { election }) }))
const list = (organisation: string, reader: { officerId: number } | 'acting' = 'acting', unread = false) =>
  listNotifications(urna.work, { organisation, reader, unread, limit: 100 })
const texts = async (...asked: Parameters<typeof list>) =>
  (await list(...asked)).notifications.map(({ priority, text }) => `${priority}: ${text}`)

test('officers are told of their own elections and of the server, the latest first', async () => {
  await happen('election-opened', 'board-2026')
  await happen('ballot-accepted', 'board-2026')
  await happen('election-opened', 'south-2026')
  await happen('backup-failed')
  expect(await texts('north')).toEqual(['urgent: A backup failed.', 'normal: Board 2026 is open.'])
  expect(await texts('south')).toEqual(['urgent: A backup failed.', 'normal: South 2026 is open.'])
})

test('what one officer has read is unread for another', async () => {
  await happen('election-opened', 'board-2026')
  await happen('incident-recorded', 'board-2026')
  const [latest] = (await list('north')).notifications
  const mark = (reader: { officerId: number } | 'acting', ids?: number[]) =>
    readNotifications(urna.work, { organisation: 'north', reader, ids })
  expect(await mark({ officerId: 1 }, [latest!.id, 9999])).toEqual({ organisation: 'north', read: 1 })
  expect(await mark({ officerId: 1 }, [latest!.id])).toMatchObject({ read: 0 })
  expect(await texts('north', { officerId: 1 }, true)).toEqual(['normal: Board 2026 is open.'])
  expect((await list('north', { officerId: 2 })).unread).toBe(2)
  expect(await mark('acting')).toMatchObject({ read: 2 })
  expect((await list('north')).unread).toBe(0)
})

test('that an election closes within a day is told once for each moment, also where the server begins anew', async () => {
  await urna.work.write('test', ({ db, now }) =>
    db
      .updateTable('election')
      .set({ closes_at: new Date(Date.parse(now) + 20 * 3_600_000).toISOString() })
      .where('slug', '=', 'board-2026')
      .execute(),
  )
  await openSigns(urna.work).look()
  expect(await texts('north')).toEqual([])
  await urna.work.write('test', ({ db, now }) =>
    db
      .updateTable('election')
      .set({ status: 'open', opened_at: now, sealed_json: '{}', roll_fingerprint: '0'.repeat(64) })
      .where('slug', '=', 'board-2026')
      .execute(),
  )
  const signs = openSigns(urna.work)
  await signs.look()
  await signs.look()
  await openSigns(urna.work).look()
  expect(await texts('north')).toEqual(['normal: Board 2026 closes within a day.'])
})

test('many refused ballots within ten minutes are told once an hour; a few are not', async () => {
  const signs = openSigns(urna.work)
  await signs.look()
  for (let each = 0; each < 9; each++) await happen('ballot-refused', 'board-2026', { reason: 'used-code' })
  await happen('ballots-refused', 'board-2026', { 'unknown-credential': 40 })
  await signs.look()
  expect(await texts('north')).toEqual([])
  await happen('ballot-refused', 'board-2026')
  await signs.look()
  await signs.look()
  expect(await texts('north')).toEqual(['high: Many ballots for Board 2026 are refused: look at why.'])
  urna.clock.advance(3600)
  await happen('ballots-refused', 'board-2026', { 'unknown-credential': 60 })
  await signs.look()
  expect(await texts('north')).toHaveLength(2)
})
