import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as rollDiff from '../../commands/roll/diff.ts'
import { correctRoll } from '../../src/register/correct-roll.ts'
import { refreshRoll } from '../../src/register/roll.ts'
import { json, refused, runCommand } from '../support/run-command.ts'
import { type TemporaryUrna, temporaryUrna } from '../support/urna.ts'
import { addElection, addMember, open } from './fixtures.ts'
import { importCsv } from './import-harness.ts'

let urna: TemporaryUrna
beforeAll(async () => {
  urna = await temporaryUrna({ organisation: 'Club' })
  process.env.URNA_PASSPHRASE = urna.passphrase
  process.env.URNA_FILE = urna.path
  const { work } = urna
  for (const number of ['1', '2', '3', '4']) await addMember(work, number, { status: 'active' })
  const old = await addElection(work, 'old', { eligibility: { statuses: ['active'] } })
  await work.write('test', (tx) => refreshRoll(tx, old))
  await open(work, old)
  // Afterwards 2 retires, 3 moves, 4 is struck, and 5 joins.
  await importCsv(
    work,
    'number,name,status,chapter\n2,Member 2,retired,\n3,Member 3,active,Mills\n5,Eve,active,\n',
  )
  await correctRoll(work, { election: 'old', kind: 'strike', number: '4', reason: 'not a member' })
  await addElection(work, 'new', { eligibility: { statuses: ['active'] } })
})
afterAll(async () => {
  delete process.env.URNA_PASSPHRASE
  delete process.env.URNA_FILE
  await urna.close()
})

const moved = { number: '3', changes: [{ field: 'chapter', from: null, to: 'Mills' }] }

test('a roll that is fixed is compared with who would be on it now, after its corrections', async () => {
  expect(await json(rollDiff, 'old')).toMatchObject({
    ...{ election: 'old', here: 3, there: 4 },
    onlyHere: { count: 1, first: [{ number: '2' }] },
    onlyThere: { count: 2, first: [{ number: '4' }, { number: '5', name: 'Eve' }] },
    changed: { count: 1, first: [moved] },
  })
})

test('two rolls are compared, that of a draft as it would be, and of each kind as many are listed as asked for', async () => {
  expect(await json(rollDiff, 'old', '--with', 'new', '--limit', '1')).toMatchObject({
    ...{ here: 3, there: 4, onlyHere: { count: 1 }, onlyThere: { count: 2, first: [{ number: '4' }] } },
  })
  const { stdout } = await runCommand(rollDiff.default, ['new', '--with', 'new'])
  expect(stdout).toContain('They are the same.')
  const shown = await runCommand(rollDiff.default, ['old', '--with', 'new'])
  await expect(shown.stdout).toMatchFileSnapshot('../golden/register/roll-diff.txt')
})

test('a file is compared by the columns that it has, and says which rows it could not compare', async () => {
  const file = join(urna.folder, 'list.csv')
  writeFileSync(file, 'number;name;weight\n1;Member 1;1,5\n2;Member 2;1\n2;Twice;1\n9;;1\n3;Member 3;1\n')
  expect(await json(rollDiff, 'old', '--with-file', file)).toMatchObject({
    ...{ here: 3, there: 3, onlyHere: { count: 0 }, onlyThere: { count: 0 } },
    changed: { count: 1, first: [{ number: '1', changes: [{ field: 'weight', from: '1', to: '1.5' }] }] },
    problems: [{ line: 4 }, { line: 5 }],
  })
  expect(await refused(rollDiff, 'old', '--with', 'older')).toMatchObject({ status: 3 })
  // Nothing was changed by looking.
  const voters = await urna.work.read(({ db }) => db.selectFrom('voter').select('number').execute())
  expect(voters).toHaveLength(4)
})
