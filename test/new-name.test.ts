import { linkSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { giveNewName, giveSecondName } from '../src/new-name.ts'
import { withoutLinks } from './support/no-links.ts'

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>()
  return { ...fs, linkSync: vi.fn(fs.linkSync) }
})

let folder: string
let temporary: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'urna-name-'))
  temporary = join(folder, 'result.part')
  path = join(folder, 'result')
  writeFileSync(temporary, 'whole', { mode: 0o600 })
})
afterEach(() => {
  vi.mocked(linkSync).mockReset()
  rmSync(folder, { recursive: true })
})

const systems: [string, string | undefined][] = [
  ['with links', undefined],
  ...['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'].map((code): [string, string] => [
    `that answers a link with ${code}`,
    code,
  ]),
]

test.each(systems)('on a file system %s a file gets its name, and nothing else is left', (_, code) => {
  if (code !== undefined) withoutLinks(code)
  giveNewName(temporary, path)
  expect(readFileSync(path, 'utf8')).toBe('whole')
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['result'])
})

test.each(systems)('on a file system %s a file never takes the name of another', (_, code) => {
  if (code !== undefined) withoutLinks(code)
  writeFileSync(path, 'mine')
  expect(() => giveNewName(temporary, path)).toThrow(expect.objectContaining({ code: 'EEXIST' }))
  expect(readFileSync(path, 'utf8')).toBe('mine')
  expect(readFileSync(temporary, 'utf8')).toBe('whole')
})

test.each(systems)('on a file system %s what has a name can get another', (_, code) => {
  if (code !== undefined) withoutLinks(code)
  giveSecondName(temporary, path)
  expect(readFileSync(path, 'utf8')).toBe('whole')
})

test('a link that fails for another reason is told, and no name is taken', () => {
  withoutLinks('EIO')
  expect(() => giveNewName(temporary, path)).toThrow(expect.objectContaining({ code: 'EIO' }))
  expect(readdirSync(folder)).toEqual(['result.part'])
})

test('a name that was taken for a file which can not have it is free again', () => {
  withoutLinks()
  const gone = join(folder, 'gone')
  expect(() => giveSecondName(gone, path)).toThrow(expect.objectContaining({ code: 'ENOENT' }))
  expect(readdirSync(folder)).toEqual(['result.part'])
})
