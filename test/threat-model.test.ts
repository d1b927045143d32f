import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

test('every promise of the threat model names a test that exists', () => {
  const promises = readFileSync(`${root}docs/threat-model.md`, 'utf8')
    .split('## What is promised')[1]!
    .split('\n## ')[0]!
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
  expect(promises.length).toBeGreaterThan(15)
  const tests = globSync('test/**/*.test.ts', { cwd: root })
    .map((path) => readFileSync(`${root}${path}`, 'utf8'))
    .join('\n')
  const missing = promises
    .map((line) => line.match(/`([^`]+)` \|$/)?.[1] ?? line)
    .filter((name) => !tests.includes(name))
  expect(missing).toEqual([])
})
