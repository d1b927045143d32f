import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readLog } from '../../src/audit/read-log.ts'
import { certifyElection } from '../../src/election/certify-election.ts'
import { findElection } from '../../src/election/find-election.ts'
import { openElection } from '../../src/election/open-election.ts'
import { publishResult } from '../../src/election/publication.ts'
import { enterResult } from '../../src/tally/enter-result.ts'
import { readEnteredFile } from '../../src/tally/entered-file.ts'
import { readResultDocument } from '../../src/tally/read-result.ts'
import { runTally } from '../../src/tally/run-tally.ts'
import { verifySource } from '../../src/tally/verify-archive.ts'
import { writeArchive } from '../../src/tally/write-archive.ts'
import { asCertifier } from '../support/certifier.ts'
import { contestDraft, draftElection } from '../support/election.ts'
import { type TemporaryUrna, temporaryUrna } from '../support/urna.ts'
import { group } from '../voting/fixtures.ts'

let urna: TemporaryUrna
beforeEach(async () => {
  urna = await temporaryUrna()
  await draftElection(deps(), {
    draft: {
      visibility: 'manual',
      contests: [
        contestDraft({ names: ['Ada', 'Bo'] }),
        contestDraft({ title: 'Budget', method: 'approval-motion', names: ['Yes', 'No'] }),
      ],
    },
  })
})
afterEach(() => urna.close())

const deps = () => ({ work: urna.work, group })

async function enter(text: string, name = 'totals.csv') {
  const path = join(urna.folder, name)
  writeFileSync(path, text)
  const entered = await enterResult(deps(), { election: undefined, file: await readEnteredFile(path) })
  await runTally(deps(), { slug: entered.election, seed: undefined })
  return entered
}

const totals = `contest,option,votes
Chair,Ada,12
Chair,Bo,25.5
Chair,(invalid),2
Budget,Yes,20
Budget,No,10
Budget,(blank),7
,(voters),50
,(voted),40
`

test('a show of hands is typed in, counted and marked as what it is', async () => {
  expect(await enter(totals)).toEqual({ election: 'board-2026', changed: true })
  const result = await readResultDocument(deps(), undefined)
  expect(result.contests.map(({ winners }) => winners)).toEqual([['Bo'], ['Yes']])
  expect(result.contests[0]?.tabulation.statistics).toMatchObject({ valid: '37.5', invalid: '2' })
  expect(result.turnout).toEqual({ voters: 50, voted: 40, units: [] })
  expect(result.enteredBy).toEqual({ officer: 'ada', at: expect.any(String) })
  expect(result.secrecy.kind).toBe('manual')
  expect(result.trustees).toEqual([])
  expect((await urna.work.read(readLog)).map(({ action }) => action)).toEqual(
    expect.arrayContaining(['result-entered', 'election-tallied']),
  )
})

test('the same figures again change nothing, others are counted anew until the result is published', async () => {
  await enter(totals)
  expect(await enter(totals)).toMatchObject({ changed: false })
  expect(await enter(totals.replace('12', '30'))).toMatchObject({ changed: true })
  expect((await readResultDocument(deps(), undefined)).contests[0]?.winners).toEqual(['Ada'])
  await publishResult(urna.work, { election: undefined })
  await expect(enter(totals)).rejects.toMatchObject({ code: 'wrong-state' })
  expect((await readResultDocument(deps(), undefined)).contests[0]?.winners).toEqual(['Ada'])
})

test('a stranger reads from the archive who typed it in, and counts it again', async () => {
  await enter(totals)
  await asCertifier(urna, (by) => certifyElection(deps(), undefined, by))
  const chunks: Uint8Array[] = []
  await urna.work.read(async (tx) =>
    writeArchive(tx, await findElection(tx, undefined), (bytes) => void chunks.push(bytes)),
  )
  const source = { name: 'an archive', open: () => chunks }
  const { report, contests } = await verifySource(group, source, { seed: undefined })
  expect(report.outcome).toBe('verified')
  expect(report.checks.map(({ sentence }) => sentence).join(' ')).toMatch(/ada typed the result in/)
  expect(contests).toHaveLength(2)
})

test('it never opens, and whoever tries is told how its result gets in', async () => {
  await expect(openElection(deps(), undefined)).rejects.toMatchObject({
    code: 'election-not-ready',
    details: { obstacles: [expect.objectContaining({ code: 'manual' })] },
  })
})

test.each([
  ['an option that is not there', totals.replace('Ada', 'Zoe'), /has no option Zoe/],
  ['a figure that is none', totals.replace('12', 'twelve'), /"twelve" is no number of votes/],
  ['a figure twice', `${totals}Chair,Ada,1\n`, /is there twice/],
  ['votes that are missing', totals.replace('Chair,Bo,25.5\n', ''), /votes of Bo in "Chair" are missing/],
  ['more who voted than may', totals.replace('40', '400'), /400 have voted of 50 who may/],
])('%s is refused, and nothing is kept', async (_, text, message) => {
  await expect(enter(text)).rejects.toThrow(message)
  expect((await urna.work.read((tx) => findElection(tx, undefined))).status).toBe('draft')
})
