import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as candidateImport from '../../commands/candidate/import.ts'
import * as candidateList from '../../commands/candidate/list.ts'
import * as contestAdd from '../../commands/contest/add.ts'
import * as doctor from '../../commands/doctor.ts'
import * as archive from '../../commands/election/archive.ts'
import * as cancel from '../../commands/election/cancel.ts'
import * as certify from '../../commands/election/certify.ts'
import * as close from '../../commands/election/close.ts'
import * as create from '../../commands/election/create.ts'
import * as remove from '../../commands/election/delete.ts'
import * as exportConfig from '../../commands/election/export-config.ts'
import * as list from '../../commands/election/list.ts'
import * as open from '../../commands/election/open.ts'
import * as pause from '../../commands/election/pause.ts'
import * as show from '../../commands/election/show.ts'
import Init from '../../commands/init.ts'
import * as officerAdd from '../../commands/officer/add.ts'
import * as officerGenerate from '../../commands/officer/generate.ts'
import * as officerRegister from '../../commands/officer/register.ts'
import * as runoff from '../../commands/runoff/create.ts'
import * as tallyRun from '../../commands/tally/run.ts'
import TokenIssue from '../../commands/token/issue.ts'
import { addMembersTo } from '../support/election.ts'
import { json, refused, runCommand } from '../support/run-command.ts'

let folder: string
let file: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'urna-'))
  file = join(folder, 'chapter.urna')
  process.env.URNA_PASSPHRASE = 'correct horse battery'
  process.env.URNA_FILE = file
  await runCommand(Init, [file, '--organisation', 'Rail Workers'])
  await addMembersTo({ path: file, passphrase: 'correct horse battery', count: 3 })
})
afterAll(() => {
  delete process.env.URNA_PASSPHRASE
  delete process.env.URNA_FILE
  rmSync(folder, { recursive: true, force: true })
})

