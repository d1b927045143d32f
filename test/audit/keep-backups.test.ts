import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Backup } from '../../src/audit/back-up.ts'
import { backUpFile } from '../../src/audit/back-up.ts'
import { backUpInto, requireBackupFolder } from '../../src/audit/backup-folder.ts'
import { backUpInThread } from '../../src/audit/backup-thread.ts'
import { type Backups, keepBackups } from '../../src/audit/keep-backups.ts'
import { readLog } from '../../src/audit/read-log.ts'
import { cancelElection } from '../../src/election/cancel-election.ts'
import { closeElection } from '../../src/election/close-election.ts'
import { planPurge } from '../../src/election/purge-election.ts'
import { DiskFull } from '../../src/store/refusals.ts'
import { openUnitOfWork } from '../../src/store/unit-of-work.ts'
import { group, ingestAll, type Opened, openedElection, sealVote } from '../voting/fixtures.ts'

let box: Opened
let folder: string
let keeper: Backups | undefined
let made: Backup[]
let faults: unknown[]
beforeEach(async () => {
  box = await openedElection({ voters: 3, contests: 'committee' })
  folder = join(box.folder, 'safe')
  mkdirSync(folder)
  made = []
  faults = []
})
afterEach(async () => {
  await keeper?.stop()
  keeper = undefined
  await box.close()
})

const hour = 3600
const backUp = (keep = 24) => backUpInto(box.work, { folder, keep }, box.clock.now())

/** Starts what a server starts, with the clock of the file. */
function start(copy: () => Promise<Backup> = backUp): Backups {
  const { work, clock } = box
  keeper = keepBackups({ work, clock, folder, every: hour * 1000, copy })
  keeper.start({ onMade: (each) => made.push(each), onFault: (error) => faults.push(error) })
  return keeper
}

const backups = () => readdirSync(folder).sort()
const count = (wanted: number) => expect.poll(() => made.length, { timeout: 20_000 }).toBe(wanted)
/** Longer than from one look to the next. */
const aLook = () => new Promise((resolve) => setTimeout(resolve, 1300))

test('one is made at once, and the next when the time has come', async () => {
  const { state } = start()
  await count(1)
  expect(state()).toMatchObject({ lastAt: '2026-03-02T09:00:00.000Z', failing: null })
  expect(backups()).toEqual(['test-2026-03-02T09-00-00-000Z.urna'])
  box.clock.advance(hour - 1)
  await aLook()
  expect(made).toHaveLength(1)
  box.clock.advance(1)
  await count(2)
  expect(faults).toEqual([])
})

test('when an election closes one is made at once, with the last ballot in it, whoever closed it', async () => {
  await backUp()
  start()
  await aLook()
  expect(made).toEqual([])
  const other = await box.reopen()
  await ingestAll(other, [sealVote(box, '1001')])
  await aLook()
  expect(made).toEqual([])
  box.clock.advance(1)
  await closeElection({ work: other, group }, box.slug)
  await count(1)
  expect(made[0]).toMatchObject({ ballots: 1 })
  await aLook()
  expect(made).toHaveLength(1)
})

test('an election that opened while no server ran is backed up by the next one', async () => {
  await box.work.write('test', (tx) => tx.record({ action: 'election-opened', election: box.slug }))
  start()
  await count(1)
})

test('one that fails is told once in the log, tried again, and over when one was made', async () => {
  let full = true
  const { state } = start(async () => {
    if (full) throw new DiskFull(folder)
    return backUp()
  })
  await expect.poll(() => faults.length).toBe(1)
  const since = '2026-03-02T09:00:00.000Z'
  await expect.poll(state).toMatchObject({ lastAt: null, failing: { since, message: /no room left/ } })
  await ingestAll(box.work, [sealVote(box, '1001')])
  box.clock.advance(59)
  await aLook()
  expect(faults).toHaveLength(1)
  box.clock.advance(1)
  await expect.poll(() => faults.length, { timeout: 20_000 }).toBe(2)
  expect(state().failing).toMatchObject({ since })
  expect(await box.work.read((tx) => readLog(tx, { action: 'backup-failed' }))).toHaveLength(1)
  full = false
  box.clock.advance(60)
  await count(1)
  expect(state()).toMatchObject({ lastAt: '2026-03-02T09:02:00.000Z', failing: null })
})

