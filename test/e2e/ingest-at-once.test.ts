import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { z } from 'zod'
import type { output } from '../../commands/ballot/ingest.ts'
import { expectSoundBox } from '../support/box-check.ts'
import { startUrna } from '../support/urna-process.ts'
import { group, type Opened, openedElection, sealVote } from '../voting/fixtures.ts'

const atOnce = process.env.URNA_SLOW === '1' ? 50 : 5

let box: Opened
afterEach(() => box.close())

type Report = z.infer<typeof output>

/** The report, also of a run in which ballots were refused. */
async function ingest(...sources: string[]): Promise<Report> {
  const { stdout, stderr } = await startUrna(['ballot', 'ingest', ...sources, '--json'], box).finished
  if (stdout === '') throw new Error(stderr)
  const result = JSON.parse(stdout) as Report | { error: { code: string; details: Report } }
  if (!('error' in result)) return result
  expect(result.error.code).toBe('ballots-refused')
  return result.error.details
}

function sum(reports: readonly Report[], count: 'accepted' | 'already' | 'refused' | 'recast'): number {
  return reports.reduce((total, report) => total + report[count], 0)
}

test('two urnas that ingest the same folder count every right once', { timeout: 120_000 }, async () => {
  box = await openedElection({ voters: 100, contests: 'committee', recast: 'refuse' })
  const folder = join(box.folder, 'ballots')
  mkdirSync(folder)
  for (const number of box.tokens.keys()) {
    writeFileSync(join(folder, `${number}.json`), sealVote(box, number))
  }
  const reports = await Promise.all([ingest(folder), ingest(folder)])
  expect(sum(reports, 'accepted')).toBe(100)
  expect(sum(reports, 'already')).toBe(100)
  expect(await expectSoundBox(box.work, group)).toHaveLength(100)
})

test(`of ${atOnce} ballots at once with one token one gets in`, { timeout: 300_000 }, async () => {
  box = await openedElection({ voters: 1, contests: 'committee', recast: 'refuse' })
  const files = Array.from({ length: atOnce }, (_, index) => {
    const file = join(box.folder, `${index}.json`)
    writeFileSync(file, sealVote(box, '1001'))
    return file
  })
  const reports = await Promise.all(files.map((file) => ingest(file)))
  expect(sum(reports, 'accepted')).toBe(1)
  expect(sum(reports, 'refused')).toBe(atOnce - 1)
  expect(new Set(reports.flatMap(({ refusals }) => refusals.map(({ code }) => code)))).toEqual(
    new Set(['recast-not-allowed']),
  )
  expect(await expectSoundBox(box.work, group)).toHaveLength(1)
})

test(`of ${atOnce} recasts at once with one token all are kept and one counts`, {
  timeout: 300_000,
}, async () => {
  box = await openedElection({ voters: 1, contests: 'committee' })
  const files = Array.from({ length: atOnce }, (_, index) => {
    const file = join(box.folder, `${index}.json`)
    writeFileSync(file, sealVote(box, '1001'))
    return file
  })
  const reports = await Promise.all(files.map((file) => ingest(file)))
  expect(sum(reports, 'accepted')).toBe(atOnce)
  expect(sum(reports, 'recast')).toBe(atOnce - 1)
  expect(await expectSoundBox(box.work, group)).toHaveLength(atOnce)
})
