import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import Grant from '../../commands/approval/grant.ts'
import ListApprovals from '../../commands/approval/list.ts'
import Refuse from '../../commands/approval/refuse.ts'
import Request from '../../commands/approval/request.ts'
import Close from '../../commands/election/close.ts'
import Edit from '../../commands/election/edit.ts'
import Publish from '../../commands/election/publish.ts'
import EditOrganisation from '../../commands/organisation/edit.ts'
import { listApprovals } from '../../src/election/approvals.ts'
import { keepSchedule } from '../../src/election/keep-schedule.ts'
import { createKey } from '../../src/organisation/keys.ts'
import { generateOfficerKey } from '../../src/organisation/officer-key-file.ts'
import { registerOfficerKey } from '../../src/organisation/officer-keys.ts'
import { addOfficer, editOfficer, removeOfficer } from '../../src/organisation/officers.ts'
import { loadSigning } from '../../src/organisation/signing.ts'
import { addUnit } from '../../src/organisation/units.ts'
import { ask } from '../support/office.ts'
import { runCommand } from '../support/run-command.ts'
import { serve } from '../support/serving.ts'
import { chair, choice, group, type SmallElection, votedElection } from '../tally/small-election.ts'
import { ingestAll, sealVote } from '../voting/fixtures.ts'

const signing = await loadSigning()
let election: SmallElection
beforeEach(async () => {
  election = await votedElection({ contests: [chair], votes: [[0, [choice(0)]]] })
  process.env.URNA_PASSPHRASE = election.passphrase
  for (const [name, role] of [
    ['Ada', 'owner'],
    ['Bea', 'admin'],
    ['Obi', 'observer'],
  ] as const) {
    const email = `${name.toLowerCase()}@example.org`
    await addOfficer(election.work, { organisation: undefined, name, email, role })
    const { publicKey } = await generateOfficerKey(signing, { name, folder: election.folder })
    await registerOfficerKey(election.work, { organisation: undefined, officer: name, publicKey })
  }
})
afterEach(async () => {
  delete process.env.URNA_PASSPHRASE
  await election.close()
})

const file = (name: string, kind: string) =>
  join(election.folder, `${name.toLowerCase()}.officer.${kind}.json`)
const key = (name: string) => ['--key', file(name, 'private')]

async function run(command: unknown, ...argv: string[]) {
  const { status, stdout } = await runCommand(command, [...argv, '--file', election.path, '--json'])
  const answer = JSON.parse(stdout) as Record<string, unknown> & { error?: { code: string; hint: string } }
  return { status, ...answer, code: answer.error?.code, hint: answer.error?.hint }
}

const close = () => run(Close, 'chapter', '--confirm', 'chapter')
const needTwo = (...deeds: string[]) =>
  run(EditOrganisation, ...deeds.flatMap((deed) => ['--two-officers', deed]))

test('an officer of a unit approves nothing of the whole organisation, by signature either', async () => {
  await needTwo('close')
  const whole = { organisation: undefined }
  await addUnit(election.work, {
    ...whole,
    name: 'North',
    kind: 'region',
    parent: undefined,
    slug: undefined,
  })
  await editOfficer(election.work, { ...whole, officer: 'Bea', changes: { unit: 'north' } })
  expect(await run(Request, 'chapter', 'close', ...key('Bea'))).toMatchObject({
    status: 4,
    code: 'not-allowed',
  })
  expect(await run(Request, 'chapter', 'close', ...key('Ada'))).toMatchObject({ status: 0 })
  expect(await run(Grant, '1', ...key('Bea'))).toMatchObject({ status: 4, code: 'not-allowed' })
  await editOfficer(election.work, { ...whole, officer: 'Bea', changes: { unit: null } })
  expect(await run(Grant, '1', ...key('Bea'))).toMatchObject({ status: 0, state: 'granted' })
})

test('a close that needs two officers is refused until another one has granted it by signature', async () => {
  expect(await needTwo('close')).toMatchObject({ status: 0, twoOfficers: ['close'] })
  expect(await close()).toMatchObject({
    ...{ status: 4, code: 'approval-needed' },
    hint: expect.stringContaining('urna approval request chapter close'),
  })
  expect(await run(Request, 'chapter', 'close', ...key('Ada'))).toMatchObject({
    approval: 1,
    requestedBy: 'Ada',
  })
  expect(await close()).toMatchObject({ hint: expect.stringContaining('urna approval grant 1') })
  expect(await run(Grant, '1', ...key('Ada'))).toMatchObject({ status: 4, code: 'approval-refused' })
  expect(await run(Grant, '1', ...key('Obi'))).toMatchObject({ status: 4, code: 'not-allowed' })
  expect(await run(Grant, '1', ...key('Bea'))).toMatchObject({ state: 'granted', decidedBy: 'Bea' })
  // Ballots may come between the approval and the close.
  await ingestAll(election.work, [sealVote(election, '1001', [choice(1)])])
  expect(await close()).toMatchObject({ changed: true, ballots: 2 })
  expect(await run(ListApprovals)).toMatchObject({ approvals: [{ approval: 1, state: 'used' }] })
})

test('a refusal stays one, and what was asked for is asked for anew', async () => {
  await needTwo('close')
  await run(Request, 'chapter', 'close', ...key('Ada'))
  expect(await run(Refuse, '1', '--reason', 'too soon', ...key('Bea'))).toMatchObject({ state: 'refused' })
  expect(await run(Grant, '1', ...key('Bea'))).toMatchObject({ status: 4, code: 'approval-refused' })
  expect(await close()).toMatchObject({ code: 'approval-needed' })
})

