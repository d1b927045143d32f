import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { officerOf, urnaFileOf } from '../../src/cli/file-command.ts'

vi.mock('node:os', async (original) => {
  const real = await original<typeof import('node:os')>()
  return { ...real, userInfo: vi.fn(real.userInfo) }
})

test('a user without a name, as in a container, acts under the number', () => {
  vi.mocked(userInfo).mockImplementationOnce(() => {
    throw new Error('uv_os_get_passwd returned ENOENT')
  })
  expect(officerOf({})).toBe(`user ${process.getuid?.()}`)
})

test('who acts is the officer that is named, and a blank name is none', () => {
  expect(officerOf({ officer: 'ada' })).toBe('ada')
  expect(officerOf({ officer: ' ' })).toBe(userInfo().username)
})

test('a folder without an election file is told as such, at a terminal or without one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'urna-'))
  const before = process.cwd()
  process.chdir(folder)
  try {
    expect(() => urnaFileOf({})).toThrow('There is no .urna file in this folder.')
  } finally {
    process.chdir(before)
    rmSync(folder, { recursive: true })
  }
})
