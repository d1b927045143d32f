import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import TallyShow from '../../commands/tally/show.ts'
import Verify from '../../commands/verify.ts'
import { vectorsFolder } from '../support/corpus.ts'
import { runCommand } from '../support/run-command.ts'
import {
  chair,
  choice,
  closedElection,
  contestOf,
  exportedArchive,
  ranking,
  type SmallElection,
  talliedElection,
} from './small-election.ts'

const committee = contestOf('Committee', 'stv-scottish', ['Di', 'Eli', 'Flo', 'Gus'], { seats: 2 })
const orders = [
  ranking(0, 1, 2),
  ranking(0, 1),
  ranking(0, 2),
  ranking(0, 2),
  ranking(1),
  ranking(2, 1),
  ranking(3, 2),
]
const votes = orders.map((order, voter) => [voter, [choice(voter % 2), order]] as const)
const weightsMicros = orders.map(() => 1_000_000)

let election: SmallElection
let archive: string
beforeAll(async () => {
  election = await talliedElection({
    contests: [chair, committee],
    trustees: ['Ruth', 'Sam'],
    weightsMicros,
    votes,
  })
  archive = await exportedArchive(election)
  process.env.URNA_PASSPHRASE = election.passphrase
})
afterAll(async () => {
  delete process.env.URNA_PASSPHRASE
  await election.close()
})

/** What is drawn by chance, so that the rest can be compared. */
function masked(text: string): string {
  return text
    .replaceAll(election.uuid, 'UUID'.padEnd(14, '.'))
    .replace(/[0-9a-f]{64}/g, 'HASH')
    .replace(/[A-Za-z0-9+/]{43}/g, 'FINGERPRINT')
}

