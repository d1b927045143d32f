import { execFile } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import SQLite from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readLog } from '../../src/audit/read-log.ts'
import { changePassphrase } from '../../src/organisation/change-passphrase.ts'
import { refusing } from '../../src/store/file-refusals.ts'
import { openUnitOfWork, type UnitOfWork } from '../../src/store/unit-of-work.ts'
import { type TemporaryUrna, temporaryUrna } from '../support/urna.ts'

const run = promisify(execFile)
const another = 'another good passphrase'
let urna: TemporaryUrna
beforeEach(async () => {
  urna = await temporaryUrna()
})
afterEach(() => urna.close())

async function opened<T>(passphrase: string, use: (work: UnitOfWork) => Promise<T>): Promise<T> {
  const { path, clock } = urna
  const { work, close } = await openUnitOfWork({ path, passphrase, clock, officer: 'bea' })
  try {
    return await use(work)
  } finally {
    await close()
  }
}

const actions = (work: UnitOfWork) => work.read(async (tx) => (await readLog(tx)).map(({ action }) => action))

test('a new passphrase locks the old one out, and the log that has it is under the new one', async () => {
  const before = await actions(urna.work)
  await changePassphrase(urna.work, another)
  const { recorded } = urna.work
  await urna.release()
  expect(readdirSync(urna.folder)).toEqual(['test.urna'])
  expect(statSync(urna.path).mode & 0o777).toBe(0o600)
  await expect(opened(urna.passphrase, actions)).rejects.toMatchObject({ code: 'wrong-passphrase' })
  expect(await opened(another, actions)).toEqual([...before, 'passphrase-changed'])
  expect(recorded?.entries).toBe(before.length + 1)
})

test('a change of the passphrase that is killed leaves the file as it was, and another one ends it', async () => {
  const before = await actions(urna.work)
  await urna.release()
  const child = run(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import SQLite from 'better-sqlite3'
       import { changePassphrase } from './src/organisation/change-passphrase.ts'
       import { systemClock } from './src/clock.ts'
       import { openUnitOfWork } from './src/store/unit-of-work.ts'
       const rekey = SQLite.prototype.rekey
       SQLite.prototype.rekey = function (key) {
         rekey.call(this, key)
         process.kill(process.pid, 'SIGKILL')
       }
       const [path, passphrase] = ${JSON.stringify([urna.path, urna.passphrase])}
       const { work } = await openUnitOfWork({ path, passphrase, clock: systemClock, officer: 'bea' })
       await changePassphrase(work, ${JSON.stringify(another)})`,
    ],
    { cwd: join(import.meta.dirname, '../..') },
  )
  await expect(child).rejects.toMatchObject({ signal: 'SIGKILL' })
  expect(await opened(urna.passphrase, actions)).toEqual(before)
  await opened(urna.passphrase, (work) => changePassphrase(work, another))
  expect(await opened(another, actions)).toEqual([...before, 'passphrase-changed'])
  expect(readdirSync(urna.folder)).toEqual(['test.urna'])
})

test('while another urna, such as a server, has the file open the passphrase stays, and it says why', async () => {
  const server = await urna.reopen()
  await server.read(readLog)
  await expect(changePassphrase(urna.work, another)).rejects.toMatchObject({
    code: 'file-locked',
    hint: expect.stringMatching(/^Stop the server.*nothing was changed\.$/),
  })
  await server.write('try', (tx) => tx.record({ action: 'organisation-edited' }))
  await urna.release()
  expect((await opened(urna.passphrase, actions)).at(-1)).toBe('organisation-edited')
})

test('whoever waited for the file while its passphrase changed writes nothing into what it was', async () => {
  // It has the file open, and did not look into it yet.
  const late = new SQLite(urna.path)
  await changePassphrase(urna.work, another)
  await urna.release()
  const write = () =>
    refusing(urna.path, () => {
      late.pragma("cipher = 'sqlcipher'")
      late.pragma('legacy = 4')
      late.key(Buffer.from(urna.passphrase))
      late.pragma('journal_mode = WAL')
    })
  expect(write).toThrow(expect.objectContaining({ code: 'file-locked' }))
  late.close()
  expect(readdirSync(urna.folder)).toEqual(['test.urna'])
  await opened(another, actions)
})
