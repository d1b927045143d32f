import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The rows of the table in a section of the threat model. */
function rowsBelow(heading: string): string[] {
  return readFileSync(`${root}docs/threat-model.md`, 'utf8')
    .split(`${heading}\n`)[1]!
    .split('\n## ')[0]!
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
}

const tests = globSync('test/**/*.test.ts', { cwd: root })
  .map((path) => readFileSync(`${root}${path}`, 'utf8'))
  .join('\n')

test('every promise of the threat model names a test that exists', () => {
  const promises = rowsBelow('## What is promised')
  expect(promises.length).toBeGreaterThan(15)
  const missing = promises
    .map((line) => line.match(/`([^`]+)` \|$/)?.[1] ?? line)
    .filter((name) => !tests.includes(name))
  expect(missing).toEqual([])
})

test('every cell of what a coalition can do says whether it can, and names a test that exists', () => {
  const rows = rowsBelow('## What each coalition can do').map((row) => row.split(' | '))
  expect(rows.length).toBeGreaterThanOrEqual(7)
  for (const [coalition, ...cells] of rows) {
    expect(cells, coalition).toHaveLength(3)
    for (const cell of cells) {
      const [, name] = /^can(?:'t)?\b.*: `([^`]+)`(?: \|)?$/.exec(cell) ?? []
      expect(name, `${coalition}: ${cell}`).toBeDefined()
      expect(tests, cell).toContain(name)
    }
  }
})
