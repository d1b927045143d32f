import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as AuditExport from '../../commands/audit/export.ts'
import * as AuditVerify from '../../commands/audit/verify.ts'
import * as BoardWatch from '../../commands/board/watch.ts'
import { auditHash, auditRoot } from '../../src/audit/entry.ts'
import { verifyAuditLog } from '../../src/audit/verify-log.ts'
import { closeElection } from '../../src/election/close-election.ts'
import { publishResult } from '../../src/election/publication.ts'
import { runTally } from '../../src/tally/run-tally.ts'
import { json, refused } from '../support/run-command.ts'
import { type Serving, serve } from '../support/serving.ts'
import { group, ingestAll, type Opened, openedElection, sealVote } from '../voting/fixtures.ts'

let box: Opened
let serving: Serving
beforeEach(async () => {
  box = await openedElection({ voters: 2, contests: 'committee' })
  serving = await serve(box)
  vi.stubEnv('URNA_PASSPHRASE', box.passphrase)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await serving.close()
  await box.close()
})

async function seen(path: 'board' | 'results'): Promise<string> {
  const reply = await fetch(`${serving.url}/api/elections/${box.slug}/${path}/`)
  const body = (await reply.json()) as { auditHead: string; board: { auditHead: string } }
  return path === 'board' ? body.auditHead : body.board.auditHead
}

const isInLog = async (head: string) => (await verifyAuditLog(box.work, head)).head

/** What an officer with the file and its passphrase can do: every hash is computed anew. */
async function rewrite(change: string): Promise<void> {
  await box.work.write('test', async ({ db }) => {
    for (const verb of ['update', 'delete']) await sql.raw(`drop trigger audit_entry_no_${verb}`).execute(db)
    await sql.raw(change).execute(db)
    const entries = await db.selectFrom('audit_entry').selectAll().orderBy('position').execute()
    await db.deleteFrom('audit_entry').execute()
    let hash = auditRoot
    for (const [index, { hash: _old, ...entry }] of entries.entries()) {
      const moved = { ...entry, position: index + 1 }
      hash = auditHash(hash, moved)
      await db
        .insertInto('audit_entry')
        .values({ ...moved, hash })
        .execute()
    }
  })
}

test('the board tells the head of the log, which moves with what everybody sees and with nothing else', async () => {
  const opened = await seen('board')
  await isInLog(opened)
  await ingestAll(box.work, [sealVote(box, '1001')])
  const voted = await seen('board')
  expect(voted).not.toBe(opened)
  await isInLog(voted)
  const { entries } = await verifyAuditLog(box.work)
  await box.work.write('test', (tx) => tx.record({ action: 'code-made', election: box.slug }))
  await box.work.write('test', (tx) => tx.record({ action: 'ballot-refused', election: box.slug }))
  expect((await verifyAuditLog(box.work)).entries).toBe(entries + 2)
  expect(await seen('board')).toBe(voted)
})

test('the published result has it too, and it stays the same until something is seen', async () => {
  const deps = { work: box.work, group }
  await closeElection(deps, box.slug)
  await runTally(deps, { slug: box.slug, seed: undefined })
  const counted = await seen('board')
  await publishResult(box.work, { election: box.slug })
  const published = await seen('results')
  expect(published).not.toBe(counted)
  expect(await seen('board')).toBe(published)
  await isInLog(counted)
  await isInLog(published)
})

test.each([
  ['an entry is gone', "delete from audit_entry where action = 'election-opened'"],
  ['an entry says something else', "update audit_entry set officer = 'bea' where action = 'tokens-issued'"],
  ['the order is another', 'update audit_entry set position = 1000000 where position = 1'],
])(
  'a log that was written anew so that %s is found out by a head that was seen in public',
  async (_, change) => {
    await ingestAll(box.work, [sealVote(box, '1001')])
    const head = await seen('board')
    const file = ['--file', box.path]
    const log = join(box.folder, 'log.jsonl')
    await json(AuditVerify, ...file, '--head', head)
    const watching = [`${serving.url}/board/${box.slug}`, '--keep', join(box.folder, 'kept'), '--once']
    expect(await json(BoardWatch, ...watching)).toMatchObject({ last: { auditHead: head } })
    expect(await json(BoardWatch, ...watching)).toMatchObject({ last: { outcome: 'same' } })
    await rewrite(change)
    expect(await refused(BoardWatch, ...watching)).toMatchObject({
      ...{ status: 6, code: 'history-changed' },
      message: expect.stringContaining(`the board told its head ${head} on `),
    })
    // By itself it is without a fault.
    await json(AuditVerify, ...file)
    expect(await refused(AuditVerify, ...file, '--head', head)).toMatchObject({
      status: 6,
      code: 'audit-log-broken',
    })
    await json(AuditExport, ...file, '--out', log)
    expect(await refused(AuditVerify, log, '--head', head)).toMatchObject({ status: 6 })
  },
)
