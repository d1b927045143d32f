import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { AuditLogBroken } from '../../src/audit/refusals.ts'
import { verifyAuditLog } from '../../src/audit/verify-log.ts'
import { ElectionNotFound } from '../../src/election/refusals.ts'
import { type TemporaryUrna, temporaryUrna } from '../support/urna.ts'

let urna: TemporaryUrna
beforeEach(async () => {
  urna = await temporaryUrna()
})
afterEach(() => urna.close())

const change = (action: string) =>
  urna.work.write('test', async (tx) => {
    await tx.record({ action, details: { about: action } })
  })

test('an untouched log verifies, and its head moves with each entry', async () => {
  await change('first')
  const before = await verifyAuditLog(urna.work)
  await change('second')
  const after = await verifyAuditLog(urna.work)
  expect(after.entries).toBe(before.entries + 1)
  expect(after.head).not.toBe(before.head)
})

test.each([
  ['update audit_entry set officer = "somebody else"', 'append-only'],
  ['delete from audit_entry', 'append-only'],
])('the database itself refuses: %s', async (statement, reason) => {
  await change('first')
  await expect(
    urna.work.write('test', async (tx) => {
      await sql.raw(statement.replaceAll('"', "'")).execute(tx.db)
    }),
  ).rejects.toThrow(reason)
})

test.each([
  ["update audit_entry set officer = 'somebody else' where position = 2", 2],
  ["update audit_entry set details = '{}' where position = 3", 3],
  ['delete from audit_entry where position = 2', 2],
])('even without its triggers a changed log is found out: %s', async (statement, position) => {
  for (const action of ['first', 'second', 'third']) await change(action)
  await urna.work.write('test', async (tx) => {
    await sql.raw('drop trigger audit_entry_no_update').execute(tx.db)
    await sql.raw('drop trigger audit_entry_no_delete').execute(tx.db)
    await sql.raw(statement).execute(tx.db)
  })
  const failure = await verifyAuditLog(urna.work).catch((error) => error)
  expect(failure).toBeInstanceOf(AuditLogBroken)
  expect(failure.details).toEqual({ position })
})

test('a refused deed changes nothing and is itself recorded', async () => {
  const before = await verifyAuditLog(urna.work)
  await expect(
    urna.work.write('open election', async (tx) => {
      await tx.record({ action: 'half-done' })
      throw new ElectionNotFound('ghost')
    }),
  ).rejects.toThrow(ElectionNotFound)
  const rows = await urna.work.read(({ db }) =>
    db
      .selectFrom('audit_entry')
      .select(['action', 'details'])
      .where('position', '>', before.entries)
      .execute(),
  )
  expect(rows).toEqual([
    { action: 'refused', details: JSON.stringify({ deed: 'open election', code: 'election-not-found' }) },
  ])
})