test('a key pair of an officer that a crash cut in two is finished, and never made anew', async () => {
  const [open, secret] = [file('Ada', 'public'), file('Ada', 'private')]
  const { publicKey } = JSON.parse(readFileSync(open, 'utf8')) as { publicKey: string }
  rmSync(open)
  const made = await generateOfficerKey(signing, { name: 'Ada', folder: election.folder })
  expect(made).toMatchObject({ publicFile: open, privateFile: secret, publicKey })
  await expect(generateOfficerKey(signing, { name: 'Ada', folder: election.folder })).rejects.toMatchObject({
    code: 'output-exists',
  })
  rmSync(open)
  writeFileSync(secret, 'of somebody else')
  await expect(generateOfficerKey(signing, { name: 'Ada', folder: election.folder })).rejects.toMatchObject({
    code: 'output-exists',
  })
})

test('after seven days nothing of it is good any more', async () => {
  const { work, clock } = election
  await needTwo('close')
  await run(Request, 'chapter', 'close', ...key('Ada'))
  clock.set(new Date(Date.now() + 8 * 86_400_000).toISOString())
  expect(await listApprovals(work, undefined)).toMatchObject([{ state: 'expired' }])
})

test('to end the vote sooner than announced is to close it', async () => {
  await needTwo('close')
  const soon = '2099-01-01 10:00'
  expect(await run(Edit, 'chapter', '--closes', soon, '--reason', 'hurry')).toMatchObject({
    code: 'approval-needed',
  })
  await run(Request, 'chapter', 'close', '--at', soon, ...key('Ada'))
  await run(Grant, '1', ...key('Bea'))
  expect(await close()).toMatchObject({ code: 'approval-needed' })
  expect(await run(Edit, 'chapter', '--closes', soon, '--reason', 'hurry')).toMatchObject({ status: 0 })
})

test('the announced close comes by itself: it is no deed of an officer', async () => {
  const { work, clock } = election
  await work.write('test', (tx) =>
    tx.db
      .updateTable('election')
      .set({ closes_at: new Date(clock.now().getTime() + 1000).toISOString() })
      .execute(),
  )
  await needTwo('close')
  clock.advance(2)
  expect(await keepSchedule({ work, group })).toMatchObject({ done: [{ deed: 'close' }], failed: [] })
})

test('what an election needed at its opening it needs for good', async () => {
  const fixed = election.work.write('test', (tx) =>
    tx.db.updateTable('election').set({ two_officers: '["close"]' }).execute(),
  )
  await expect(fixed).rejects.toThrow('fixed with the opening')
  expect(await run(Publish, 'chapter')).toMatchObject({ code: 'wrong-state' })
})

test('an approval that was written into the file without the key of the officer is none', async () => {
  await needTwo('close')
  await run(Request, 'chapter', 'close', ...key('Ada'))
  await election.work.write('forge', async (tx) => {
    const { id } = await tx.db
      .selectFrom('officer')
      .select('id')
      .where('name', '=', 'Bea')
      .executeTakeFirstOrThrow()
    const proof = JSON.stringify({ by: 'signature', publicKey: '0'.repeat(64), signature: '0'.repeat(128) })
    await tx.db
      .updateTable('approval')
      .set({ state: 'granted', decided_by: id, decided_at: tx.now, decision_proof: proof })
      .execute()
  })
  expect(await close()).toMatchObject({ code: 'approval-needed' })
})

test('what an officer granted who was removed since is good no more', async () => {
  await needTwo('close')
  await run(Request, 'chapter', 'close', ...key('Ada'))
  await run(Grant, '1', ...key('Bea'))
  await removeOfficer(election.work, { organisation: undefined, officer: 'Bea' })
  expect(await close()).toMatchObject({ code: 'approval-needed' })
})

test('over the network two officers act by two keys', async () => {
  await needTwo('close')
  const keyOf = async (officer: string) => {
    const wanted = { organisation: undefined, officer, scopes: ['all'], days: 1, dryRun: false }
    return (await createKey(election.work, wanted)).key
  }
  const [ada, bea] = [await keyOf('Ada'), await keyOf('Bea')]
  const serving = await serve(election)
  const at = (path: string) => `${serving.url}/api/elections/chapter/${path}/`
  const send = (path: string, key: string, body: unknown) => ask(at(path), { method: 'POST', key, body })
  const confirmed = { confirm: 'chapter' }
  expect(await send('close', ada, confirmed)).toMatchObject({
    ...{ status: 409, body: { error: { code: 'approval-needed' } } },
  })
  expect(await send('approvals', ada, { deed: 'close' })).toMatchObject({ status: 201 })
  expect(await send('approvals/1/grant', ada, {})).toMatchObject({ status: 409 })
  expect(await send('approvals/1/grant', bea, {})).toMatchObject({ status: 200, body: { state: 'granted' } })
  expect(await send('close', ada, confirmed)).toMatchObject({ status: 200, body: { changed: true } })
  expect(await ask(at('approvals'), { key: ada })).toMatchObject({
    body: { approvals: [{ state: 'used', requestedBy: 'Ada', decidedBy: 'Bea' }] },
  })
  await serving.close()
})
