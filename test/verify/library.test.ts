import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { verify as verifyAsInBrowser } from '../../src/verify/browser.ts'
import { verify } from '../../src/verify/node.ts'
import { approval, archiveOf, boardSteps, holdElection, ranking } from '../support/held-election.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const run = promisify(execFile)
const group = await loadGroup()
const { texts } = await holdElection(group, {
  questions: [approval, ranking],
  trustees: 2,
  weights: [1n, 1n],
  ballots: [
    [
      0,
      [
        [1, 0, 0],
        [1, 2, 3],
      ],
    ],
    [
      1,
      [
        [0, 1, 0],
        [3, 2, 1],
      ],
    ],
  ],
})
const bytes = archiveOf(boardSteps(group, texts))
const forged = archiveOf(boardSteps(group, { ...texts, result: texts.result.replace('1,1,0', '2,0,0') }))

/** A folder of somebody who installed urna and knows docs/verify.md. */
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'urna-stranger-'))
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(root, join(folder, 'node_modules', 'urna'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  const [, example] = /```js\n(.*?)```/s.exec(readFileSync(`${root}docs/verify.md`, 'utf8')) ?? []
  writeFileSync(join(folder, 'check.js'), example!)
  writeFileSync(join(folder, 'held.bel'), bytes)
  writeFileSync(join(folder, 'forged.bel'), forged)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the example of docs/verify.md', () => {
  test('verifies an archive with the built library', async () => {
    const { stdout } = await run(process.execPath, ['check.js', 'held.bel'], { cwd: folder })
    expect(stdout).toMatch(/^passed {7}The archive is complete/)
    expect(stdout).toMatch(/2 ballots, head [0-9a-f]{64}\n$/)
  })

  test('ends with status 6 where something was forged', async () => {
    const refused = run(process.execPath, ['check.js', 'forged.bel'], { cwd: folder })
    await expect(refused).rejects.toMatchObject({
      code: 6,
      stdout: expect.stringContaining('not-what-was-opened'),
    })
  })

  test('is typed', async () => {
    const typed = `import { verify, type Verification } from 'urna/verify'
      const { prefix }: Verification = await verify('a.bel', { jobs: 2 })
      if (prefix !== null) await verify({ name: 'b', open: () => [new Uint8Array()] }, { since: prefix })
      // @ts-expect-error
      await verify('a.bel', { jobs: 'all' })`
    writeFileSync(join(folder, 'typed.ts'), typed)
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--ignoreConfig', 'typed.ts']
    await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...options], { cwd: folder })
  }, 30_000)
})

test('the verifier of the browser finds what that of Node finds, in plain data', async () => {
  const here = await verify({ name: 'held', open: () => [bytes] }, { jobs: 1 })
  const there = await verifyAsInBrowser({ name: 'held', open: () => [bytes] })
  expect(there).toEqual(here)
  expect(structuredClone(here)).toEqual(here)
  expect(here).toMatchObject({ outcome: 'verified', complete: true, prefix: { bytes: bytes.length } })
})
