import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readLog } from '../../src/audit/read-log.ts'
import { createElection } from '../../src/election/create-election.ts'
import { listElections } from '../../src/election/list-elections.ts'
import { openElection } from '../../src/election/open-election.ts'
import { addOrganisation } from '../../src/organisation/add-organisation.ts'
import { editOrganisation } from '../../src/organisation/edit-organisation.ts'
import { readHostDirectory } from '../../src/organisation/host-directory.ts'
import { listOrganisations } from '../../src/organisation/list-organisations.ts'
import { correctRoll } from '../../src/register/correct-roll.ts'
import { importMembers } from '../../src/register/import-members.ts'
import { listPeople } from '../../src/register/list-people.ts'
import { showRoll } from '../../src/register/show-roll.ts'
import { issueTokens } from '../../src/voting/issue-tokens.ts'
import { source } from '../register/import-harness.ts'
import { electionDraft } from '../support/election.ts'
import { type TemporaryUrna, temporaryUrna } from '../support/urna.ts'
import { group } from '../voting/fixtures.ts'

let urna: TemporaryUrna
beforeEach(async () => {
  urna = await temporaryUrna({ organisation: 'Rail Workers' })
  await addOrganisation(urna.work, { name: 'Harbour Rowing Club', slug: 'rowing' })
})
afterEach(() => urna.close())

async function importInto(organisation: string | undefined, csv: string) {
  return importMembers(urna.work, {
    ...{ source: source(csv), organisation, mode: 'apply', strict: false },
    ...{ onBytes: () => {}, onRejected: () => {} },
  })
}

const railway =
  'number,name,status,dni\n1,Ana,active,11111111H\n2,Bo,retired,22222222J\n3,Cy,active,33333333P\n'
const rowing = 'number,name,status,dni\n1,Zoe,active,11111111H\n2,Yan,active,44444444A\n'

test('the same member numbers and national ids in two organisations are different people', async () => {
  expect((await importInto('rail-workers', railway)).counts).toMatchObject({ new: 3, rejected: 0 })
  const second = await importInto('rowing', rowing)
  expect(second.counts).toMatchObject({ new: 2, changed: 0, rejected: 0 })
  expect(second.absent).toBe(0)
  expect((await importInto('rail-workers', railway)).counts).toMatchObject({ unchanged: 3 })

  const namesOf = async (organisation: string) =>
    (
      await listPeople(urna.work, { election: undefined, organisation, search: undefined, limit: 9 })
    ).people.map(({ name }) => name)
  expect(await namesOf('rail-workers')).toEqual(['Ana', 'Bo', 'Cy'])
  expect(await namesOf('rowing')).toEqual(['Zoe', 'Yan'])
  // The same id is not to be recognised across organisations.
  const hashes = await urna.work.read(({ db }) =>
    db.selectFrom('member').select('national_id_hash').where('number', '=', '1').execute(),
  )
  const [one, other] = hashes.map((row) => Buffer.from(row.national_id_hash!).toString('hex'))
  expect(one).not.toBe(other)
})

test.each([
  ['with a filter', { statuses: ['active'] }, ['1', '3']],
  ['without one', {}, ['1', '2', '3']],
])('an election has the members of its own organisation on its roll, %s', async (_, eligibility, numbers) => {
  await importInto('rail-workers', railway)
  await importInto('rowing', rowing)
  const deps = { work: urna.work, group }
  await createElection(deps, electionDraft({ slug: 'rail', eligibility }), 'rail-workers')
  await createElection(deps, electionDraft({ slug: 'row', eligibility }), 'rowing')
  const rollOf = async (election: string) =>
    (await listPeople(urna.work, { election, search: undefined, limit: 9 })).people.map((p) => p.number)
  expect(await rollOf('rail')).toEqual(numbers)
  expect(await rollOf('row')).toEqual(['1', '2'])
  expect((await showRoll(urna.work, 'row')).size).toBe(2)
  const slugs = async (organisation?: string) =>
    (await listElections(urna.work, organisation)).map(({ election }) => election.slug)
  expect(await slugs('rowing')).toEqual(['row'])
  expect(await slugs()).toEqual(['row', 'rail'])
})

