import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

interface Cruise {
  modules: { source: string; dependencies: unknown[] }[]
}

// A dependency-cruiser that doesn't know the installed TypeScript finds no module, and so nothing wrong.
test('the check of who may import whom really reads the sources', () => {
  const cruise = [
    'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
    '--config',
    '.dependency-cruiser.cjs',
  ]
  const root = new URL('..', import.meta.url)
  const found = execFileSync(process.execPath, [...cruise, '--output-type', 'json', 'src', 'commands'], {
    cwd: root,
    maxBuffer: 1 << 28,
  })
  const { modules } = JSON.parse(found.toString()) as Cruise
  const ours = modules.filter(({ source }) => /^(?:src|commands)\/.*\.ts$/.test(source))
  expect(ours.length).toBeGreaterThan(100)
  const command = ours.find(({ source }) => source === 'commands/election/open.ts')
  expect(command?.dependencies.length).toBeGreaterThan(5)
})