test('an election from its making to its end, by commands', async () => {
  expect(await json(list)).toEqual({ elections: [] })
  const made = await json(create, 'board-2026', '--title', 'Board 2026', '--zone', 'Europe/Madrid')
  expect(made).toMatchObject({ election: 'board-2026', dryRun: false, contests: [] })
  expect(await json(doctor)).toMatchObject({ ready: false, status: 'draft' })
  expect(await refused(doctor, '--strict')).toMatchObject({ status: 4, code: 'election-not-ready' })

  const chair = ['--title', 'Chair', '--method', 'majority', '--candidate', 'Ana', '--candidate', 'Bo']
  expect(await json(contestAdd, ...chair)).toMatchObject({ contest: 1, candidates: 2 })
  expect(await refused(contestAdd, ...chair)).toMatchObject({ status: 4, code: 'contest-invalid' })
  expect(await json(contestAdd, '--title', 'Committee', '--method', 'irv')).toMatchObject({ contest: 2 })

  const csv = join(folder, 'candidates.csv')
  writeFileSync(csv, 'Candidate;Partido;Born\nDina;Open;\nEmil;;31/05/1980\nFarah;;1991-07-07\n')
  const planned = await json(candidateImport, csv, '--contest', 'committee', '--dry-run')
  expect(planned).toMatchObject({ dryRun: true, added: 2 })
  expect(await refused(candidateImport, csv, '--contest', '2', '--strict')).toMatchObject({
    status: 4,
    code: 'rows-rejected',
  })
  expect(await json(candidateImport, csv, '--contest', '2')).toMatchObject({
    ...{ added: 2, changed: 0 },
    rejected: [
      { line: 3, column: 'birth_date', reason: '"31/05/1980" is no date; write it like 1980-05-31' },
    ],
  })
  expect(await json(candidateImport, csv, '--contest', '2')).toMatchObject({ added: 0, unchanged: 2 })
  expect(await refused(candidateImport, csv)).toMatchObject({ status: 3, code: 'contest-not-found' })
  expect(await json(candidateList, '--contest', 'Committee')).toMatchObject({
    contests: [
      {
        candidates: [
          { name: 'Dina', party: 'Open' },
          { name: 'Farah', birthDate: '1991-07-07' },
        ],
      },
    ],
  })

  expect(await refused(open)).toMatchObject({ status: 4, code: 'election-not-ready' })
  await runCommand(TokenIssue, ['--out', join(folder, 'tokens.csv')])
  expect(await json(doctor)).toMatchObject({ ready: true })
  expect(await json(show)).toMatchObject({
    status: 'draft',
    voters: 3,
    next: 'urna election open board-2026',
  })

  const opened = (await json(open, '--out', folder)) as { file: string; fingerprint: string }
  expect(opened).toMatchObject({ how: 'opened', file: join(folder, 'board-2026.election.json') })
  expect(JSON.parse(readFileSync(opened.file, 'utf8'))).toMatchObject({ name: 'Board 2026' })
  expect(await json(open, '--out', folder)).toEqual({ ...opened, how: 'already', warnings: [] })
  expect(await refused(contestAdd, ...chair)).toMatchObject({ status: 4, code: 'wrong-state' })
  expect(await json(pause)).toMatchObject({ changed: true })
  expect(await json(pause)).toMatchObject({ changed: false })
  expect(await json(open, '--out', folder)).toMatchObject({ how: 'reopened' })
  expect(await json(show)).toMatchObject({
    status: 'open',
    fingerprint: opened.fingerprint,
    voted: 0,
    ballots: 0,
  })

  expect(await refused(close)).toMatchObject({ status: 4, code: 'confirmation-needed' })
  expect(await refused(close, '--confirm', 'board')).toMatchObject({ status: 4, code: 'confirmation-needed' })
  expect(await json(close, '--confirm', 'board-2026')).toMatchObject({ changed: true, ballots: 0 })
  expect(await json(close)).toMatchObject({ changed: false })
  await json(officerAdd, 'Ada', '--email', 'ada@example.org', '--role', 'owner')
  const pair = (await runCommand(officerGenerate.default, ['Ada', '--out', folder, '--json'])).stdout
  const { privateFile, publicFile } = JSON.parse(pair) as Record<string, string>
  await json(officerRegister, 'Ada', publicFile!)
  const signed = ['--key', privateFile!, '--out', join(folder, 'certificate.json')]
  expect(await refused(certify, ...signed)).toMatchObject({ status: 4, code: 'wrong-state' })
  await json(tallyRun)
  expect(await json(certify, ...signed)).toMatchObject({ changed: true, signed: true })
  expect(await json(certify, ...signed)).toMatchObject({ changed: false, signed: false })
  expect(await json(archive)).toMatchObject({ changed: true })
  expect(await refused(cancel, '--confirm', 'board-2026')).toMatchObject({ status: 4, code: 'wrong-state' })
  expect(await refused(remove, '--confirm', 'board-2026')).toMatchObject({ status: 4, code: 'wrong-state' })
  expect(await refused(runoff)).toMatchObject({ status: 4, code: 'wrong-state' })
  expect(await json(list)).toMatchObject({ elections: [{ election: 'board-2026', status: 'archived' }] })
})

