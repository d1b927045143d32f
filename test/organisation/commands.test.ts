import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import AuditShow from '../../commands/audit/show.ts'
import * as electionCreate from '../../commands/election/create.ts'
import * as electionList from '../../commands/election/list.ts'
import Init from '../../commands/init.ts'
import * as keyCreate from '../../commands/key/create.ts'
import * as keyList from '../../commands/key/list.ts'
import * as keyRevoke from '../../commands/key/revoke.ts'
import * as officerAdd from '../../commands/officer/add.ts'
import * as officerEdit from '../../commands/officer/edit.ts'
import * as officerList from '../../commands/officer/list.ts'
import * as officerRemove from '../../commands/officer/remove.ts'
import * as organisationAdd from '../../commands/organisation/add.ts'
import * as organisationEdit from '../../commands/organisation/edit.ts'
import * as organisationList from '../../commands/organisation/list.ts'
import * as voterImport from '../../commands/voter/import.ts'
import * as voterList from '../../commands/voter/list.ts'
import { systemClock } from '../../src/clock.ts'
import { authenticateKey } from '../../src/organisation/authenticate.ts'
import type { Actor } from '../../src/organisation/roles.ts'
import { UnitOfWork } from '../../src/store/unit-of-work.ts'
import { openUrnaFile } from '../../src/store/urna-file.ts'
import { json, refused, runCommand } from '../support/run-command.ts'

const passphrase = 'correct horse battery'
let folder: string
let file: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'urna-'))
  file = join(folder, 'union.urna')
  process.env.URNA_PASSPHRASE = passphrase
  process.env.URNA_FILE = file
  await runCommand(Init, [file, '--organisation', 'Rail Workers'])
})
afterAll(() => {
  delete process.env.URNA_PASSPHRASE
  delete process.env.URNA_FILE
  rmSync(folder, { recursive: true, force: true })
})

async function actorOf(key: string): Promise<Actor | undefined> {
  const urna = await openUrnaFile({ path: file, passphrase })
  const work = new UnitOfWork({ file: urna, clock: systemClock, officer: 'server' })
  try {
    return await authenticateKey(work, key, new Date())
  } finally {
    await urna.close()
  }
}

const grace = ['Grace Hopper', '--email', 'Grace@Example.org', '--role', 'admin']

test('officers are added, changed, listed and removed; what is done already is said', async () => {
  expect(await json(officerAdd, ...grace)).toEqual({
    ...{
      organisation: 'rail-workers',
      name: 'Grace Hopper',
      email: 'grace@example.org',
      role: 'admin',
      unit: null,
    },
  })
  expect(await refused(officerAdd, ...grace)).toMatchObject({ status: 5, code: 'officer-exists' })
  const wrong = ['X', '--email', 'no address', '--role', 'admin']
  expect(await refused(officerAdd, ...wrong)).toMatchObject({ status: 2, code: 'officer-invalid' })
  expect(await refused(officerAdd, 'X', '--email', 'x@y.org', '--role', 'king')).toMatchObject({ status: 2 })

  const edited = await json(officerEdit, 'grace hopper', '--role', 'owner')
  expect(edited).toMatchObject({ role: 'owner', changes: [{ field: 'role', from: 'admin', to: 'owner' }] })
  expect(await json(officerEdit, 'grace@example.org', '--role', 'owner')).toMatchObject({ changes: [] })
  expect(await refused(officerEdit, 'nobody', '--role', 'owner')).toMatchObject({ status: 3 })

  const namesake = ['Grace Hopper', '--email', 'other@example.org', '--role', 'observer']
  await json(officerAdd, ...namesake)
  expect(await refused(officerEdit, 'Grace Hopper', '--name', 'X')).toMatchObject({
    ...{ status: 2, code: 'officer-ambiguous' },
    hint: expect.stringContaining('other@example.org'),
  })
  expect(await json(officerRemove, 'other@example.org')).toMatchObject({ changed: true, revokedKeys: 0 })
  expect(await json(officerRemove, 'other@example.org')).toMatchObject({ changed: false })
  expect(await json(officerList)).toMatchObject({
    officers: [
      { email: 'grace@example.org', removedAt: null },
      { email: 'other@example.org', removedAt: expect.any(String) },
    ],
  })
})

