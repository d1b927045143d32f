import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { backUpFile } from '../../src/audit/back-up.ts'
import { readLog } from '../../src/audit/read-log.ts'
import { restoreFile } from '../../src/audit/restore.ts'
import { verifyAuditLog } from '../../src/audit/verify-log.ts'
import { openUnitOfWork, type UnitOfWork } from '../../src/store/unit-of-work.ts'
import { ingestAll, type Opened, openedElection, sealVote } from '../voting/fixtures.ts'

let box: Opened
let backup: string
beforeEach(async () => {
  box = await openedElection({ voters: 3, contests: 'committee' })
  await ingestAll(box.work, [sealVote(box, '1001')])
  backup = join(box.folder, 'safe.urna')
})
afterEach(() => box.close())

const restore = (more: { to?: string; confirm?: string } = {}) =>
  restoreFile({
    backup,
    to: more.to ?? box.path,
    passphrase: box.passphrase,
    clock: box.clock,
    officer: 'bea',
    confirm: more.confirm,
  })

async function inFile<T>(path: string, use: (work: UnitOfWork) => Promise<T>): Promise<T> {
  const { work, close } = await openUnitOfWork({ ...box, path, officer: 'bea' })
  try {
    return await use(work)
  } finally {
    await close()
  }
}

test('a backup of a file in use is whole: its log is what the log was, and what came before is in it', async () => {
  const log = await verifyAuditLog(box.work)
  const other = await box.reopen()
  const made = await backUpFile(box.work, backup)
  expect(made).toMatchObject({ backup, ...log, elections: 1, members: 3, voters: 3, ballots: 1 })
  expect(made.bytes).toBe(statSync(backup).size)
  expect(statSync(backup).mode & 0o777).toBe(0o600)
  expect(await inFile(backup, verifyAuditLog)).toEqual(log)
  await ingestAll(other, [sealVote(box, '1002')])
  const [entry] = await box.work.read((tx) => readLog(tx, { action: 'backup-made' }))
  expect(entry!.details).toEqual({ path: backup, ...log })
})

test('a backup never overwrites anything, and leaves nothing half done', async () => {
  writeFileSync(backup, 'mine')
  await expect(backUpFile(box.work, backup)).rejects.toMatchObject({ code: 'file-exists' })
  expect(readFileSync(backup, 'utf8')).toBe('mine')
  await expect(backUpFile(box.work, join(box.folder, 'none', 'x.urna'))).rejects.toMatchObject({
    code: 'ENOENT',
  })
  expect(readdirSync(box.folder).filter((name) => name.includes('unfinished'))).toEqual([])
})

test('no text of the file is readable in its backup, and another passphrase does not open it', async () => {
  await backUpFile(box.work, backup)
  expect(readFileSync(backup).includes('Voter Number')).toBe(false)
  await expect(
    openUnitOfWork({ ...box, path: backup, passphrase: 'another one', officer: 'bea' }),
  ).rejects.toMatchObject({ code: 'wrong-passphrase' })
})

test('a backup is put where nothing is, and the log says so', async () => {
  const { entries } = await backUpFile(box.work, backup)
  const bytes = readFileSync(backup)
  const to = join(box.folder, 'again.urna')
  const restored = await restore({ to })
  expect(restored).toMatchObject({ file: to, ballots: 1, entries: entries + 1, replaced: null })
  expect(await inFile(to, verifyAuditLog)).toEqual({ entries: restored.entries, head: restored.head })
  const [entry] = await inFile(to, (work) => work.read((tx) => readLog(tx, { action: 'file-restored' })))
  expect(entry).toMatchObject({ officer: 'bea', details: { backup: 'safe.urna', entries } })
  expect(readFileSync(backup).equals(bytes)).toBe(true)
})

test('over a newer file it says what would be lost, and wants its name; what was there is kept', async () => {
  await backUpFile(box.work, backup)
  await ingestAll(box.work, [sealVote(box, '1002'), sealVote(box, '1003')])
  await box.release()
  const loss = { entries: 3, ballots: 2 }
  await expect(restore()).rejects.toMatchObject({ code: 'confirmation-needed', details: loss })
  await expect(restore({ confirm: 'other.urna' })).rejects.toMatchObject({ code: 'confirmation-needed' })
  expect(await inFile(box.path, async (work) => (await verifyAuditLog(work)).entries)).toBeGreaterThan(5)

  const { replaced } = await restore({ confirm: basename(box.path) })
  expect(replaced).toMatchObject(loss)
  const ballots = (path: string) =>
    inFile(path, (work) => work.read(({ db }) => db.selectFrom('ballot').select('id').execute()))
  expect(await ballots(box.path)).toHaveLength(1)
  expect(await ballots(replaced!.keptAs)).toHaveLength(3)
  expect(readdirSync(box.folder).filter((name) => name.includes('restoring'))).toEqual([])
})

test('over a file that has nothing newer it asks for nothing', async () => {
  await backUpFile(box.work, backup)
  const copy = join(box.folder, 'copy.urna')
  writeFileSync(copy, readFileSync(backup))
  expect((await restore({ to: copy })).replaced).toMatchObject({ entries: 0, ballots: 0 })
})

test('a file that another urna has open is not replaced', async () => {
  await backUpFile(box.work, backup)
  await ingestAll(box.work, [sealVote(box, '1003')])
  await expect(restore({ confirm: basename(box.path) })).rejects.toMatchObject({ code: 'file-locked' })
  await ingestAll(box.work, [sealVote(box, '1002')])
  expect(await box.work.read(({ db }) => db.selectFrom('ballot').select('id').execute())).toHaveLength(3)
}, 60_000)

test('a file that is damaged is replaced once its name is given, and its journal is not read into the backup', async () => {
  await backUpFile(box.work, backup)
  await box.release()
  truncateSync(box.path, 8192)
  writeFileSync(`${box.path}-wal`, Buffer.alloc(4096, 7))
  await expect(restore()).rejects.toMatchObject({ code: 'confirmation-needed', details: { entries: null } })
  await restore({ confirm: basename(box.path) })
  expect(await inFile(box.path, verifyAuditLog)).toMatchObject({ entries: expect.any(Number) })
})

test.each([
  ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 8192)],
  ['with one bit changed', (bytes: Buffer) => bytes.fill(bytes[20_000]! ^ 1, 20_000, 20_001)],
])('a backup that is %s is refused, and nothing is put in place', async (_, damage) => {
  await backUpFile(box.work, backup)
  writeFileSync(backup, damage(readFileSync(backup)))
  const to = join(box.folder, 'again.urna')
  const refusal = await restore({ to }).catch((error) => error)
  expect(['damaged-file', 'wrong-passphrase']).toContain(refusal.code)
  expect(readdirSync(box.folder).filter((name) => name.startsWith('again'))).toEqual([])
})