test('the sample file makes an election, which can be written, called off and deleted', async () => {
  const made = await json(create, '--from', 'templates/election.yaml')
  expect(made).toMatchObject({ election: 'board-2026-sample', trustees: ['Grace Mbeki', 'Hugo Brandt'] })
  const copy = join(folder, 'copy.yaml')
  expect(await json(exportConfig, 'board-2026-sample', '--out', copy)).toMatchObject({ file: copy })
  expect(await json(create, 'next-year', '--from', copy)).toMatchObject({ election: 'next-year' })
  expect(await json(create, 'third', '--from', copy, '--dry-run')).toMatchObject({ dryRun: true, uuid: null })
  expect(await refused(create, '--from', copy)).toMatchObject({ status: 5, code: 'election-exists' })
  expect(await refused(create, 'Next Year', '--from', copy)).toMatchObject({
    status: 2,
    code: 'invalid-input',
  })
  expect(await refused(show)).toMatchObject({ status: 2, code: 'election-ambiguous' })
  expect(await refused(cancel, 'next-year')).toMatchObject({ status: 4, code: 'confirmation-needed' })
  expect(await json(cancel, 'next-year', '--confirm', 'next-year')).toMatchObject({ changed: true })
  expect(await refused(remove, 'board-2026-sample')).toMatchObject({ status: 4, code: 'confirmation-needed' })
  const confirmed = ['board-2026-sample', '--confirm', 'board-2026-sample']
  expect(await json(remove, ...confirmed)).toMatchObject({ deleted: true })
})

test('a mistake in the file is told with its place, and each of several has a line of its own', async () => {
  const path = join(folder, 'wrong.yaml')
  writeFileSync(path, 'title: B\nseats: 3\ncontests:\n  - title: C\n')
  const run = await runCommand(create.default, ['--from', path])
  expect(run.status).toBe(2)
  expect(run.stderr).toContain(`${path}:2:1: seats is not known here`)
  expect(run.stderr).toContain(`${path}:4:5: contests[1].method is missing`)
  expect(run.stderr).toContain('wrong.yaml, line 2, column 1: seats is not known here')
})

test('without a terminal nothing is asked: the missing flag is named', async () => {
  expect(await refused(create)).toMatchObject({ status: 2, code: 'missing-input' })
  expect(await refused(create, '--title', 'B', '--zone', 'Madrid')).toMatchObject({
    status: 2,
    code: 'invalid-input',
    message: 'zone must be the name of a time zone, such as Europe/Madrid.',
  })
})

test('an election does not open while its public file could not be written', async () => {
  await json(create, 'blocked', '--title', 'Blocked', '--zone', 'UTC')
  await json(contestAdd, 'blocked', '--title', 'Chair', '--candidate', 'Ana', '--candidate', 'Bo')
  await runCommand(TokenIssue, ['blocked', '--out', join(folder, 'blocked-tokens.csv')])
  writeFileSync(join(folder, 'blocked.election.json'), 'of another election')
  expect(await refused(open, 'blocked', '--out', folder)).toMatchObject({ status: 5, code: 'output-exists' })
  expect(await refused(open, 'blocked', '--out', join(folder, 'none'))).toMatchObject({ status: 8 })
  expect(await json(show, 'blocked')).toMatchObject({ status: 'draft' })
  rmSync(join(folder, 'blocked.election.json'))
  expect(await json(open, 'blocked', '--out', folder)).toMatchObject({ how: 'opened' })
})

test('a contest can not have the title of another, whatever its case and accents', async () => {
  await json(create, 'titles', '--title', 'Titles', '--zone', 'UTC')
  await json(contestAdd, 'titles', '--title', 'ÉTICA')
  for (const title of ['ÉTICA', 'ética', 'E\u0301TICA']) {
    expect(await refused(contestAdd, 'titles', '--title', title)).toMatchObject({
      code: 'contest-invalid',
      message: expect.stringContaining('already'),
    })
  }
})

test('no flag is passed over: beside a file, or where the rest is asked for', async () => {
  const beside = ['--from', 'templates/election.yaml', '--status', 'active', '--dry-run']
  expect(await refused(create, ...beside)).toMatchObject({ status: 2, code: 'usage' })
  for (const [command, flag, value] of [
    [create, '--status', 'active'],
    [create, '--recast', 'refuse'],
    [contestAdd, '--method', 'irv'],
    [contestAdd, '--candidate', 'Ana'],
  ] as const) {
    expect(await refused(command, flag, value)).toMatchObject({
      code: 'invalid-input',
      message: `${flag} is given without --title.`,
    })
  }
})
