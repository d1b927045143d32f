import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import Init from '../../commands/init.ts'
import { runCommand } from '../support/run-command.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'urna-'))
  process.env.URNA_PASSPHRASE = 'correct horse battery'
})
afterEach(() => {
  delete process.env.URNA_PASSPHRASE
  rmSync(folder, { recursive: true, force: true })
})

test('a new file has no readable text in it', async () => {
  const path = join(folder, 'chapter.urna')
  const run = await runCommand(Init, [path, '--organisation', 'Rail Workers', '--json'])
  expect(JSON.parse(run.stdout)).toEqual({ file: path, organisation: 'Rail Workers' })
  expect(run.status).toBe(0)
  const bytes = readFileSync(path).toString('latin1')
  expect(bytes).not.toContain('Rail Workers')
  expect(bytes).not.toContain('SQLite')
})

test('an existing file is never overwritten', async () => {
  const path = join(folder, 'chapter.urna')
  await runCommand(Init, [path, '--organisation', 'Rail Workers'])
  const before = readFileSync(path)
  const run = await runCommand(Init, [path, '--organisation', 'Others'])
  expect(run.status).toBe(5)
  expect(run.stderr).toContain('is already there')
  expect(readFileSync(path).equals(before)).toBe(true)
})
