import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as candidateEdit from '../../commands/candidate/edit.ts'
import * as candidateList from '../../commands/candidate/list.ts'
import * as candidateRemove from '../../commands/candidate/remove.ts'
import * as contestAdd from '../../commands/contest/add.ts'
import * as contestEdit from '../../commands/contest/edit.ts'
import * as contestRemove from '../../commands/contest/remove.ts'
import * as doctor from '../../commands/doctor.ts'
import * as create from '../../commands/election/create.ts'
import * as edit from '../../commands/election/edit.ts'
import * as open from '../../commands/election/open.ts'
import * as show from '../../commands/election/show.ts'
import Init from '../../commands/init.ts'
import * as tokenIssue from '../../commands/token/issue.ts'
import { addMembersTo } from '../support/election.ts'
import { json, refused, runCommand } from '../support/run-command.ts'

let folder: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'urna-'))
  const file = join(folder, 'chapter.urna')
  process.env.URNA_PASSPHRASE = 'correct horse battery'
  process.env.URNA_FILE = file
  await runCommand(Init, [file, '--organisation', 'Rail Workers'])
  await addMembersTo({ path: file, passphrase: 'correct horse battery', count: 3 })
  const times = ['--opens', '2026-12-01 09:00', '--closes', '2026-12-04 18:00']
  await json(create, 'board-2026', '--title', 'Board 2026', '--zone', 'Europe/Madrid', ...times)
  const names = ['--candidate', 'Ana', '--candidate', 'Bo', '--candidate', 'Cy']
  await json(contestAdd, '--title', 'Chair', '--method', 'majority', ...names)
  await json(contestAdd, '--title', 'Order', '--method', 'irv', '--candidate', 'Bo', '--candidate', 'Di')
})
afterEach(() => {
  delete process.env.URNA_PASSPHRASE
  delete process.env.URNA_FILE
  rmSync(folder, { recursive: true, force: true })
})

async function candidatesOf(contest: string): Promise<string[]> {
  const found = (await json(candidateList, '--contest', contest)) as {
    contests: { candidates: { name: string }[] }[]
  }
  return found.contests[0]!.candidates.map(({ name }) => name)
}

test('a draft is described anew, and what it was is said', async () => {
  expect(await json(edit, '--title', 'Board', '--recast', 'refuse')).toEqual({
    ...{ election: 'board-2026', dryRun: false, eligibilityChanged: false },
    changes: [
      { field: 'title', from: 'Board 2026', to: 'Board' },
      { field: 'recast', from: 'last-counts', to: 'refuse' },
    ],
  })
  expect(await json(edit, '--title', 'Board')).toMatchObject({ changes: [] })
})

test('announced times stay as they are written when the zone changes', async () => {
  const { changes } = (await json(edit, '--zone', 'Europe/Lisbon', '--dry-run')) as { changes: unknown[] }
  expect(changes).toEqual([
    { field: 'zone', from: 'Europe/Madrid', to: 'Europe/Lisbon' },
    { field: 'opensAt', from: '2026-12-01T08:00:00.000Z', to: '2026-12-01T09:00:00.000Z' },
    { field: 'closesAt', from: '2026-12-04T17:00:00.000Z', to: '2026-12-04T18:00:00.000Z' },
  ])
  expect(await json(show)).toMatchObject({ zone: 'Europe/Madrid' })
  const said = await runCommand(edit.default, ['--zone', 'Europe/Lisbon'])
  expect(said.stdout).toContain(
    'opens at: 2026-12-01 09:00 (Europe/Madrid) → 2026-12-01 09:00 (Europe/Lisbon)',
  )
  expect(await json(edit, '--opens', 'none')).toMatchObject({
    changes: [{ field: 'opensAt', from: '2026-12-01T09:00:00.000Z', to: null }],
  })
})

test('an election that would close before it opens is refused', async () => {
  expect(await refused(edit, '--closes', '2026-11-30 18:00')).toMatchObject({
    ...{ status: 2, code: 'invalid-input' },
    message: expect.stringContaining('closes'),
  })
})

