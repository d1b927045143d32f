import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { cancelElection } from '../../src/election/cancel-election.ts'
import { checkElection } from '../../src/election/check-election.ts'
import { deleteElection } from '../../src/election/delete-election.ts'
import { findElection } from '../../src/election/find-election.ts'
import { openElection } from '../../src/election/open-election.ts'
import { pauseElection } from '../../src/election/pause-election.ts'
import { ElectionNotReady, WrongState } from '../../src/election/refusals.ts'
import { contestsOfSealedElection } from '../../src/election/sealed-election.ts'
import { parsePublicCredentials } from '../../src/sealing/credential.ts'
import { parseElection } from '../../src/sealing/election.ts'
import type { Group } from '../../src/sealing/group.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { issueTokens } from '../../src/voting/issue-tokens.ts'
import { contestDraft, draftElection, someMembers, type TestMember } from '../support/election.ts'
import { type TemporaryUrna, temporaryUrna } from '../support/urna.ts'

let group: Group
beforeAll(async () => {
  group = await loadGroup()
})
let urna: TemporaryUrna
beforeEach(async () => {
  urna = await temporaryUrna()
})
afterEach(() => urna.close())

const deps = () => ({ work: urna.work, group })

async function ready(options: Parameters<typeof draftElection>[1] & { reserve?: number } = {}) {
  const election = await draftElection(deps(), options)
  const out = join(urna.folder, 'tokens.csv')
  await issueTokens(deps(), { election: undefined, out, reserve: options.reserve ?? 0, expires: undefined })
  return election
}

function boardOf(electionId: number) {
  return urna.work.read(({ db }) =>
    db
      .selectFrom('board_record')
      .selectAll()
      .where('election_id', '=', electionId)
      .orderBy('position')
      .execute(),
  )
}

test('opening publishes the election, the trustees and the credentials, and says what was sealed', async () => {
  const { id } = await ready({ reserve: 2 })
  const opened = await openElection(deps(), undefined)
  expect(opened.how).toBe('opened')
  const records = await boardOf(id)
  expect(records.map(({ kind }) => kind)).toEqual(['data', 'data', 'data', 'data', 'event'])
  expect(records[0]?.body).toBe(opened.sealedJson)
  const sealed = parseElection(group, opened.sealedJson)
  if ('refused' in sealed) throw new Error('refused')
  expect(sealed.fingerprint).toBe(opened.fingerprint)
  const credentials = parsePublicCredentials(group, records[2]?.body ?? '')
  expect(credentials).toHaveLength(5)
  expect(contestsOfSealedElection(sealed.parameters)).toEqual([
    {
      title: 'Chair',
      method: 'plurality',
      seats: 1,
      rules: { ties: ['lot'] },
      ballot: { style: 'choice', min: 1, max: 1, blank: true },
      options: ['Ana Duarte', 'Bo Lindqvist', 'Carmen Ruiz'],
      weightUnitMicros: 1_000_000,
    },
  ])
})

test('once open, the contests, the roll and the sealed election are fixed by the database itself', async () => {
  const { id } = await ready()
  await openElection(deps(), undefined)
  const attempts = [
    (tx: Tx) => tx.db.updateTable('contest').set({ seats: 2 }).where('election_id', '=', id).execute(),
    (tx: Tx) => tx.db.updateTable('contest_option').set({ name: 'Zoe' }).execute(),
    (tx: Tx) => tx.db.deleteFrom('contest_option').execute(),
    (tx: Tx) => tx.db.updateTable('voter').set({ name: 'Zoe' }).where('election_id', '=', id).execute(),
    (tx: Tx) => tx.db.deleteFrom('voter').where('election_id', '=', id).execute(),
    (tx: Tx) => tx.db.updateTable('election').set({ sealed_json: '{}' }).where('id', '=', id).execute(),
    (tx: Tx) => tx.db.updateTable('election').set({ status: 'draft' }).where('id', '=', id).execute(),
  ]
  for (const attempt of attempts) {
    await expect(urna.work.write('tamper', async (tx) => void (await attempt(tx)))).rejects.toThrow(
      /fixed at opening|can not take this step/,
    )
  }
})
type Tx = Parameters<Parameters<TemporaryUrna['work']['write']>[1]>[0]

test('an election that is open says so, and a paused one goes on', async () => {
  await ready()
  const first = await openElection(deps(), undefined)
  expect((await openElection(deps(), undefined)).how).toBe('already')
  expect(await pauseElection(urna.work, undefined)).toMatchObject({ changed: true, status: 'paused' })
  expect(await pauseElection(urna.work, undefined)).toMatchObject({ changed: false })
  const again = await openElection(deps(), undefined)
  expect(again).toMatchObject({ how: 'reopened', fingerprint: first.fingerprint })
})

