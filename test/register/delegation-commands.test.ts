import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as DelegationAdd from '../../commands/delegation/add.ts'
import * as DelegationImport from '../../commands/delegation/import.ts'
import * as DelegationList from '../../commands/delegation/list.ts'
import * as DelegationRevoke from '../../commands/delegation/revoke.ts'
import * as ElectionEdit from '../../commands/election/edit.ts'
import * as ElectionShow from '../../commands/election/show.ts'
import * as PresenceList from '../../commands/presence/list.ts'
import * as PresenceSet from '../../commands/presence/set.ts'
import * as WeightSet from '../../commands/weight/set.ts'
import { json, refused, runCommand } from '../support/run-command.ts'
import { type Draft, draftElection } from '../voting/fixtures.ts'

let draft: Draft
beforeEach(async () => {
  draft = await draftElection({ voters: 4, visibility: 'open', rights: { allowDelegation: true } })
  vi.stubEnv('URNA_FILE', draft.path)
  vi.stubEnv('URNA_PASSPHRASE', draft.passphrase)
  vi.stubEnv('URNA_OFFICER', 'ada')
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await draft.close()
})

const one = (number: number) => ({ number: `100${number}`, name: `Voter Number ${number}` })

test('a vote is given, listed and taken back', async () => {
  const words = ['1001', '1002', '--election', 'chapter', '--reason', 'a letter']
  expect(await json(DelegationAdd, ...words)).toEqual({
    ...{ election: 'chapter', represented: one(1), acting: one(2) },
    ...{ expiresAt: null, changed: true, reserve: null },
  })
  const said = await runCommand(DelegationAdd.default, words)
  expect(said.stdout.replaceAll(/\s+/g, ' ')).toBe(
    'The vote of 1001 Voter Number 1 was given already to 1002 Voter Number 2 in chapter. ',
  )
  expect(await json(DelegationList, '--election', 'chapter')).toMatchObject({
    delegations: [
      { election: 'chapter', represented: one(1), acting: one(2), reason: 'a letter', officer: 'ada' },
    ],
  })
  const table = await runCommand(DelegationList.default, [])
  expect(table.stdout).toContain('1001 Voter Number 1  1002 Voter Number 2  chapter')
  expect(await refused(DelegationAdd, '1002', '1003', '--reason', 'a letter')).toMatchObject({
    status: 4,
    code: 'delegation-refused',
    message: 'The vote of 1001 would be passed on: 1001 → 1002 → 1003.',
  })
  expect(await refused(DelegationAdd, '1003', '1004')).toMatchObject({
    status: 2,
    code: 'delegation-invalid',
  })
  expect(await json(DelegationRevoke, '1001', '--election', 'chapter', '--reason', 'came')).toEqual({
    ...{ election: 'chapter', represented: '1001', acting: '1002', tokenNeeded: false },
  })
  expect(await refused(DelegationRevoke, '1001', '--reason', 'came')).toMatchObject({
    status: 3,
    code: 'delegation-not-found',
  })
})

test('a CSV of votes is shown first, tells what is wrong by line, and is taken in once', async () => {
  const file = join(draft.folder, 'letters.csv')
  writeFileSync(
    file,
    'Poderdante;Representante;Motivo;Hasta\n1001;1002;carta;\n1002;1003;carta;\n1003;1002;;2030-01-01 10:00\n9999;1002;x;\n',
  )
  const preview = await json(DelegationImport, file, '--reason', 'a letter', '--dry-run')
  expect(preview).toMatchObject({ applied: false, rows: 4, given: [{}, {}] })
  expect(await json(DelegationList)).toEqual({ delegations: [] })
  expect(await json(DelegationImport, file, '--reason', 'a letter', '--yes')).toMatchObject({
    applied: true,
    given: [
      { represented: one(1), acting: one(2) },
      { represented: one(3), expiresAt: '2030-01-01T10:00:00.000Z' },
    ],
    problems: [
      { line: 3, reason: 'The vote of 1001 would be passed on: 1001 → 1002 → 1003.' },
      { line: 5, reason: 'There is no member 9999.' },
    ],
  })
  expect(await json(DelegationImport, file, '--reason', 'a letter', '--yes')).toMatchObject({
    unchanged: 2,
    given: [],
  })
})

test('who is present is set one by one or from a CSV, and listed', async () => {
  expect(await json(PresenceSet, '--present', '1001', '--present', '1002')).toEqual({
    ...{ organisation: expect.any(String), came: 2, left: 0, present: 2 },
  })
  const file = join(draft.folder, 'present.csv')
  writeFileSync(file, 'number,name\n1002,Bo\n1003,Cy\n')
  expect(await json(PresenceSet, '--nobody', '--from', file)).toMatchObject({ came: 1, left: 1, present: 2 })
  expect(await json(PresenceList)).toMatchObject({ present: [{ number: '1002' }, { number: '1003' }] })
  expect((await runCommand(PresenceList.default, [])).stdout).toMatch(/^2 members present\.\nNumber {2}Name/)
  expect(await refused(PresenceSet, '--present', '7777')).toMatchObject({ code: 'member-not-found' })
})

test('how rights are exercised is set, shown, and refused where it would tell whose a ballot is', async () => {
  await runCommand(ElectionEdit.default, ['--max-represented', '2', '--presence', '--vote-split'])
  expect(await json(ElectionShow)).toMatchObject({
    rights: {
      ...{ allowDelegation: true, maxRepresented: 2, presenceRequired: true },
      ...{ allowVoteSplit: true, forbidDelegatorToVote: false, equalWeights: false },
    },
  })
  const shown = await runCommand(ElectionShow.default, [])
  expect(shown.stdout).toContain('votes may be given to another member, 2 to one person at most')
  const secret = await refused(ElectionEdit, '--visibility', 'secret')
  expect(secret.message).toContain('the parts of a weight would tell whose a secret ballot is')
})

test('what a member weighs in one election is said there, and taken back', async () => {
  expect(await json(WeightSet, '1001', '2.5', 'chapter')).toEqual({
    ...{
      election: 'chapter',
      number: '1001',
      name: 'Voter Number 1',
      weight: '2.5',
      usual: '1',
      changed: true,
    },
  })
  expect(await json(WeightSet, '1001', '--usual', 'chapter')).toMatchObject({ weight: '1', changed: true })
  expect(await refused(WeightSet, '1001', '1.125', 'chapter')).toMatchObject({ code: 'weight-invalid' })
  expect(await refused(WeightSet, '1001')).toMatchObject({ status: 2 })
})
