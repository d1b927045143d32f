import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as candidateEdit from '../../commands/candidate/edit.ts'
import * as candidateImport from '../../commands/candidate/import.ts'
import * as candidateList from '../../commands/candidate/list.ts'
import * as contestAdd from '../../commands/contest/add.ts'
import * as contestEdit from '../../commands/contest/edit.ts'
import * as doctor from '../../commands/doctor.ts'
import * as create from '../../commands/election/create.ts'
import Init from '../../commands/init.ts'
import { systemClock } from '../../src/clock.ts'
import { readCandidatePhoto } from '../../src/election/candidate-photo.ts'
import { ballotRulesOf, readContests } from '../../src/election/contests.ts'
import { configText, exportConfig } from '../../src/election/export-config.ts'
import { findElection } from '../../src/election/find-election.ts'
import { UnitOfWork } from '../../src/store/unit-of-work.ts'
import { openUrnaFile } from '../../src/store/urna-file.ts'
import { addMembersTo } from '../support/election.ts'
import { photoFrom, picture } from '../support/pictures.ts'
import { json, refused, runCommand } from '../support/run-command.ts'

const passphrase = 'correct horse battery'
const png = await picture().ensureAlpha(0.5).png().toBuffer()

let folder: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'urna-'))
  const file = join(folder, 'chapter.urna')
  process.env.URNA_PASSPHRASE = passphrase
  process.env.URNA_FILE = file
  await runCommand(Init, [file, '--organisation', 'Rail Workers'])
  await addMembersTo({ path: file, passphrase, count: 3 })
  await json(create, 'board', '--title', 'Board', '--zone', 'Europe/Madrid')
})
afterEach(() => {
  delete process.env.URNA_PASSPHRASE
  delete process.env.URNA_FILE
  rmSync(folder, { recursive: true, force: true })
})

async function withWork<T>(use: (work: UnitOfWork) => Promise<T>): Promise<T> {
  const file = await openUrnaFile({ path: join(folder, 'chapter.urna'), passphrase })
  try {
    return await use(new UnitOfWork({ file, clock: systemClock, officer: 'test' }))
  } finally {
    await file.close()
  }
}

async function firstContest() {
  return withWork((work) =>
    work.read(async (tx) => (await readContests(tx, (await findElection(tx, 'board')).id))[0]!),
  )
}

function named(names: string): string[] {
  return names.split(' ').flatMap((name) => ['--candidate', name])
}

async function candidates() {
  const { contests } = (await json(candidateList)) as {
    contests: { candidates: { name: string; none: boolean; members: string[]; photo: string | null }[] }[]
  }
  return contests[0]!.candidates
}

test('a motion has the answers yes and no, abstains by a blank ballot, and can be said in any words', async () => {
  expect(await json(contestAdd, '--title', 'Dues', '--motion')).toMatchObject({
    method: 'approval-motion',
    candidates: 2,
  })
  expect(ballotRulesOf(await firstContest())).toEqual({
    ...{ style: 'choice', min: 1, max: 1 },
    ...{ blank: true, blankName: 'Abstain' },
  })
  await json(contestEdit, '1', '--blank-name', 'Abstención')
  await json(candidateEdit, 'Yes', '--name', 'Sí')
  const contest = await firstContest()
  expect([contest.blank_name, ...contest.options.map(({ name }) => name)]).toEqual(['Abstención', 'Sí', 'No'])
})

test('none of the above is the last on the ballot, also after candidates who come later', async () => {
  await json(contestAdd, '--title', 'Chair', ...named('Ana Bo'), '--none', 'None of the above')
  const csv = join(folder, 'more.csv')
  writeFileSync(csv, 'name\nCy\nDi\n')
  await json(candidateImport, csv)
  expect((await candidates()).map(({ name, none }) => [name, none])).toEqual([
    ['Ana', false],
    ['Bo', false],
    ['Cy', false],
    ['Di', false],
    ['None of the above', true],
  ])
  await json(candidateEdit, 'None of the above', '--name', 'Nobody')
  expect((await firstContest()).options.map(({ position, role }) => [position, role]).at(-1)).toEqual([
    5,
    'none',
  ])
  await json(contestEdit, '1', '--none', '')
  expect((await candidates()).map(({ name }) => name)).toEqual(['Ana', 'Bo', 'Cy', 'Di'])
})

test('everything a contest asks of its ballots is written to a file, and read from it again', async () => {
  const grades = ['Bad', 'Fair', 'Good'].flatMap((grade) => ['--grade', grade])
  await json(contestAdd, '--title', 'Park', '--method', 'combined-simple', ...grades, ...named('Elm Oak'))
  await json(
    contestAdd,
    '--title',
    'Chair',
    '--write-in',
    '--random-order',
    ...named('Ana'),
    '--none',
    'Nobody',
  )
  await json(contestAdd, '--title', 'Dues', '--motion')
  const text = await withWork(async (work) => configText((await exportConfig(work, 'board')).config))
  expect(text).toContain('write_in: true')
  const file = join(folder, 'board.yaml')
  writeFileSync(file, text)
  await json(create, 'again', '--from', file)
  const again = await withWork(async (work) => configText((await exportConfig(work, 'again')).config))
  expect(again.replace('slug: again', 'slug: board')).toBe(text)
})