test('when others may vote, the tokens that are missing are named', async () => {
  await json(tokenIssue, '--out', join(folder, 'tokens.csv'))
  expect(await json(edit, '--status', 'honorary')).toMatchObject({
    eligibilityChanged: true,
    changes: [{ field: 'statuses', to: ['honorary'] }],
  })
  expect(await json(doctor)).toMatchObject({ ready: false })
  await json(edit, '--everybody')
  expect(await json(show)).toMatchObject({ voters: 3 })
})

test('a contest is changed in its place, with its candidates', async () => {
  expect(await json(contestEdit, 'chair', '--title', 'Chairperson', '--threshold', 'at least 60%')).toEqual({
    ...{ election: 'board-2026', contest: 1, title: 'Chairperson', dryRun: false },
    changes: [
      { field: 'title', from: 'Chair', to: 'Chairperson' },
      { field: 'threshold', from: 'more than 1/2', to: 'at least 60%' },
    ],
  })
  expect(await candidatesOf('1')).toEqual(['Ana', 'Bo', 'Cy'])
  expect(await json(contestEdit, '1', '--method', 'stv-scottish', '--seats', '2')).toMatchObject({
    title: 'Chairperson',
  })
  expect(await refused(contestEdit, '1', '--title', 'order')).toMatchObject({
    ...{ status: 4, code: 'contest-invalid' },
  })
})

test('a contest that is only looked at stays as it is', async () => {
  expect(await json(contestEdit, '2', '--title', 'Sequence', '--dry-run')).toMatchObject({
    changes: [{ field: 'title', from: 'Order', to: 'Sequence' }],
  })
  expect(await refused(candidateList, '--contest', 'Sequence')).toMatchObject({ status: 3 })
})

test('a contest is removed, and those behind it move up', async () => {
  expect(await json(contestRemove, 'Chair')).toEqual({
    ...{ election: 'board-2026', title: 'Chair', candidates: 3, left: ['Order'] },
  })
  expect(await candidatesOf('1')).toEqual(['Bo', 'Di'])
})

test('a candidate keeps the place on the ballot under another name', async () => {
  expect(await json(candidateEdit, 'ana', '--name', 'Ana Duarte', '--party', 'Open')).toEqual({
    ...{ election: 'board-2026', contest: 'Chair', name: 'Ana Duarte' },
    changes: [
      { field: 'name', from: 'Ana', to: 'Ana Duarte' },
      { field: 'party', from: null, to: 'Open' },
    ],
  })
  expect(await candidatesOf('Chair')).toEqual(['Ana Duarte', 'Bo', 'Cy'])
  expect(await json(candidateEdit, 'Ana Duarte', '--party', '')).toMatchObject({
    changes: [{ field: 'party', from: 'Open', to: null }],
  })
})

test('a name that is in two contests needs the contest, and a misspelt one gets the nearest', async () => {
  expect(await refused(candidateRemove, 'Bo')).toMatchObject({
    status: 2,
    message: expect.stringContaining('Chair'),
  })
  expect(await json(candidateRemove, 'Bo', '--contest', 'Chair')).toMatchObject({ contest: 'Chair', left: 2 })
  expect(await candidatesOf('Chair')).toEqual(['Ana', 'Cy'])
  expect(await candidatesOf('Order')).toEqual(['Bo', 'Di'])
  expect(await refused(candidateEdit, 'Anna', '--name', 'X')).toMatchObject({
    ...{ status: 3, code: 'candidate-not-found' },
    hint: expect.stringContaining('Ana'),
  })
})

test('once it is open nothing of it is changed', async () => {
  await json(tokenIssue, '--out', join(folder, 'tokens.csv'))
  await json(open, '--out', folder)
  for (const attempt of [
    () => refused(edit, '--title', 'Other'),
    () => refused(contestEdit, '1', '--title', 'Other'),
    () => refused(contestRemove, '1'),
    () => refused(candidateEdit, 'Ana', '--name', 'Other'),
    () => refused(candidateRemove, 'Ana'),
  ]) {
    expect(await attempt()).toMatchObject({ status: 4, code: 'wrong-state' })
  }
})
