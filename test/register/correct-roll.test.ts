import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Election } from '../../src/election/find-election.ts'
import { correctRoll } from '../../src/register/correct-roll.ts'
import { listPeople } from '../../src/register/list-people.ts'
import { refreshRoll } from '../../src/register/roll.ts'
import { showRoll } from '../../src/register/show-roll.ts'
import { type TemporaryUrna, temporaryUrna } from '../support/urna.ts'
import { addElection, addMember, open } from './fixtures.ts'

let urna: TemporaryUrna
let election: Election
beforeEach(async () => {
  urna = await temporaryUrna()
  await addMember(urna.work, '1', { status: 'active', name: 'José Díaz' })
  await addMember(urna.work, '2', { status: 'active', email: 'bo@example.org' })
  await addMember(urna.work, '3', { status: 'retired' })
  election = await addElection(urna.work, 'board', { eligibility: { statuses: ['active'] } })
  await urna.work.write('test', (tx) => refreshRoll(tx, election))
})
afterEach(() => urna.close())

const correct = (kind: 'add' | 'strike', number: string, reason = 'the list was wrong') =>
  correctRoll(urna.work, { election: undefined, kind, number, reason })

/** Opens the election, keeping the fingerprint of its roll as opening does. */
async function opened(): Promise<void> {
  const { fingerprint } = await showRoll(urna.work, 'board')
  election = await open(urna.work, election)
  await urna.work.write('test', ({ db }) =>
    db.updateTable('election').set({ roll_fingerprint: fingerprint }).execute(),
  )
}

async function issueTokens(): Promise<void> {
  await urna.work.write('test', async ({ db }) => {
    const voters = await db.selectFrom('voter').select('id').execute()
    const token = {
      election_id: election.id,
      state: 'issued' as const,
      issued_at: '2026-03-02T09:00:00.000Z',
    }
    await db
      .insertInto('token')
      .values(voters.map(({ id }) => ({ ...token, voter_id: id })))
      .execute()
  })
}

const tokenStates = async () => {
  const tokens = await urna.work.read(({ db }) =>
    db.selectFrom('token').select('state').orderBy('id').execute(),
  )
  return tokens.map(({ state }) => state)
}

test('before the opening the roll follows the members, and a correction says so', async () => {
  await expect(correct('add', '3')).rejects.toMatchObject({
    message: 'board is still a draft, so it is not possible to correct its electoral roll.',
    hint: expect.stringContaining('urna voter import'),
  })
})

test('a member left off by mistake is added with a reason, and listed', async () => {
  await opened()
  const before = await showRoll(urna.work, 'board')
  expect(await correct('add', '3', ' fee paid in May ')).toEqual({
    ...{ election: 'board', kind: 'add', number: '3', name: 'Member 3', changed: true, tokenRevoked: false },
  })
  const roll = await showRoll(urna.work, 'board')
  expect(roll).toMatchObject({ size: 3, intact: true, fingerprint: before.fingerprint })
  expect(roll.corrections).toMatchObject([
    { kind: 'add', number: '3', reason: 'fee paid in May', officer: 'ada', at: '2026-03-02T09:00:00.000Z' },
  ])
  expect(await correct('add', '3')).toMatchObject({ changed: false })
  expect((await showRoll(urna.work, 'board')).corrections).toHaveLength(1)
})

test('who is struck loses the token, and is put back without a second row on the roll', async () => {
  await issueTokens()
  await opened()
  expect(await correct('strike', '2')).toMatchObject({ changed: true, tokenRevoked: true })
  expect(await tokenStates()).toEqual(['issued', 'revoked'])
  expect(await showRoll(urna.work, 'board')).toMatchObject({ size: 1, intact: true })
  expect(await correct('strike', '2')).toMatchObject({ changed: false, tokenRevoked: false })

  expect(await correct('add', '2')).toMatchObject({ changed: true })
  expect(await showRoll(urna.work, 'board')).toMatchObject({ size: 2, intact: true })
  expect(await tokenStates()).toEqual(['issued', 'revoked'])
  await expect(correct('strike', '2')).rejects.toThrow('was struck before and added again')
})

test('a strike from the roll of a runoff revokes the token of the first election', async () => {
  await issueTokens()
  await opened()
  const runoff = await addElection(urna.work, 'board-runoff', { runoffOf: election.id })
  await urna.work.write('test', (tx) => refreshRoll(tx, runoff))
  await open(urna.work, runoff)
  const strike = { election: 'board-runoff', kind: 'strike', number: '1', reason: 'died' } as const
  expect(await correctRoll(urna.work, strike)).toMatchObject({ tokenRevoked: true })
  expect(await tokenStates()).toEqual(['revoked', 'issued'])
})

test('who has voted stays on the roll', async () => {
  await opened()
  await urna.work.write('test', async ({ db }) => {
    const { id } = await db
      .selectFrom('voter')
      .select('id')
      .where('number', '=', '2')
      .executeTakeFirstOrThrow()
    await db.insertInto('mark').values({ election_id: election.id, voter_id: id, at: '2026' }).execute()
  })
  await expect(correct('strike', '2')).rejects.toMatchObject({ code: 'correction-refused' })
  expect((await showRoll(urna.work, 'board')).corrections).toEqual([])
})

test.each([
  { kind: 'add', number: '1', code: 'correction-refused' },
  { kind: 'add', number: '99', code: 'member-not-found' },
  { kind: 'strike', number: '3', code: 'voter-not-found' },
] as const)('it is refused to $kind $number: $code', async ({ kind, number, code }) => {
  await opened()
  await expect(correct(kind, number)).rejects.toMatchObject({ code })
})

test('a correction without a reason is refused', async () => {
  await opened()
  await expect(correct('strike', '1', '  ')).rejects.toMatchObject({ code: 'correction-needs-reason' })
})

test('a roll that was tampered with is not intact', async () => {
  await opened()
  await urna.work.write('test', ({ db }) =>
    db
      .updateTable('election')
      .set({ roll_fingerprint: '0'.repeat(64) })
      .execute(),
  )
  expect(await showRoll(urna.work, 'board')).toMatchObject({ intact: false })
})

test('people are found by number, name without accents, or address, with how they were corrected', async () => {
  await opened()
  await correct('strike', '2')
  await correct('add', '3')
  const list = async (options: { election?: string; search?: string; limit?: number }) => {
    const { election: slug, search, limit = 50 } = options
    const { total, people } = await listPeople(urna.work, { election: slug, search, limit })
    return [total, ...people.map(({ number, correction }) => `${number} ${correction}`)]
  }
  expect(await list({})).toEqual([3, '1 null', '2 null', '3 null'])
  expect(await list({ search: 'jose DIAZ' })).toEqual([1, '1 null'])
  expect(await list({ search: 'bo@ex' })).toEqual([1, '2 null'])
  expect(await list({ search: 'nobody' })).toEqual([0])
  expect(await list({ limit: 1 })).toEqual([3, '1 null'])
  expect(await list({ election: 'board' })).toEqual([3, '1 null', '2 struck', '3 added'])
})