test('a clock that is set back neither stops backups nor makes one after the other', async () => {
  start()
  await count(1)
  box.clock.advance(-24 * hour)
  await count(2)
  await aLook()
  expect(made).toHaveLength(2)
})

test('the oldest go once a new one is there: those that were made of this file in this way, and nothing else', async () => {
  const byHand = join(folder, 'test-by-hand.urna')
  await backUpFile(box.work, byHand)
  const foreign = 'test-2020-01-01T00-00-00-000Z.urna'
  writeFileSync(join(folder, foreign), 'of another file of that name')
  const own: string[] = []
  for (let time = 0; time < 4; time++) {
    box.clock.advance(hour)
    own.push((await backUp(2)).backup)
  }
  expect(backups()).toEqual([
    foreign,
    ...own.slice(2).map((path) => path.slice(folder.length + 1)),
    'test-by-hand.urna',
  ])
  const log = await box.work.read((tx) => readLog(tx, { action: 'backups-removed' }))
  expect(log.map(({ details }) => details.removed)).toEqual([[own[0]], [own[1]]])
  // Only what is still there holds what a purge is to take away.
  await cancelElection(box.work, { election: box.slug, reason: 'too late' })
  expect((await planPurge(box.work, box.slug)).elsewhere).toEqual([byHand, ...own.slice(2)])
})

test('while none can be made the last good ones stay, whatever their age', async () => {
  const first = await backUp(1)
  box.clock.advance(hour)
  // The name of the next one is taken.
  writeFileSync(join(folder, 'test-2026-03-02T10-00-00-000Z.urna'), '')
  await expect(backUp(1)).rejects.toMatchObject({ code: 'file-exists' })
  expect(existsSync(first.backup)).toBe(true)
  box.clock.advance(1)
  const second = await backUp(1)
  expect([existsSync(first.backup), existsSync(second.backup)]).toEqual([false, true])
})

test('what a killed process left of a copy goes after an hour', async () => {
  const left = join(folder, 'test-2026-03-02T08-00-00-000Z.urna.unfinished.part')
  writeFileSync(left, 'half')
  box.clock.set(new Date().toISOString())
  await backUp()
  expect(existsSync(left)).toBe(true)
  box.clock.advance(hour + 1)
  await backUp()
  expect(existsSync(left)).toBe(false)
})

test('a thread makes one that opens with the passphrase, and says in a sentence why it can not', async () => {
  const { path, passphrase } = box
  const options = { path, passphrase, officer: 'urna serve', folder, keep: 1 }
  const { backup, ballots } = await backUpInThread(options)
  expect(ballots).toBe(0)
  const { work, close } = await openUnitOfWork({ ...box, path: backup, officer: 'bea' })
  expect(await work.read(({ db }) => db.selectFrom('election').select('slug').execute())).toHaveLength(1)
  await close()
  const [entry] = await box.work.read((tx) => readLog(tx, { action: 'backup-made' }))
  expect(entry).toMatchObject({ officer: 'urna serve', details: { path: backup, scheduled: true } })
  rmSync(folder, { recursive: true })
  await expect(backUpInThread(options)).rejects.toMatchObject({
    code: 'backup-failed',
    message: expect.stringContaining('ENOENT'),
  })
})

test.each([
  ['a folder that is not there', () => join(box.folder, 'none')],
  ['a file', () => box.path],
  ['the folder of the file itself', () => box.folder],
])('backups do not go to %s', (_, place) => {
  expect(() => requireBackupFolder(place(), box.path)).toThrow(/is no folder|folder of the file itself/)
})
