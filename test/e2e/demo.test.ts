import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { output } from '../../commands/demo.ts'
import { type FinishedProcess, startUrna } from '../support/urna-process.ts'

let folder: string
let played: FinishedProcess
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'urna-'))
  played = await run('demo', '--dir', join(folder, 'demo'), '--json')
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function run(...argv: string[]): Promise<FinishedProcess> {
  return startUrna(argv, { path: 'none.urna', passphrase: 'not that of the demonstration' }).finished
}

test('the demonstration plays the whole story, and leaves what an officer would have', async () => {
  expect(played.status, played.stdout + played.stderr).toBe(0)
  const { files, archives } = output.parse(JSON.parse(played.stdout))
  expect(archives).toHaveLength(2)
  expect(files).toEqual(
    expect.arrayContaining([...archives, 'club.urna', 'club.result.xlsx', 'club.result.json', 'club.2.blt']),
  )
})

test('a stranger can verify both of its elections', async () => {
  const { archives } = output.parse(JSON.parse(played.stdout))
  for (const archive of archives) {
    const verified = await run('verify', join(folder, 'demo', archive), '--complete')
    expect(verified.status, verified.stderr).toBe(0)
  }
})
