import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import Certify from '../../../commands/election/certify.ts'
import PaperBatch from '../../../commands/paper/batch.ts'
import PaperEnter from '../../../commands/paper/enter.ts'
import PaperList from '../../../commands/paper/list.ts'
import PaperPrint from '../../../commands/paper/print.ts'
import PaperStrike from '../../../commands/paper/strike.ts'
import TallyRun from '../../../commands/tally/run.ts'
import Verify from '../../../commands/verify.ts'
import { closeElection } from '../../../src/election/close-election.ts'
import { readResultDocument } from '../../../src/tally/read-result.ts'
import { addCertifier } from '../../support/certifier.ts'
import { hasPoppler, pagesOf } from '../../support/pdf.ts'
import { type CommandRun, runCommand } from '../../support/run-command.ts'
import {
  chair,
  choice,
  committee,
  exportedArchive,
  group,
  ranking,
  type SmallElection,
  votedElection,
} from '../../tally/small-election.ts'
import { ingestAll, sealVote } from '../fixtures.ts'

// One election from the first paper to the certificate: two vote online, three on paper, one not at all.
let election: SmallElection
let ada: string
let ben: string
beforeAll(async () => {
  election = await votedElection({
    contests: [chair, committee],
    rights: { paperBallots: true },
    weightsMicros: new Array<number>(6).fill(1_000_000),
    votes: [
      [0, [choice(0), ranking(0, 1)]],
      [1, [choice(0), ranking(0)]],
    ],
  })
  ada = await addCertifier(election, 'Ada')
  ben = await addCertifier(election, 'Ben')
  process.env.URNA_PASSPHRASE = election.passphrase
}, 120_000)
afterAll(async () => {
  delete process.env.URNA_PASSPHRASE
  await election.close()
})

async function run(command: unknown, ...argv: string[]): Promise<CommandRun> {
  return runCommand(command, [...argv, '--file', election.path])
}

function saved(name: string, text: string): string {
  const path = join(election.folder, name)
  writeFileSync(path, text)
  return path
}

const chairTotals = (votes: readonly number[], others = '') =>
  `option,votes\nAda,${votes[0]}\nBo,${votes[1]}\nCy,${votes[2]}\n${others}`

test('whoever voted online gets no paper, and none of those named with them does', async () => {
  const refused = await run(PaperStrike, election.slug, '--voter', '1002', '--voter', '1000')
  expect(refused.status).toBe(4)
  expect(refused.stderr).toContain('Voter 1000 has voted online already')
  const { struck } = JSON.parse((await run(PaperList, election.slug, '--json')).stdout) as { struck: number }
  expect(struck).toBe(0)
})

test('the token of a voter who votes on paper casts no ballot, until the paper comes back', async () => {
  const { slug, work } = election
  expect((await run(PaperStrike, slug, '--voter', '1002', '--voter', '1003')).status).toBe(0)
  expect((await run(PaperStrike, slug, '--voter', '1002')).stdout).toContain('It is so already: 1002')
  expect((await run(PaperStrike, slug, '--voter', '1005')).status).toBe(0)
  const ballot = sealVote(election, '1005', [choice(1), ranking(1)])
  const [refused] = await ingestAll(work, [ballot], { election: slug })
  expect(refused).toMatchObject({ outcome: 'refused', code: 'votes-on-paper' })
  expect((await run(PaperStrike, slug, '--undo', '1005', '--reason', 'Paper unused')).status).toBe(0)
  const [accepted] = await ingestAll(work, [ballot], { election: slug })
  expect(accepted).toMatchObject({ outcome: 'accepted' })
  expect((await run(PaperStrike, slug, '--voter', '1004')).status).toBe(0)
})

test.skipIf(!hasPoppler)(
  'the paper says what to do, and has nothing on it by which two could be told apart',
  async () => {
    const out = join(election.folder, 'ballot.pdf')
    expect((await run(PaperPrint, election.slug, '--rotate', '1', '--out', out)).status).toBe(0)
    const text = pagesOf(out).join(' ')
    expect(text).toContain('Mark one box.')
    expect(text.indexOf('Cy')).toBeLessThan(text.indexOf('Ada'))
    expect((await run(PaperPrint, election.slug, '--rotate', '1', '--out', out)).stdout).toContain(
      'nothing was changed',
    )
  },
)

test('no paper is counted while the election is open', async () => {
  const early = await run(PaperBatch, election.slug, '--place', 'Hall', '--papers', '3')
  expect(early.status).toBe(4)
})

