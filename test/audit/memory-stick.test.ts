import { linkSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { backUpFile } from '../../src/audit/back-up.ts'
import { restoreFile } from '../../src/audit/restore.ts'
import { openUnitOfWork } from '../../src/store/unit-of-work.ts'
import { foundUrnaFile } from '../../src/store/urna-file.ts'
import { withoutLinks } from '../support/no-links.ts'
import { ingestAll, type Opened, openedElection, sealVote } from '../voting/fixtures.ts'

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>()
  return { ...fs, linkSync: vi.fn(fs.linkSync), renameSync: vi.fn(fs.renameSync) }
})

let box: Opened
let backup: string
beforeEach(async () => {
  box = await openedElection({ voters: 3, contests: 'committee' })
  await ingestAll(box.work, [sealVote(box, '1001')])
  backup = join(box.folder, 'stick.urna')
  withoutLinks()
})
afterEach(async () => {
  vi.mocked(linkSync).mockReset()
  vi.mocked(renameSync).mockReset()
  await box.close()
})

const restore = (to: string) =>
  restoreFile({
    ...{ backup, to, confirm: basename(to) },
    ...{ passphrase: box.passphrase, clock: box.clock, officer: 'bea' },
  })

async function ballotsIn(path: string): Promise<number> {
  const { work, close } = await openUnitOfWork({ ...box, path, officer: 'bea' })
  const ballots = await work.read(({ db }) => db.selectFrom('ballot').select('id').execute())
  await close()
  return ballots.length
}

test('a backup is written to a memory stick, and nothing on it is overwritten', async () => {
  expect(await backUpFile(box.work, backup)).toMatchObject({ backup, ballots: 1 })
  expect(await ballotsIn(backup)).toBe(1)
  const bytes = readFileSync(backup)
  await expect(backUpFile(box.work, backup)).rejects.toMatchObject({ code: 'file-exists' })
  expect(readFileSync(backup).equals(bytes)).toBe(true)
})

test('a backup is put in place on a memory stick, and what was there is kept', async () => {
  await backUpFile(box.work, backup)
  await ingestAll(box.work, [sealVote(box, '1002')])
  await box.release()
  const { replaced } = await restore(box.path)
  expect(await ballotsIn(box.path)).toBe(1)
  expect(await ballotsIn(replaced!.keptAs)).toBe(2)
  const fresh = join(box.folder, 'fresh.urna')
  await restore(fresh)
  expect(await ballotsIn(fresh)).toBe(1)
  expect(readdirSync(box.folder).filter((name) => name.includes('restoring'))).toEqual([])
})

test('a memory stick that fails in the middle of a restoring has the file under its name still', async () => {
  await backUpFile(box.work, backup)
  await ingestAll(box.work, [sealVote(box, '1002')])
  await box.release()
  const rename = vi.mocked(renameSync).getMockImplementation()!
  vi.mocked(renameSync).mockImplementation((from, to) => {
    if (String(from).endsWith('.restoring')) throw Object.assign(new Error('EIO: rename'), { code: 'EIO' })
    rename(from, to)
  })
  await expect(restore(box.path)).rejects.toMatchObject({ code: 'EIO' })
  expect(await ballotsIn(box.path)).toBe(2)
})

test('an election file is made on a memory stick, and never in the place of another', async () => {
  const path = join(box.folder, 'new.urna')
  const { passphrase } = box
  await foundUrnaFile({ path, passphrase }, async () => {})
  expect(await ballotsIn(path)).toBe(0)
  writeFileSync(join(box.folder, 'mine.urna'), 'mine')
  await expect(
    foundUrnaFile({ path: join(box.folder, 'mine.urna'), passphrase }, async () => {}),
  ).rejects.toMatchObject({ code: 'file-exists' })
  expect(readFileSync(join(box.folder, 'mine.urna'), 'utf8')).toBe('mine')
})
