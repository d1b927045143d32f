import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import * as ExportArchive from '../../commands/export/archive.ts'
import * as ExportBlt from '../../commands/export/blt.ts'
import * as ExportCsv from '../../commands/export/csv.ts'
import * as ExportJson from '../../commands/export/json.ts'
import * as ExportXlsx from '../../commands/export/xlsx.ts'
import * as TallyShow from '../../commands/tally/show.ts'
import { readLog } from '../../src/audit/read-log.ts'
import { closeElection } from '../../src/election/close-election.ts'
import { publishResult } from '../../src/election/publication.ts'
import { json, refused, runCommand } from '../support/run-command.ts'
import {
  chair,
  choice,
  committee,
  group,
  ranking,
  type SmallElection,
  tally,
  votedElection,
} from './small-election.ts'

let election: SmallElection
let file: string[]
beforeAll(async () => {
  election = await votedElection({
    contests: [chair, committee],
    votes: [[0, [choice(0), ranking(0, 1)]]],
  })
  vi.stubEnv('URNA_PASSPHRASE', election.passphrase)
  file = ['--file', election.path, '--officer', 'ida']
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await election?.close()
})

let outs = 0
const out = () => join(election.folder, `out-${outs++}`)
const views = async () =>
  (await election.work.read((tx) => readLog(tx, { action: 'vote-viewed' }))).map(
    ({ officer, election: of, details }) => [officer, of, details.viewed],
  )

test('before the count there is nothing to look at, and who tried is in the log', async () => {
  expect((await refused(TallyShow, election.slug, ...file)).code).toBe('result-not-found')
  await json(ExportArchive, election.slug, ...file, '--out', out())
  const refusals = await election.work.read((tx) => readLog(tx, { action: 'refused' }))
  expect(refusals.map(({ officer, details }) => [officer, details])).toEqual([
    ['ida', { deed: 'view result', code: 'result-not-found' }],
  ])
  expect(await views()).toEqual([])
})

test('whoever looks at the result before it is published is in the log, once for each command', async () => {
  await closeElection({ work: election.work, group }, election.slug)
  await tally(election)
  const seen: string[] = []
  const look = async (viewed: string, run: () => Promise<unknown>) => {
    await run()
    seen.push(viewed)
    expect(await views()).toEqual(seen.map((each) => ['ida', election.slug, each]))
  }
  const { slug } = election
  await look('result', () => json(TallyShow, slug, ...file))
  await look('result', () => runCommand(TallyShow.default, [slug, ...file]))
  await look('result', () => json(ExportJson, slug, ...file, '--out', out()))
  await look('result', () => json(ExportCsv, slug, ...file, '--out', out()))
  const workbook = out()
  await look('result', () => json(ExportXlsx, slug, ...file, '--out', workbook))
  // It is the same file once more, though the log has grown.
  await look('result', () => json(ExportXlsx, slug, ...file, '--out', workbook))
  await look('opened ballots', () => json(ExportBlt, slug, ...file, '--contest', '2', '--out', out()))
  await look('archive', () => json(ExportArchive, slug, ...file, '--out', out()))
})

test('once everybody may see it nobody is recorded for it', async () => {
  await publishResult(election.work, { election: election.slug })
  const before = await election.work.read((tx) => readLog(tx))
  for (const command of [TallyShow, ExportJson, ExportCsv, ExportXlsx, ExportArchive]) {
    const more = command === TallyShow ? [] : ['--out', out()]
    await json(command, election.slug, ...file, ...more)
  }
  expect(await election.work.read((tx) => readLog(tx))).toEqual(before)
})