test('a batch is counted by two officers, neither of whom learns before what the other read', async () => {
  const { slug, work } = election
  await closeElection({ work, group }, slug)
  const waits = await run(TallyRun, slug)
  expect(waits.stderr).toContain('3 voters were struck off, and there is no batch')
  expect((await run(PaperBatch, slug, '--place', 'Hall', '--papers', '3', '--issued', '5')).status).toBe(0)
  const first = saved('first.csv', chairTotals([0, 2, 0], '(invalid),1\n'))
  const enter = (file: string, key: string, ...more: string[]) =>
    run(PaperEnter, slug, '1', file, '--key', key, ...more)
  const once = await enter(first, ada, '--contest', 'Chair', '--totals')
  expect(once.stdout).toContain('another officer enters it too')
  const again = await enter(first, ada, '--contest', 'Chair', '--totals')
  expect(again.stdout).toContain('You have entered the same before.')
  expect((await run(PaperList, slug, '--json')).stdout).not.toContain('"votes"')
  const short = await enter(saved('short.csv', chairTotals([0, 1, 0])), ben, '--contest', 'Chair', '--totals')
  expect(short.stderr).toContain('It is of 1 papers, and batch 1 has 3')
  const other = saved('other.csv', chairTotals([1, 1, 0], '(invalid),1\n'))
  const differs = await enter(other, ben, '--contest', 'Chair', '--totals')
  expect(differs.stdout).toMatch(/Ada\s+0\s+1/)
  expect(differs.stdout).toMatch(/Bo\s+2\s+1/)
  expect((await enter(first, ben, '--contest', 'Chair', '--totals')).status).toBe(4)
  expect((await run(TallyRun, slug)).stderr).toContain('was entered differently by two officers')
  const third = await enter(first, ben, '--contest', 'Chair', '--totals', '--reason', 'Looked at together')
  expect(third.stdout).toContain('is agreed')
})

test('single papers are entered from a file of ballots, and one that breaks the rules is invalid', async () => {
  const { slug } = election
  const path = saved('committee.csv', 'rank1,rank2,rank3\nEli,Di,\nEli,,\nFlo,Flo,Di\n')
  const enter = (key: string) =>
    run(PaperEnter, slug, '1', path, '--contest', 'Committee', '--format', 'csv-ranks', '--key', key)
  expect((await enter(ada)).status).toBe(0)
  const agreed = await run(
    PaperEnter,
    ...[slug, '1', path, '--contest', 'Committee', '--format', 'csv-ranks', '--key', ben, '--json'],
  )
  expect(JSON.parse(agreed.stdout)).toMatchObject({ state: 'agreed', tally: { kind: 'ballots' } })
})

test('online ballots and papers are counted together, and told apart', async () => {
  const { slug, work } = election
  expect((await run(TallyRun, slug)).status).toBe(0)
  const { contests, paper } = await readResultDocument({ work, group }, slug)
  expect(paper).toMatchObject({ struck: 3, issued: 5, papers: 3 })
  const [chairs, committees] = contests.map(({ tabulation }) => tabulation)
  expect(chairs?.rounds[0]?.votes).toEqual(['2', '3', '0'])
  expect(chairs?.statistics).toMatchObject({ valid: '5', invalid: '1' })
  expect(chairs?.ways).toEqual({
    figure: 'votes',
    online: { votes: [2, 1, 0], valid: 3, blank: 0, invalid: 0 },
    paper: { votes: [0, 2, 0], valid: 2, blank: 0, invalid: 1 },
  })
  expect(committees?.ways?.online.votes).toEqual([2, 1, 0])
  expect(committees?.ways?.paper.votes.reduce((sum, each) => sum + each, 0)).toBe(
    committees?.ways?.paper.valid,
  )
  expect((await run(PaperBatch, slug, '--place', 'Late', '--papers', '1')).status).toBe(4)
})

test('papers that nobody can account for keep a result from being certified, until an incident explains them', async () => {
  const { slug } = election
  const list = await run(PaperList, slug)
  expect(list.stdout.replace(/\s+/g, ' ')).toContain(
    '3 voters were struck off for paper, and 5 papers were issued',
  )
  const refused = await run(Certify, slug, '--key', ada)
  expect(refused.status).toBe(4)
  const { addIncident } = await import('../../../src/election/incidents.ts')
  for (const explains of ['paper-struck', 'paper-returned']) {
    await addIncident(election.work, {
      ...{ election: slug, kind: 'difference', text: 'Two papers were taken home.', explains },
      ...{ ballots: [], voters: [] },
    })
  }
  expect((await run(Certify, slug, '--key', ada, '--out', join(election.folder, 'c.json'))).status).toBe(0)
})

test('a stranger counts both again with the archive and the certificate, and neither suffices alone', async () => {
  const archive = await exportedArchive(election)
  const alone = await runCommand(Verify, [archive, '--json'])
  expect(JSON.parse(alone.stdout)).toMatchObject({ outcome: 'verified', paper: 'missing', contests: null })
  const certificate = join(election.folder, 'c.json')
  const both = await runCommand(Verify, [archive, '--certificate', certificate, '--json'])
  expect(JSON.parse(both.stdout)).toMatchObject({ paper: 'counted', contests: [{ winners: ['Bo'] }, {}] })
})