test('a draft without tokens does not open, and nothing is left of the attempt but its record', async () => {
  const { id } = await draftElection(deps())
  await expect(openElection(deps(), undefined)).rejects.toThrow(ElectionNotReady)
  expect(await boardOf(id)).toEqual([])
  const { status, actions } = await urna.work.read(async (tx) => ({
    status: (await findElection(tx, undefined)).status,
    actions: await tx.db.selectFrom('audit_entry').select('action').orderBy('position').execute(),
  }))
  expect(status).toBe('draft')
  expect(actions.at(-1)).toEqual({ action: 'refused' })
})

test('who became eligible after the tokens were issued keeps the election from opening', async () => {
  await ready()
  await urna.work.write('join', async (tx) => {
    await tx.db
      .insertInto('member')
      .values({
        organisation_id: 1,
        number: 'new',
        name: 'New',
        custom: '{}',
        created_at: tx.now,
        updated_at: tx.now,
        weight_micros: 1_000_000,
      })
      .execute()
  })
  await expect(openElection(deps(), undefined)).rejects.toThrow('1 of 4 voters has no token')
})

const weighted: TestMember[] = [
  { number: '1', weight: 1.5 },
  { number: '2', weight: 0.75 },
  { number: '3', weight: 3 },
]

test('weights are published as whole numbers of the greatest unit that divides them', async () => {
  const { id } = await ready({ members: weighted })
  await openElection(deps(), undefined)
  const credentials = parsePublicCredentials(group, (await boardOf(id))[2]?.body ?? '')
  if ('refused' in credentials) throw new Error('refused')
  expect(credentials.map(({ weight }) => weight).sort()).toEqual([1n, 2n, 4n])
  const { weight_unit_micros } = await urna.work.read((tx) => findElection(tx, undefined))
  expect(weight_unit_micros).toBe(750_000)
})

test('where all weigh the same, the credentials carry no weight', async () => {
  const { id } = await ready({ members: weighted.map(({ number }) => ({ number, weight: 2.5 })) })
  await openElection(deps(), undefined)
  const credentials = JSON.parse((await boardOf(id))[2]?.body ?? '[]') as string[]
  expect(credentials.every((credential) => /^[0-9a-f]{64}$/.test(credential))).toBe(true)
})

test('a ranking does not open where voters weigh differently', async () => {
  await ready({ members: weighted, draft: { contests: [contestDraft({ method: 'irv' })] } })
  await expect(openElection(deps(), undefined)).rejects.toThrow("a ballot's weight would name its voter")
})

test('a ranking of more options than a ballot has slots keeps their names beside the question', async () => {
  const names = Array.from({ length: 40 }, (_, index) => `Candidate ${index + 1}`)
  await ready({ draft: { contests: [contestDraft({ method: 'stv-scottish', seats: 3, names })] } })
  const { sealedJson } = await openElection(deps(), undefined)
  const sealed = parseElection(group, sealedJson)
  if ('refused' in sealed) throw new Error('refused')
  expect(contestsOfSealedElection(sealed.parameters)?.[0]?.options).toEqual(names)
})

test('an election whose question contradicts what stands beside it is not taken for one of ours', async () => {
  await ready()
  const { sealedJson } = await openElection(deps(), undefined)
  const sealed = parseElection(group, sealedJson.replace('"max":1', '"max":2'))
  if ('refused' in sealed) throw new Error('refused')
  expect(contestsOfSealedElection(sealed.parameters)).toBeUndefined()
})

test('only a draft can be deleted, and then nothing is left of it', async () => {
  const { id } = await ready()
  await deleteElection(urna.work, undefined)
  const left = await urna.work.read(async ({ db }) => [
    ...(await db.selectFrom('election').select('id').where('id', '=', id).execute()),
    ...(await db.selectFrom('contest').select('id').execute()),
    ...(await db.selectFrom('voter').select('id').execute()),
    ...(await db.selectFrom('token').select('id').execute()),
    ...(await db.selectFrom('trustee').select('id').execute()),
  ])
  expect(left).toEqual([])
})

test('the ballots of an election that was called off can never be opened: its key is gone', async () => {
  const { id } = await ready()
  await openElection(deps(), undefined)
  const keys = () =>
    urna.work.read(({ db }) =>
      db.selectFrom('trustee').select('secret').where('election_id', '=', id).execute(),
    )
  expect((await keys())[0]?.secret).toHaveLength(32)
  await cancelElection(urna.work, { election: undefined, reason: 'wrong roll' })
  expect(await keys()).toEqual([{ secret: null }])
})

test('an open election can not be deleted', async () => {
  await ready()
  await openElection(deps(), undefined)
  await expect(deleteElection(urna.work, undefined)).rejects.toThrow(WrongState)
})

test('checking a draft leaves the file as it was', async () => {
  await draftElection(deps(), { members: someMembers(2) })
  const before = readFileSync(urna.path)
  const { findings } = await checkElection(urna.work, undefined)
  expect(findings.length).toBeGreaterThan(0)
  expect(readFileSync(urna.path).equals(before)).toBe(true)
})
