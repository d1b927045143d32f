import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import Demo from '../../commands/demo.ts'
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

test.each(['', '   '])('an organisation called %j is refused, and no file is left behind', async (name) => {
  const path = join(folder, 'chapter.urna')
  const run = await runCommand(Init, [path, '--organisation', name])
  expect(run.status).toBe(2)
  expect(run.stderr).toContain('--organisation')
  expect(readdirSync(folder)).toEqual([])
})

test('a system that refuses is no bug of urna: the sentence names the file', async () => {
  writeFileSync(join(folder, 'taken'), '')
  const run = await runCommand(Demo, ['--dir', join(folder, 'taken'), '--json'])
  expect(run.status).toBe(8)
  const { error } = JSON.parse(run.stdout)
  expect(error.code).toBe('system-refused')
  expect(error.message).toContain(join(folder, 'taken'))
})
