import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import Verify from '../../commands/audit/verify.ts'
import { auditRoot } from '../../src/audit/entry.ts'
import { verifyAuditLog } from '../../src/audit/verify-log.ts'
import { Refusal } from '../../src/errors.ts'
import { openUnitOfWork } from '../../src/store/unit-of-work.ts'
import { stateOf } from '../support/faults/state.ts'
import { runCommand } from '../support/run-command.ts'
import { ingestAll, type Opened, openedElection, sealVote } from '../voting/fixtures.ts'

const all = process.env.URNA_FAULTS === '1'
const pageSize = 4096

let box: Opened
/** Of the file: with all in it, and with the journal that was not read into it yet. */
let whole: Buffer
let withJournal: { file: Buffer; journal: Buffer }
let head: string
/** Heads of the log, one for each entry. */
let heads: string[]
let state: string

beforeAll(async () => {
  box = await openedElection({ voters: 20, contests: 'committee' })
  for (const number of ['1001', '1002', '1003']) await ingestAll(box.work, [sealVote(box, number)])
  withJournal = { file: readFileSync(box.path), journal: readFileSync(`${box.path}-wal`) }
  head = (await verifyAuditLog(box.work)).head
  heads = (
    await box.work.read(({ db }) => db.selectFrom('audit_entry').select('hash').orderBy('position').execute())
  ).map(({ hash }) => hash)
  await box.release()
  whole = readFileSync(box.path)
  state = (await stateOf(box.path, box.passphrase)).exactly
  process.env.URNA_PASSPHRASE = box.passphrase
})
afterAll(async () => {
  delete process.env.URNA_PASSPHRASE
  await box.close()
})

/** A file of its own for a trial. */
function written(bytes: Buffer, journal?: Buffer): string {
  const path = join(box.folder, 'damaged.urna')
  for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true })
  writeFileSync(path, bytes)
  if (journal !== undefined) writeFileSync(`${path}-wal`, journal)
  return path
}

/** What the file says, or why it is refused. */
async function readThrough(path: string): Promise<string | Refusal> {
  try {
    const { work, close } = await openUnitOfWork({ ...box, path, officer: 'bea' })
    try {
      work.checkPages()
    } finally {
      await close()
    }
    return (await stateOf(path, box.passphrase)).exactly
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

const codes = ['damaged-file', 'wrong-passphrase', 'not-an-urna-file']

/** Of the first pages, some between, and the last: their beginning, middle, initialization vector and checksum. */
function sweep(): number[] {
  const pages = whole.length / pageSize
  const step = all ? 1 : Math.ceil(pages / 6)
  const chosen = Array.from({ length: pages }, (_, page) => page).filter(
    (page) => page < 2 || page === pages - 1 || page % step === 0,
  )
  return chosen.flatMap((page) =>
    [0, 15, 100, 2000, pageSize - 80, pageSize - 1].map((at) => page * pageSize + at),
  )
}

describe('an election file', () => {
  test('with a bit changed on any page is refused with what to do, or says what it said', {
    timeout: 900_000,
  }, async () => {
    const wrong: unknown[] = []
    let refused = 0
    for (const place of sweep()) {
      const bytes = Buffer.from(whole)
      bytes[place] = bytes[place]! ^ 4
      const read = await readThrough(written(bytes))
      if (typeof read !== 'string') refused += 1
      const right =
        typeof read === 'string'
          ? read === state
          : codes.includes(read.code) && /urna restore/.test(read.hint ?? '')
      if (!right) wrong.push({ place, read })
    }
    expect(wrong).toEqual([])
    expect(refused).toBeGreaterThan(sweep().length / 2)
  })

  test.each(['a page', 'half a page', 'all but one page', 'all but a byte', 'three bytes'])(
    'that was cut short by %s is refused with what to do',
    async (what) => {
      const cut = {
        'a page': pageSize,
        'half a page': pageSize / 2,
        'all but one page': whole.length - pageSize,
        'all but a byte': whole.length - 1,
        'three bytes': 3,
      }[what]!
      const path = written(whole.subarray(0, whole.length - cut))
      const refusal = await readThrough(path)
      expect(refusal).toMatchObject({ code: expect.stringMatching(codes.join('|')) })
      expect((refusal as Refusal).hint).toContain(`urna restore BACKUP --to ${path}`)
    },
  )

  test('the command says so on standard error, with status 6, and never where the program failed', async () => {
    const bytes = Buffer.from(whole)
    bytes.fill(7, pageSize, whole.length)
    const run = await runCommand(Verify, ['--file', written(bytes)])
    expect(run).toMatchObject({ status: 6, stdout: '' })
    expect(run.stderr).toMatch(/^Error: .* is damaged: .*\.\n {2}.*urna restore BACKUP/)
    expect(run.stderr).not.toMatch(/^ +at /m)
  })

  test('whose journal was damaged says what it said at some moment, and the head that was kept shows what is missing', {
    timeout: 600_000,
  }, async () => {
    const { file, journal } = withJournal
    expect(journal.length).toBeGreaterThan(0)
    const step = Math.ceil(journal.length / (all ? 120 : 12))
    const lost = new Set<number>()
    for (let place = 0; place < journal.length; place += step) {
      for (const bad of [
        journal.subarray(0, place),
        Buffer.from(journal).fill(journal[place]! ^ 1, place, place + 1),
      ]) {
        const path = written(file, bad)
        const opened = await openUnitOfWork({ ...box, path, officer: 'bea' }).catch((error: Refusal) => error)
        if (opened instanceof Refusal) {
          expect(opened.hint).toContain('urna restore')
          continue
        }
        const { work, close } = opened
        const log = await verifyAuditLog(work)
        const kept = await verifyAuditLog(work, head).catch((error: Refusal) => error.code)
        await close()
        expect(log.head).toBe(log.entries === 0 ? auditRoot : heads[log.entries - 1])
        expect(typeof kept === 'string' ? kept : kept.head).toBe(
          log.head === head ? head : 'audit-log-broken',
        )
        lost.add(heads.length - log.entries)
      }
    }
    expect(lost.size).toBeGreaterThan(1)
  })
})
