import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { readVerified, verifyArchiveFile } from '../../src/tally/archive-file.ts'
import { approval, archiveOf, boardSteps, holdElection } from '../support/held-election.ts'

const group = await loadGroup()
const { texts } = await holdElection(group, {
  questions: [approval],
  trustees: 1,
  weights: [1n, 1n],
  ballots: [
    [0, [[1, 0, 0]]],
    [1, [[0, 1, 0]]],
  ],
})
const steps = boardSteps(group, texts)

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'urna-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('an archive that is swapped after its verification is refused, though it ends with the same event', async () => {
  const path = join(folder, 'election.bel')
  writeFileSync(path, archiveOf(steps))
  const report = await verifyArchiveFile(group, path)
  expect((await readVerified(group, path, report)).result).toBe(texts.result)

  const another = { ...texts, tallied: { ...texts.tallied, num_tallied: 1 } }
  const swapped = [...boardSteps(group, another).slice(0, -1), steps.at(-1)!]
  writeFileSync(path, archiveOf(swapped))
  await expect(readVerified(group, path, report)).rejects.toThrow('changed while it was read')
})
