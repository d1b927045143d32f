import { afterAll, beforeAll, expect, test } from 'vitest'
import { listUnits } from '../../src/organisation/list-units.ts'
import { addOfficer, editOfficer, listOfficers } from '../../src/organisation/officers.ts'
import { type Unit, UnitTree } from '../../src/organisation/unit-tree.ts'
import { addUnit, moveUnit, removeUnit } from '../../src/organisation/units.ts'
import { isEligible } from '../../src/register/eligibility.ts'
import { refreshRoll } from '../../src/register/roll.ts'
import { addElection, addMember, rollNumbers } from '../register/fixtures.ts'
import { type TemporaryUrna, temporaryUrna } from '../support/urna.ts'

const unit = (id: number, parent_id: number | null, name: string, kind: Unit['kind']): Unit => ({
  ...{ id, parent_id, name, kind, slug: name.toLowerCase().replaceAll(' ', '-') },
})

const union = new UnitTree([
  unit(1, null, 'Union', 'group'),
  unit(2, 1, 'North', 'region'),
  unit(3, 1, 'South', 'region'),
  unit(4, 2, 'Harbour', 'chapter'),
  unit(5, 3, 'Mills', 'chapter'),
  // Two of a name, each in its region.
  unit(6, 2, 'Centre', 'chapter'),
  { ...unit(7, 3, 'Centre', 'chapter'), slug: 'centre-south' },
])

test.each([
  ['North', 'Harbour', 'harbour'],
  [null, 'harbour', 'harbour'],
  ['South', 'Centre', 'centre-south'],
  ['North', 'CENTRE', 'centre'],
  // In which of the two can't be said.
  [null, 'Centre', 'union'],
  ['North', null, 'north'],
  ['North', 'Unheard of', 'north'],
  // The chapter is the narrower word.
  ['North', 'Mills', 'mills'],
  [null, null, 'union'],
  ['Elsewhere', null, 'union'],
])('who is of region %s and chapter %s belongs to %s', (region, chapter, slug) => {
  expect(union.placeOf({ region, chapter })?.slug).toBe(slug)
})

test('without one unit at the top, who names none is of none', () => {
  const regions = new UnitTree([unit(2, null, 'North', 'region'), unit(3, null, 'South', 'region')])
  expect(regions.placeOf({ region: 'North', chapter: null })?.slug).toBe('north')
  expect(regions.placeOf({ region: null, chapter: 'Harbour' })).toBeUndefined()
})

test('the election of a unit is for its members and those below it, with or without those of no chapter', () => {
  const may = (region: string | null, chapter: string | null, filter: object) =>
    isEligible({ status: null, district: null, custom: {}, region, chapter }, filter, union)
  expect(may('North', 'Harbour', { unit: 'north' })).toBe(true)
  expect(may(null, 'Harbour', { unit: 'north' })).toBe(true)
  expect(may('South', 'Mills', { unit: 'north' })).toBe(false)
  expect(may('North', null, { unit: 'north' })).toBe(true)
  expect(may('North', null, { unit: 'north', without_chapter: true })).toBe(true)
  expect(may('North', null, { unit: 'north', without_chapter: false })).toBe(false)
  expect(may('North', 'Harbour', { unit: 'north', without_chapter: false })).toBe(true)
  expect(may('North', null, { unit: 'harbour' })).toBe(false)
  expect(may(null, null, { unit: 'union' })).toBe(true)
  // A chapter that no unit is called by is none.
  expect(may('North', 'Unheard of', { without_chapter: false })).toBe(false)
})

let urna: TemporaryUrna
beforeAll(async () => {
  urna = await temporaryUrna({ organisation: 'Union' })
  const { work } = urna
  const add = (name: string, kind: string, parent?: string) =>
    addUnit(work, { organisation: undefined, name, kind, parent, slug: undefined })
  await add('Union', 'group')
  await add('North', 'region', 'union')
  await add('South', 'region', 'union')
  await add('Harbour', 'chapter', 'north')
  await add('Mills', 'chapter', 'south')
  await addMember(work, '1', { region: 'North', chapter: 'Harbour' })
  await addMember(work, '2', { region: 'North' })
  await addMember(work, '3', { region: 'South', chapter: 'Mills' })
  await addMember(work, '4')
  await addMember(work, '5', { region: 'North', left_at: '2026-01-01T00:00:00.000Z' })
})
afterAll(() => urna.close())