test('a layman reads what was checked, and who won', async () => {
  const run = await runCommand(Verify, [archive])
  expect(run.status).toBe(0)
  await expect(masked(run.stdout)).toMatchFileSnapshot('../golden/verify.txt')
  expect(Math.max(...run.stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80)
})

test('a scrutineer follows the count round by round', async () => {
  const run = await runCommand(TallyShow, ['--file', election.path])
  expect(run.status).toBe(0)
  await expect(run.stdout).toMatchFileSnapshot('../golden/tally-show.txt')
  expect(Math.max(...run.stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80)
})

test('a narrow terminal shows the same without a line beyond its edge', async () => {
  const columns = Object.getOwnPropertyDescriptor(process.stdout, 'columns')
  Object.defineProperty(process.stdout, 'columns', { value: 46, configurable: true })
  try {
    for (const [command, argv] of [
      [TallyShow, ['--file', election.path]],
      [Verify, [archive]],
    ] as const) {
      const { stdout } = await runCommand(command, argv)
      const long = stdout.split('\n').filter((line) => line.length > 46 && !/^\s*[\w+/]{43,64}$/.test(line))
      expect(long).toEqual([])
    }
  } finally {
    if (columns === undefined) Reflect.deleteProperty(process.stdout, 'columns')
    else Object.defineProperty(process.stdout, 'columns', columns)
  }
})

test('a program reads the same, with the count', async () => {
  const run = await runCommand(Verify, [archive, '--json', '--complete'])
  const report = JSON.parse(run.stdout)
  expect(report).toMatchObject({
    outcome: 'verified',
    complete: true,
    ballots: 7,
    voters: 7,
    questions: null,
  })
  expect(report.contests.map(({ winners }: { winners: string[] }) => winners)).toEqual([
    ['Ada'],
    ['Di', 'Flo'],
  ])
})

describe('an archive that is verified again', () => {
  test('is checked from where the file says it was verified, and the file goes along', async () => {
    const since = join(election.folder, 'verified.json')
    const early = join(election.folder, 'early.bel')
    const text = readFileSync(archive, 'latin1')
    const end = text.indexOf('.event.json', text.indexOf('"type":"Ballot"') + 1)
    writeFileSync(early, Buffer.from(text.slice(0, end - 64 + 1024), 'latin1'))
    const first = await runCommand(Verify, [early, '--since', since])
    expect(first).toMatchObject({ status: 0 })
    expect(first.stdout).not.toContain('verified before')
    const { head, bytes } = JSON.parse(readFileSync(since, 'utf8'))
    expect(head.height).toBe(2)
    const again = await runCommand(Verify, [archive, '--since', since])
    expect(again.status).toBe(0)
    expect(again.stdout).toContain('· Up to event 2 everything was verified before')
    expect(JSON.parse(readFileSync(since, 'utf8')).bytes).toBeGreaterThan(bytes)
    expect((await runCommand(Verify, [archive, '--since', since])).status).toBe(0)
    const shrunk = await runCommand(Verify, [early, '--since', since])
    expect(shrunk.status).toBe(6)
    expect(shrunk.stderr).toContain('not-what-was-verified-before')
    expect(JSON.parse(readFileSync(since, 'utf8')).bytes).toBe(text.length)
  })

  test('is not overwritten where its name stands in the place of that of the file', async () => {
    const before = readFileSync(archive)
    const { status, stderr } = await runCommand(Verify, [archive, '--since', archive])
    expect(status).toBe(2)
    expect(stderr).toContain('does not say what was verified before')
    expect(readFileSync(archive).equals(before)).toBe(true)
  })
})

describe('an archive that does not hold', () => {
  test('is refused with the place', async () => {
    const text = readFileSync(archive, 'latin1')
    const at = text.lastIndexOf('"result":[[')
    const broken = join(election.folder, 'broken.bel')
    writeFileSync(broken, Buffer.from(`${text.slice(0, at + 13)}9${text.slice(at + 14)}`, 'latin1'))
    const run = await runCommand(Verify, [broken])
    expect(run.status).toBe(6)
    expect(run.stdout).toContain('✗ DOES NOT HOLD')
    expect(run.stdout).toContain('This archive does not verify.')
    expect(run.stdout).not.toContain('Result')
    expect(run.stderr).toMatch(/content-differs-from-name.*event \d+, file [0-9a-f]{64}\.data\.json/)
    const json = JSON.parse((await runCommand(Verify, [broken, '--json'])).stdout)
    expect(json.error).toMatchObject({
      code: 'verification-failed',
      details: { reason: 'content-differs-from-name' },
    })
  })

  test('or is not there is told apart by the exit status', async () => {
    expect((await runCommand(Verify, [join(election.folder, 'none.bel')])).status).toBe(3)
  })
})

test('an election that is not over verifies as far as it is, and fails where the result is wanted', async () => {
  const votes = [0, 1].map((option) => [0, [choice(option)]] as const)
  const closed = await closedElection({ contests: [chair], votes })
  try {
    const early = await exportedArchive(closed)
    const run = await runCommand(Verify, [early])
    expect(run.status).toBe(0)
    expect(run.stdout).toContain('The box is closed and nothing is opened.')
    expect(run.stdout).toContain('· Not reached: The published result')
    expect(run.stdout).toContain('1 ballot was replaced by a later one of the same token.')
    expect((await runCommand(Verify, [early, '--complete'])).status).toBe(6)
  } finally {
    await closed.close()
  }
})

test('a tie that a lot decided comes out the same for whoever knows the seed', async () => {
  const tied = await talliedElection(
    {
      contests: [chair],
      votes: [
        [0, [choice(0)]],
        [1, [choice(1)]],
      ],
    },
    'published',
  )
  try {
    const file = await exportedArchive(tied)
    const winnersWith = async (...argv: string[]) =>
      JSON.parse((await runCommand(Verify, [file, '--json', ...argv])).stdout).contests[0].winners
    expect(await winnersWith()).toEqual([])
    const published = JSON.parse((await runCommand(TallyShow, ['--file', tied.path, '--json'])).stdout)
    expect(await winnersWith('--seed', 'published')).toEqual(published.contests[0].winners)
  } finally {
    await tied.close()
  }
})

const vectors = vectorsFolder()
describe.skipIf(vectors === undefined)('an archive of other software', () => {
  test('is verified, and its totals told, though it does not say how it is counted', async () => {
    const run = await runCommand(Verify, [join(vectors!, 'control.bel')])
    expect(run.status).toBe(0)
    expect(run.stdout).toContain('What was opened')
  })

  test.each(['forged-signature', 'forged-proof-1000-votes'])('is refused where it is %s', async (name) => {
    const run = await runCommand(Verify, [join(vectors!, `${name}.bel`)])
    expect(run.status).toBe(6)
  })
})
