import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as electionCreate from '../../commands/election/create.ts'
import * as electionEdit from '../../commands/election/edit.ts'
import * as rollShow from '../../commands/roll/show.ts'
import * as unitAdd from '../../commands/unit/add.ts'
import * as unitImport from '../../commands/unit/import.ts'
import * as unitList from '../../commands/unit/list.ts'
import * as unitMove from '../../commands/unit/move.ts'
import * as unitRemove from '../../commands/unit/remove.ts'
import { checkElection } from '../../src/election/check-election.ts'
import { addMember } from '../register/fixtures.ts'
import { json, refused, runCommand } from '../support/run-command.ts'
import { type TemporaryUrna, temporaryUrna } from '../support/urna.ts'

let urna: TemporaryUrna
beforeAll(async () => {
  urna = await temporaryUrna({ organisation: 'Union' })
  process.env.URNA_PASSPHRASE = urna.passphrase
  process.env.URNA_FILE = urna.path
  await addMember(urna.work, '1', { region: 'North', chapter: 'Harbour', custom: '{"joined":"2025-06-01"}' })
  await addMember(urna.work, '2', { region: 'North', custom: '{"joined":"2026-06-01"}' })
  await addMember(urna.work, '3', { region: 'South' })
})
afterAll(async () => {
  delete process.env.URNA_PASSPHRASE
  delete process.env.URNA_FILE
  await urna.close()
})

test('units come from a CSV, or one by one, and are listed with their members', async () => {
  const csv = join(urna.folder, 'units.csv')
  writeFileSync(
    csv,
    'Name;Kind;Parent;Short name\nNorth;region;;\nHarbour;chapter;north;\nMoon;planet;;\nMills;chapter;moon;\n',
  )
  expect(await json(unitImport, csv, '--dry-run')).toMatchObject({
    ...{ dryRun: true, rows: 4, added: [{ unit: 'north' }, { unit: 'harbour', parent: 'north' }] },
    problems: [{ line: 4, reason: '"planet" is no kind of unit.' }, { line: 5 }],
  })
  expect(await json(unitList)).toMatchObject({ units: [], ofNone: 3 })
  expect(await json(unitImport, csv)).toMatchObject({ dryRun: false, added: [{}, {}] })
  expect(await json(unitAdd, 'South', '--kind', 'region')).toMatchObject({ unit: 'south', parent: null })
  expect(await refused(unitAdd, 'South', '--kind', 'region')).toMatchObject({
    status: 5,
    code: 'unit-exists',
  })
  const listed = await runCommand(unitList.default, [])
  await expect(listed.stdout).toMatchFileSnapshot('../golden/organisation/units.txt')
  expect(await json(unitAdd, 'Union', '--kind', 'group')).toMatchObject({ kind: 'group' })
  expect(await json(unitMove, 'north', '--to', 'union')).toMatchObject({ parent: 'union', changed: true })
  expect(await json(unitMove, 'north', '--to', 'none')).toMatchObject({ parent: null, changed: true })
  expect(await json(unitRemove, 'union')).toMatchObject({ unit: 'union' })
  expect(await refused(unitRemove, 'north')).toMatchObject({ status: 4, code: 'unit-in-use' })
})

test('an election of a unit, with a cut-off date, says who is of no chapter and out of whom turnout is counted', async () => {
  await json(electionCreate, '--title', 'North 2026', '--unit', 'north', '--zone', 'UTC')
  const slug = 'north-2026'
  expect(await json(rollShow, slug)).toMatchObject({
    size: 2,
    basis: { atOpening: 2, added: 0, struck: 0, mayVote: 2, withoutChapter: 1 },
  })
  const codes = async () => (await checkElection(urna.work, slug)).findings.map(({ code }) => code)
  expect(await codes()).toContain('without-chapter')
  expect(await json(electionEdit, slug, '--unit', 'north', '--no-without-chapter')).toMatchObject({
    changes: [{ field: 'withoutChapter', from: true, to: false }],
  })
  expect(await json(rollShow, slug)).toMatchObject({ size: 1, basis: { withoutChapter: 0 } })
  expect(await codes()).not.toContain('without-chapter')
  await json(electionEdit, slug, '--unit', 'north', '--without-chapter', '--joined-by', '2026-01-31')
  expect(await json(rollShow, slug)).toMatchObject({ size: 1 })
  expect(await codes()).not.toContain('without-chapter')
  expect(await refused(electionEdit, slug, '--joined-by', '2026-02-30')).toMatchObject({
    code: 'invalid-input',
  })
  expect(await refused(electionEdit, slug, '--unit', 'west')).toMatchObject({
    status: 3,
    code: 'unit-not-found',
  })
})