test('a key is printed once, alone on standard output, and never again', async () => {
  const made = await runCommand(keyCreate.default, [
    ...['grace@example.org', '--scope', 'election:read', '--scope', 'turnout:read', '--expires', '7d'],
  ])
  const key = made.stdout.trim()
  expect(made.stdout).toMatch(/^urna_[a-z2-7]{48}\n$/)
  expect(made.stderr).not.toContain(key)
  const handle = key.slice(5, 13)
  expect((await actorOf(key))?.scopes).toEqual(['election:read', 'turnout:read'])
  expect(await json(keyList)).toMatchObject({
    keys: [{ handle, officer: 'Grace Hopper', state: 'good', usedAt: expect.any(String), dryRun: false }],
  })

  // The whole key in the place of its name is neither taken nor repeated.
  const pasted = await runCommand(keyRevoke.default, [key])
  expect(pasted.status).toBe(3)
  expect(await json(keyRevoke, handle)).toMatchObject({ handle, changed: true })
  expect(await json(keyRevoke, `urna_${handle}`)).toMatchObject({ changed: false })
  expect(await actorOf(key)).toBeUndefined()

  const shown = [
    pasted,
    await runCommand(keyList.default, []),
    await runCommand(AuditShow, ['--json']),
    await runCommand(officerList.default, ['--json']),
  ]
  const secret = key.slice(13)
  for (const { stdout, stderr } of shown) expect(stdout + stderr).not.toContain(secret)
  for (const name of globSync('union.urna*', { cwd: folder })) {
    expect(readFileSync(join(folder, name)).includes(Buffer.from(secret)), name).toBe(false)
  }
  expect(shown[2]!.stdout).toContain('key-revoked')
})

test('a key says what it can not be made for', async () => {
  const make = (...argv: string[]) => refused(keyCreate, 'grace@example.org', ...argv)
  expect(await make('--scope', 'everything')).toMatchObject({ status: 4, code: 'key-not-possible' })
  expect(await make('--scope', 'all', '--expires', 'soon')).toMatchObject({ status: 2 })
  expect(await make('--scope', 'all', '--expires', '400d')).toMatchObject({ code: 'key-not-possible' })
  expect(await make()).toMatchObject({ status: 2, code: 'usage' })
  const trying = (await json(keyCreate, 'grace@example.org', '--scope', 'all', '--dry-run-only')) as {
    key: string
  }
  expect((await actorOf(trying.key))?.dryRun).toBe(true)
})

test('two organisations in one file have members, elections and officers of their own', async () => {
  const csv = join(folder, 'members.csv')
  writeFileSync(csv, 'number,name\n1,Zoe\n2,Yan\n')
  expect(await json(voterImport, csv, '--yes')).toMatchObject({ applied: true })
  const added = await json(
    organisationAdd,
    'Harbour Rowing Club',
    '--slug',
    'rowing',
    '--host',
    'vote.rowing.org',
  )
  expect(added).toEqual({
    ...{ organisation: 'rowing', name: 'Harbour Rowing Club', hosts: ['vote.rowing.org'] },
  })
  expect(await refused(voterImport, csv, '--yes')).toMatchObject({
    ...{ status: 2, code: 'organisation-ambiguous' },
    hint: 'Say which with --organisation: rail-workers, rowing',
  })
  const into = ['--organisation', 'rowing']
  expect(await json(voterImport, csv, '--yes', ...into)).toMatchObject({ new: 2, changed: 0 })
  expect(await json(voterList, ...into)).toMatchObject({ total: 2, election: null })
  expect(await refused(voterList)).toMatchObject({ code: 'organisation-ambiguous' })

  const board = ['--title', 'Board', '--zone', 'UTC']
  expect(await refused(electionCreate, 'board', ...board)).toMatchObject({ code: 'organisation-ambiguous' })
  expect(await json(electionCreate, 'board', ...board, ...into)).toMatchObject({ election: 'board' })
  expect(await json(electionList, ...into)).toMatchObject({ elections: [{ election: 'board' }] })
  expect(await json(electionList, '--organisation', 'rail-workers')).toEqual({ elections: [] })
  expect(await json(voterList, '--election', 'board')).toMatchObject({ total: 2, election: 'board' })

  expect(await refused(officerAdd, ...grace)).toMatchObject({ code: 'organisation-ambiguous' })
  expect(await json(officerAdd, ...grace, ...into)).toMatchObject({ organisation: 'rowing', role: 'admin' })
  expect(await json(organisationEdit, 'rowing', '--name', 'Rowing Club')).toMatchObject({
    changes: [{ field: 'name', from: 'Harbour Rowing Club', to: 'Rowing Club' }],
  })
  expect(await json(organisationList)).toMatchObject({
    organisations: [
      { organisation: 'rail-workers', members: 2, elections: 0, officers: 1 },
      { organisation: 'rowing', members: 2, elections: 1, officers: 1, hosts: ['vote.rowing.org'] },
    ],
  })
})

test('what a person reads names the next command', async () => {
  const runs = [
    await runCommand(organisationList.default, []),
    await runCommand(organisationEdit.default, ['rowing', '--remove-host', 'vote.rowing.org']),
    await runCommand(officerList.default, ['--organisation', 'rowing']),
    await runCommand(keyList.default, ['--organisation', 'rowing']),
  ]
  expect(runs.map(({ status }) => status)).toEqual([0, 0, 0, 0])
  for (const { stderr } of runs) expect(stderr).toContain('Next: urna ')
  expect(runs[1]!.stdout).toContain('hosts: vote.rowing.org → none')
  expect(runs[3]!.stdout).toContain('There is no key yet.')
})