const inOrganisation = { organisation: undefined }

test('members are counted by unit, those of no chapter apart', async () => {
  const { units, members, ofNone } = await listUnits(urna.work, undefined)
  expect({ members, ofNone }).toEqual({ members: 4, ofNone: 0 })
  expect(units.map((each) => [each.unit, each.depth, each.members, each.withoutChapter])).toEqual([
    ['union', 0, 4, 2],
    ['north', 1, 2, 1],
    ['harbour', 2, 1, 0],
    ['south', 1, 1, 0],
    ['mills', 2, 1, 0],
  ])
})

test('the roll of a unit follows the tree while it is a draft', async () => {
  const board = await addElection(urna.work, 'north-board', { eligibility: { unit: 'north' } })
  const roll = async () => {
    await urna.work.write('test', (tx) => refreshRoll(tx, board))
    return rollNumbers(urna.work, board)
  }
  expect(await roll()).toEqual(['1', '2'])
  expect(await moveUnit(urna.work, { ...inOrganisation, unit: 'mills', to: 'north' })).toMatchObject({
    changed: true,
  })
  expect(await moveUnit(urna.work, { ...inOrganisation, unit: 'mills', to: 'north' })).toMatchObject({
    changed: false,
  })
  expect(await roll()).toEqual(['1', '2', '3'])
  await moveUnit(urna.work, { ...inOrganisation, unit: 'mills', to: 'south' })
})

test('units are a tree, whoever writes them', async () => {
  const { work } = urna
  const refused = async (deed: Promise<unknown>, code: string) => expect(deed).rejects.toMatchObject({ code })
  await refused(moveUnit(work, { ...inOrganisation, unit: 'union', to: 'harbour' }), 'unit-invalid')
  await refused(moveUnit(work, { ...inOrganisation, unit: 'north', to: 'north' }), 'unit-invalid')
  await refused(moveUnit(work, { ...inOrganisation, unit: 'nowhere', to: 'north' }), 'unit-not-found')
  const more = { ...inOrganisation, name: 'North', kind: 'region', parent: undefined, slug: undefined }
  await refused(addUnit(work, more), 'unit-exists')
  await refused(addUnit(work, { ...more, name: ' ' }), 'unit-invalid')
  await refused(addUnit(work, { ...more, kind: 'planet' }), 'unit-invalid')
  await refused(addUnit(work, { ...more, slug: 'other', parent: 'harbour' }), 'unit-invalid')
  const knot = work.write('test', ({ db }) =>
    db.updateTable('unit').set({ parent_id: 4 }).where('id', '=', 1).execute(),
  )
  await expect(knot).rejects.toThrow('units are a tree')
})

test('an officer can be of a unit, an owner of none, and no unit goes while somebody is of it', async () => {
  const { work } = urna
  const ida = { ...inOrganisation, name: 'Ida Rhodes', email: 'ida@example.org' }
  await expect(addOfficer(work, { ...ida, role: 'owner', unit: 'north' })).rejects.toMatchObject({
    code: 'officer-invalid',
  })
  await expect(addOfficer(work, { ...ida, role: 'admin', unit: 'moon' })).rejects.toMatchObject({
    code: 'unit-not-found',
  })
  expect(await addOfficer(work, { ...ida, role: 'unit-officer', unit: 'mills' })).toMatchObject({
    unit: 'mills',
  })
  expect(await listOfficers(work, undefined)).toMatchObject([{ unit: 'mills' }])
  const officer = { ...inOrganisation, officer: ida.email }
  await expect(editOfficer(work, { ...officer, changes: { role: 'owner' } })).rejects.toMatchObject({
    code: 'officer-invalid',
  })

  const remove = (slug: string) => removeUnit(work, { ...inOrganisation, unit: slug })
  for (const each of ['mills', 'south', 'north']) {
    await expect(remove(each), each).rejects.toMatchObject({ code: 'unit-in-use' })
  }
  expect(await editOfficer(work, { ...officer, changes: { unit: null } })).toMatchObject({
    changes: [{ field: 'unit', from: 'mills', to: null }],
  })
  expect(await remove('mills')).toMatchObject({ unit: 'mills', parent: 'south' })
  await expect(remove('harbour')).resolves.toMatchObject({ parent: 'north' })
  // The election is still of it.
  await expect(remove('north')).rejects.toMatchObject({
    code: 'unit-in-use',
    details: { by: 'the election north-board' },
  })
})
