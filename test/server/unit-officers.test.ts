import { afterAll, beforeAll, expect, test } from 'vitest'
import { createElection } from '../../src/election/create-election.ts'
import { createKey } from '../../src/organisation/keys.ts'
import { addOfficer, editOfficer } from '../../src/organisation/officers.ts'
import type { Role } from '../../src/organisation/roles.ts'
import { addUnit } from '../../src/organisation/units.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { electionDraft } from '../support/election.ts'
import { ask, board, home, type Office, openOffice, post } from '../support/office.ts'
import { type Serving, serve } from '../support/serving.ts'

let office: Office
let serving: Serving
beforeAll(async () => {
  office = await openOffice({ alone: true })
  serving = await serve(office)
  const unit = (name: string, kind: string, parent?: string) =>
    addUnit(office.work, { organisation: home, name, kind, parent, slug: undefined })
  await unit('East', 'region')
  await unit('Harbour', 'chapter', 'east')
  await unit('West', 'region')
  const group = await loadGroup()
  for (const slug of ['east', 'harbour', 'west']) {
    const draft = electionDraft({ slug: `${slug}-2026`, title: slug, eligibility: { unit: slug } })
    await createElection({ work: office.work, group }, draft, home)
  }
})
afterAll(async () => {
  await serving.close()
  await office.close()
})

async function keyOf(role: Role, unit: string): Promise<string> {
  const email = `${role}@${unit}.example`
  await addOfficer(office.work, { organisation: home, name: `${role} of ${unit}`, email, role, unit })
  const made = { organisation: home, officer: email, scopes: ['all'], days: 30, dryRun: false }
  return (await createKey(office.work, made)).key
}

const api = (path: string) => `${serving.url}/api/${path}`
const other = { status: 403, body: { error: { code: 'not-allowed', details: { reason: 'unit' } } } }

test('an officer of a unit acts for the elections of that unit and of those below it alone', async () => {
  const key = await keyOf('unit-officer', 'east')
  for (const slug of ['east-2026', 'harbour-2026']) {
    expect(await ask(api(`elections/${slug}/`), { key })).toMatchObject({ status: 200 })
    const renamed = { method: 'PATCH', key, body: { description: `of ${slug}` } }
    expect(await ask(api(`elections/${slug}/`), renamed)).toMatchObject({ status: 200 })
  }
  for (const slug of ['west-2026', board]) {
    expect(await ask(api(`elections/${slug}/`), { key })).toMatchObject(other)
    expect(await ask(api(`elections/${slug}/dashboard/`), { key })).toMatchObject(other)
    expect(await ask(api(`elections/${slug}/roll/`), { key })).toMatchObject(other)
    expect(await ask(api(`elections/${slug}/open/`), { key, ...post({}) })).toMatchObject(other)
    expect(await ask(api(`elections/${slug}/close/`), { key, ...post({ confirm: slug }) })).toMatchObject(
      other,
    )
  }
  const below = await keyOf('auditor', 'harbour')
  expect(await ask(api('elections/east-2026/'), { key: below })).toMatchObject(other)
  expect(await ask(api('elections/harbour-2026/'), { key: below })).toMatchObject({ status: 200 })
})

test('the list has the elections of the unit, and the draft of a wider one is refused', async () => {
  const key = await keyOf('admin', 'east')
  const listed = await ask(api(`organizations/${home}/elections/`), { key })
  expect(
    (listed.body as { elections: { election: string }[] }).elections.map((each) => each.election),
  ).toEqual([...['harbour-2026', 'east-2026']])
  const draft = (eligibility?: object) => ({
    key,
    ...post({ title: 'New', zone: 'UTC', ...(eligibility && { eligibility }) }),
  })
  const path = api(`organizations/${home}/elections/`)
  expect(await ask(path, draft())).toMatchObject(other)
  expect(await ask(path, draft({ unit: 'west' }))).toMatchObject(other)
  expect(await ask(path, draft({ unit: 'moon' }))).toMatchObject({ status: 404 })
  expect(await ask(path, draft({ unit: 'harbour' }))).toMatchObject({ status: 201 })
  const widened = { method: 'PATCH', key, body: { eligibility: {} } }
  expect(await ask(api('elections/east-2026/'), widened)).toMatchObject(other)
})

test('what is of the whole machine or organisation is of no officer of a unit, and another scope holds at once', async () => {
  const key = await keyOf('admin', 'west')
  expect(await ask(api('elections/west-2026/'), { key })).toMatchObject({ status: 200 })
  const officer = { organisation: home, officer: 'admin@west.example' }
  await editOfficer(office.work, { ...officer, changes: { unit: 'east' } })
  expect(await ask(api('elections/west-2026/'), { key })).toMatchObject(other)
  await editOfficer(office.work, { ...officer, changes: { unit: null } })
  expect(await ask(api(`elections/${board}/`), { key })).toMatchObject({ status: 200 })
  await editOfficer(office.work, { ...officer, changes: { unit: 'west' } })
  for (const path of [`organizations/${home}/presence/`, `organizations/${home}/delegations/`]) {
    expect(await ask(api(path), { key }), path).toMatchObject(other)
  }
  const log = await office.work.read(({ db }) =>
    db.selectFrom('audit_entry').select('details').where('action', '=', 'refused').execute(),
  )
  expect(log.some(({ details }) => details.includes('not-allowed'))).toBe(true)
})
