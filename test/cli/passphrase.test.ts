import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as list from '../../commands/election/list.ts'
import Init from '../../commands/init.ts'
import * as change from '../../commands/passphrase/change.ts'
import * as forget from '../../commands/passphrase/forget.ts'
import * as remember from '../../commands/passphrase/remember.ts'
import { json, refused, runCommand } from '../support/run-command.ts'

let folder: string
const kept = { ...process.env }
const [first, second] = ['correct horse battery', 'staple of the second year']
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'urna-'))
  // No keychain, whatever this machine has.
  process.env.DBUS_SESSION_BUS_ADDRESS = `unix:path=${join(folder, 'no-bus')}`
  process.env.URNA_FILE = join(folder, 'chapter.urna')
  process.env.URNA_PASSPHRASE = first
  await runCommand(Init, [process.env.URNA_FILE, '--organisation', 'Rail Workers'])
})
afterEach(() => {
  process.env = { ...kept }
  rmSync(folder, { recursive: true, force: true })
})

test('the passphrase is changed, and the old one opens nothing', async () => {
  const file = join(folder, 'new.txt')
  writeFileSync(file, `${second}\n`)
  expect(await json(change, '--new-passphrase-file', file)).toMatchObject({ changed: true })
  expect(await refused(list)).toMatchObject({ status: 7, code: 'wrong-passphrase' })
  process.env.URNA_PASSPHRASE = second
  expect(await json(list)).toEqual({ elections: [] })
})

test('a new passphrase that is too short is refused, and the old one stays', async () => {
  const file = join(folder, 'short.txt')
  writeFileSync(file, 'short')
  expect(await refused(change, '--new-passphrase-file', file)).toMatchObject({ status: 7 })
  expect(await json(list)).toEqual({ elections: [] })
})

test('without a terminal a passphrase that is not given is asked for by its flag', async () => {
  delete process.env.URNA_PASSPHRASE
  expect(await refused(list)).toMatchObject({
    ...{ status: 7, code: 'passphrase-missing' },
    hint: expect.stringContaining('--passphrase-file'),
  })
})

test.runIf(process.platform === 'linux')('a keychain that is not there is not pretended', async () => {
  expect(await refused(remember)).toMatchObject({ status: 8, code: 'keychain-unavailable' })
  expect(await refused(forget)).toMatchObject({ status: 8, code: 'keychain-unavailable' })
})
