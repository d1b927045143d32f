import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { refreshRoll, rollFingerprint } from '../../src/register/roll.ts'
import { type TemporaryUrna, temporaryUrna } from '../support/urna.ts'
import { addElection, addMember, open, rollNumbers } from './fixtures.ts'

let urna: TemporaryUrna
beforeEach(async () => {
  urna = await temporaryUrna()
})
afterEach(() => urna.close())

const refresh = (election: Parameters<typeof refreshRoll>[1]) =>
  urna.work.write('refresh roll', (tx) => refreshRoll(tx, election))

test('the roll follows the members and the filter until the election opens', async () => {
  await addMember(urna.work, '1', { status: 'Active', region: 'North' })
  await addMember(urna.work, '2', { status: 'retired', region: 'North' })
  await addMember(urna.work, '3', { status: 'active', region: 'South' })
  const election = await addElection(urna.work, 'board', { eligibility: { statuses: ['active'] } })
  expect(await refresh(election)).toMatchObject({ added: 2, removed: 0, changed: 0, size: 2 })
  expect(await rollNumbers(urna.work, election)).toEqual(['1', '3'])
  expect(await refresh(election)).toMatchObject({ added: 0, removed: 0, changed: 0, size: 2 })

  await urna.work.write('test', async ({ db }) => {
    await db.updateTable('member').set({ status: 'active' }).where('number', '=', '2').execute()
    await db.updateTable('member').set({ status: 'left' }).where('number', '=', '3').execute()
    await db.updateTable('member').set({ weight_micros: 2_500_000 }).where('number', '=', '1').execute()
  })
  expect(await refresh(election)).toEqual({
    ...{ added: 1, removed: 1, changed: 1, size: 2 },
    ...{ removedNumbers: ['3'], revokedTokens: 0 },
  })
  expect(await rollNumbers(urna.work, election)).toEqual(['1', '2'])
})

test('a voter who leaves the roll of a draft loses the token, one who stays keeps it', async () => {
  await addMember(urna.work, '1')
  await addMember(urna.work, '2', { status: 'left' })
  const election = await addElection(urna.work, 'board')
  await refresh(election)
  await urna.work.write('test', async ({ db }) => {
    const voters = await db.selectFrom('voter').select('id').execute()
    for (const { id } of voters) {
      await db
        .insertInto('token')
        .values({ election_id: election.id, voter_id: id, state: 'issued', issued_at: '2026-03-02' })
        .execute()
    }
    await db
      .updateTable('election')
      .set({ eligibility: '{"custom_field_match":{"key":"Section","value":"A"}}' })
      .execute()
    await db.updateTable('member').set({ custom: '{"section":"a"}' }).where('number', '=', '1').execute()
  })
  const filtered = { ...election, eligibility: '{"custom_field_match":{"key":"Section","value":"A"}}' }
  expect(await refresh(filtered)).toMatchObject({ removedNumbers: ['2'], revokedTokens: 1, size: 1 })
  const tokens = await urna.work.read(({ db }) =>
    db.selectFrom('token').select(['state', 'voter_id', 'revoked_reason']).orderBy('id').execute(),
  )
  expect(tokens).toMatchObject([
    { state: 'issued', revoked_reason: null },
    { state: 'revoked', voter_id: null, revoked_reason: 'left the roll' },
  ])
})

test('the roll of a runoff is that of its election, with its corrections, whatever the members say', async () => {
  for (const number of ['1', '2', '3']) await addMember(urna.work, number)
  const first = await addElection(urna.work, 'board')
  await refresh(first)
  await open(urna.work, first)
  await urna.work.write('test', ({ db }) =>
    db
      .insertInto('roll_correction')
      .values({
        election_id: first.id,
        kind: 'strike',
        number: '2',
        reason: 'died',
        officer: 'ada',
        at: '2026',
      })
      .execute(),
  )
  await addMember(urna.work, '4')
  const runoff = await addElection(urna.work, 'board-runoff', { runoffOf: first.id })
  expect(await refresh(runoff)).toMatchObject({ added: 2, size: 2 })
  expect(await rollNumbers(urna.work, runoff)).toEqual(['1', '3'])
})

test('once the election is open nothing changes the roll, not even SQL', async () => {
  await addMember(urna.work, '1')
  const election = await addElection(urna.work, 'board')
  await refresh(election)
  const opened = await open(urna.work, election)
  await expect(refresh(opened)).rejects.toThrow('board is open, so it is not possible to change its')
  const refused = 'the electoral roll is fixed at opening'
  const voter = { election_id: election.id, number: '9', name: 'Eve', weight_micros: 1 }
  await expect(
    urna.work.write('test', ({ db }) => db.insertInto('voter').values(voter).execute()),
  ).rejects.toThrow(refused)
  await expect(
    urna.work.write('test', ({ db }) => db.updateTable('voter').set({ name: 'Eve' }).execute()),
  ).rejects.toThrow(refused)
  await expect(urna.work.write('test', ({ db }) => db.deleteFrom('voter').execute())).rejects.toThrow(refused)
  await urna.work.write('test', ({ db }) => db.deleteFrom('member').execute())
  expect(await rollNumbers(urna.work, election)).toEqual(['1'])
})

test('anybody with the posted roll can compute its fingerprint', async () => {
  await addMember(urna.work, '20', { name: 'Zoë', region: 'North', email: 'zoe@example.org' })
  await addMember(urna.work, '100', { name: 'Ana', status: 'active', weight_micros: 500_000 })
  const election = await addElection(urna.work, 'board')
  await refresh(election)
  const posted = '["100","Ana","active",null,null,null,500000]\n["20","Zoë",null,"North",null,null,1000000]\n'
  const fingerprint = await urna.work.read((tx) => rollFingerprint(tx, election.id))
  expect(fingerprint).toBe(createHash('sha256').update(posted).digest('hex'))
})