test('what is opened and corrected is of its own organisation', async () => {
  await importInto('rowing', rowing)
  const deps = { work: urna.work, group }
  await createElection(deps, electionDraft({ slug: 'row' }), 'rowing')
  const out = join(urna.folder, 'tokens.csv')
  await issueTokens(deps, { election: 'row', out, reserve: 1, expires: undefined })
  const { sealedJson } = await openElection(deps, 'row')
  expect(JSON.parse(sealedJson).administrator).toBe('Harbour Rowing Club')
  expect(readFileSync(out, 'utf8')).toContain('Zoe')
  // Number 3 is a railway worker: to the rowers nobody.
  await importInto('rail-workers', railway)
  const add = () =>
    correctRoll(urna.work, { election: 'row', kind: 'add', number: '3', reason: 'joined late' })
  await expect(add()).rejects.toMatchObject({ code: 'member-not-found' })
  await importInto('rowing', 'number,name\n3,Xia\n')
  expect(await add()).toMatchObject({ name: 'Xia' })
})

test('where there are several, what does not say which is refused with their names, and the named is taken', async () => {
  await expect(importInto(undefined, railway)).rejects.toMatchObject({
    code: 'organisation-ambiguous',
    hint: 'Say which with --organisation: rail-workers, rowing',
  })
  await expect(importInto('rugby', railway)).rejects.toMatchObject({ code: 'organisation-not-found' })
  const unnamed = createElection({ work: urna.work, group }, electionDraft())
  await expect(unnamed).rejects.toMatchObject({ code: 'organisation-ambiguous' })
})

test('the short name of an election is taken by one organisation alone', async () => {
  const deps = { work: urna.work, group }
  await createElection(deps, electionDraft(), 'rowing')
  const second = createElection(deps, electionDraft(), 'rail-workers')
  await expect(second).rejects.toMatchObject({ code: 'election-exists' })
})

test('a host leads to one organisation alone, however it is written', async () => {
  const edit = (organisation: string, changes: Parameters<typeof editOrganisation>[1]['changes']) =>
    editOrganisation(urna.work, { organisation, changes })
  const { hosts } = await edit('rowing', { addHosts: ['Vote.Rowing.example:8443', 'vote.rowing.example'] })
  expect(hosts).toEqual(['vote.rowing.example'])
  const slugOf = async (host: string) => (await readHostDirectory(urna.work)).placeOf(host)?.slug
  expect(await slugOf('vote.ROWING.example:443')).toBe('rowing')
  expect([await slugOf('elsewhere.example'), await slugOf('')]).toEqual([undefined, undefined])
  const taken = edit('rail-workers', { addHosts: ['VOTE.rowing.example.'] })
  await expect(taken).rejects.toMatchObject({ code: 'host-taken', details: { organisation: 'rowing' } })
  await edit('rowing', { removeHosts: ['vote.rowing.example'] })
  expect((await edit('rail-workers', { addHosts: ['vote.rowing.example'] })).hosts).toHaveLength(1)
})

test('where there is only one, every host leads to it until it has hosts', async () => {
  const only = await temporaryUrna({ organisation: 'Rail Workers' })
  const slugOf = async (host: string) => (await readHostDirectory(only.work)).placeOf(host)?.slug
  expect(await slugOf('192.168.1.20:3000')).toBe('rail-workers')
  const changes = { addHosts: ['vote.rail.example'] }
  await editOrganisation(only.work, { organisation: undefined, changes })
  expect(await slugOf('192.168.1.20:3000')).toBeUndefined()
  expect(await slugOf('vote.rail.example')).toBe('rail-workers')
  await only.close()
})

test('an organisation is named anew, and the log says from what to what', async () => {
  const edited = await editOrganisation(urna.work, {
    organisation: 'rowing',
    changes: { name: 'Rowing Club', slug: 'club' },
  })
  expect(edited).toMatchObject({ slug: 'club', name: 'Rowing Club' })
  expect((await listOrganisations(urna.work)).map(({ slug }) => slug)).toEqual(['rail-workers', 'club'])
  const again = await editOrganisation(urna.work, { organisation: 'club', changes: { slug: 'club' } })
  expect(again.changes).toEqual([])
  const log = await urna.work.read((tx) => readLog(tx))
  expect(log.filter(({ action }) => action.startsWith('organisation-'))).toMatchObject([
    { action: 'organisation-added', details: { slug: 'rowing' } },
    { action: 'organisation-edited', details: { organisation: 'rowing' } },
  ])
})

test.each([
  [{ name: '  ' }, 'organisation-invalid'],
  [{ name: 'X', slug: 'No Slug' }, 'organisation-invalid'],
  [{ name: 'X', hosts: ['https://x'] }, 'organisation-invalid'],
  [{ name: 'X', slug: 'rowing' }, 'organisation-exists'],
])('an organisation like %j is refused', async (input, code) => {
  await expect(addOrganisation(urna.work, input)).rejects.toMatchObject({ code })
})