test('exactly so many can be asked for, and what a contest can not count is found before it opens', async () => {
  await json(
    contestAdd,
    '--title',
    'Board',
    '--method',
    'approval-vote',
    '--exact',
    '2',
    ...named('Ana Bo Cy'),
  )
  expect(ballotRulesOf(await firstContest())).toMatchObject({ min: 2, max: 2 })
  await json(contestEdit, '1', '--method', 'block', '--seats', '2', '--exact', '3', '--write-in')
  const { findings } = (await json(doctor)) as { findings: { code: string; command?: string }[] }
  expect(findings.find(({ code }) => code === 'not-countable')).toBeDefined()
  await json(contestEdit, '1', '--exact', '2')
  const mended = (await json(doctor)) as { findings: { code: string }[] }
  expect(mended.findings.find(({ code }) => code === 'not-countable')).toBeUndefined()
})

test('a file can put nobody on the ballot whom the contest could not count', async () => {
  await json(contestAdd, '--title', 'Chair', '--write-in', ...named('Ana Bo'))
  const csv = join(folder, 'more.csv')
  writeFileSync(csv, 'name\nZoe (write-in)\n')
  expect(await refused(candidateImport, csv)).toMatchObject({ code: 'contest-invalid' })
  await json(contestAdd, '--title', 'Council', '--method', 'dhondt', '--seats', '3', ...named('Greens'))
  writeFileSync(csv, 'name,list\nAna,Greens\n')
  await json(candidateImport, csv, '--contest', 'Council')
  writeFileSync(csv, 'name,list\nAna,Reds\n')
  expect(await refused(candidateImport, csv, '--contest', 'Council')).toMatchObject({
    code: 'contest-invalid',
    message: expect.stringContaining('"Ana" is there twice'),
  })
})

test('candidates of a party list stand on the list that their slate names', async () => {
  await json(contestAdd, '--title', 'Council', '--method', 'dhondt', '--seats', '3', ...named('Greens'))
  const csv = join(folder, 'lists.csv')
  writeFileSync(csv, 'name,list\nAna,Greens\nCy,Reds\nBo,Greens\nCy,Reds\n')
  expect(await json(candidateImport, csv)).toMatchObject({ added: 3, unchanged: 0 })
  expect(await json(candidateImport, csv)).toMatchObject({ added: 0, unchanged: 3 })
  expect((await candidates()).map(({ name, members }) => [name, members])).toEqual([
    ['Greens', ['Ana', 'Bo']],
    ['Reds', ['Cy']],
  ])
})

describe('a photo', () => {
  test('comes with a candidate from a file, stays through other changes, and is read by its place', async () => {
    await json(contestAdd, '--title', 'Chair', ...named('Ana Bo Cy'))
    const path = join(folder, 'bo.jpg')
    writeFileSync(path, png)
    const { bytes, sha256 } = await photoFrom(png)
    expect(await json(candidateEdit, 'Bo', '--photo', path)).toMatchObject({
      changes: [{ field: 'photo', from: null, to: sha256 }],
    })
    await json(candidateEdit, 'Bo', '--name', 'Bo Lind')
    await json(contestEdit, '1', '--method', 'irv', '--none', 'Nobody')
    expect((await candidates()).map(({ photo }) => photo)).toEqual([null, sha256, null, null])
    await withWork(async (work) => {
      const photo = await readCandidatePhoto(work, { election: 'board', contest: 1, option: 2 })
      expect({ ...photo, bytes: Buffer.from(photo.bytes) }).toEqual({
        ...{ type: 'image/webp', sha256 },
        bytes: Buffer.from(bytes),
      })
      const missing = readCandidatePhoto(work, { election: 'board', contest: 1, option: 1 })
      await expect(missing).rejects.toMatchObject({ code: 'photo-not-found' })
    })
    await json(candidateEdit, 'Bo Lind', '--photo', '')
    expect((await candidates()).map(({ photo }) => photo)).toEqual([null, null, null, null])
  })

  test('stands in the CSV and in the file of an election as a path beside it', async () => {
    writeFileSync(join(folder, 'ana.png'), png)
    writeFileSync(join(folder, 'notes.txt'), 'no picture')
    const config = join(folder, 'other.yaml')
    writeFileSync(
      config,
      'title: Other\ncontests:\n  - title: Chair\n    method: plurality\n    candidates:\n      - name: Ana\n        photo: ana.png\n      - Bo\n    candidates_file: more.csv\n',
    )
    writeFileSync(join(folder, 'more.csv'), 'name,photo\nCy,ana.png\n')
    await json(create, 'other', '--from', config)
    const listed = await json(candidateList, 'other')
    const photo = expect.stringMatching(/^[0-9a-f]{64}$/)
    expect(listed).toMatchObject({ contests: [{ candidates: [{ photo }, { photo: null }, { photo }] }] })
    writeFileSync(join(folder, 'more.csv'), 'name,photo\nDi,notes.txt\nEl,missing.png\n')
    expect(await json(candidateImport, join(folder, 'more.csv'), 'other')).toMatchObject({
      added: 0,
      rejected: [
        { line: 2, column: 'photo', reason: expect.stringContaining('no JPEG, PNG or WebP') },
        { line: 3, column: 'photo', reason: expect.stringContaining('is not there') },
      ],
    })
  })
})
