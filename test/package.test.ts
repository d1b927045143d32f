import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const read = (name: string) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'))

// docs/decisions/0001-what-the-lock-file-must-say.md
test('npm ci needs no compiler: the lock file says so to every npm (mend it with: npm run lock)', () => {
  expect(read('package-lock.json').packages['node_modules/better-sqlite3'].gypfile).toBe(false)
  expect(read('package.json').allowScripts['better-sqlite3-multiple-ciphers']).toBe(false)
})

test('the lock file names no registry', () => {
  expect(JSON.stringify(read('package-lock.json'))).not.toContain('"resolved"')
})
