import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { cancelElection } from '../../src/election/cancel-election.ts'
import { insertElection } from '../../src/election/create-election.ts'
import { findElection } from '../../src/election/find-election.ts'
import { openElection } from '../../src/election/open-election.ts'
import { correctRoll } from '../../src/register/correct-roll.ts'
import { issueTokens } from '../../src/voting/issue-tokens.ts'
import { listTokens } from '../../src/voting/list-tokens.ts'
import { replaceToken } from '../../src/voting/replace-token.ts'
import { contestDraft } from '../support/election.ts'
import {
  addMembers,
  correct,
  formOf,
  group,
  ingestAll,
  type Opened,
  openedElection,
  sealVote,
} from './fixtures.ts'

let box: Opened
afterEach(() => box.close())

/** A runoff of the first election, as a draft. */
async function draftRunoff(round = 1, slug = 'runoff'): Promise<void> {
  await box.work.write('test', async (tx) => {
    const first = await findElection(tx, 'chapter')
    const slot = await tx.db
      .selectFrom('runoff_slot')
      .select('uuid')
      .where('round', '=', round)
      .executeTakeFirstOrThrow()
    await insertElection(tx, group, {
      organisationId: first.organisation_id,
      draft: {
        ...{
          title: 'Runoff',
          description: '',
          slug,
          zone: first.zone,
          recast: 'last-counts',
          code: 'none',
          visibility: 'secret',
          allowInvalid: false,
          liveVoting: false,
        },
        ...{ opensAt: null, closesAt: null, eligibility: {} },
        contests: [contestDraft({ names: ['Ada', 'Bo'] })],
      },
      uuid: slot.uuid,
      runoff: { of: first.id, round },
    })
  })
}

async function openRunoff(slug = 'runoff'): Promise<Pick<Opened, 'form' | 'tokens'>> {
  const { sealedJson } = await openElection({ work: box.work, group }, slug)
  return { form: formOf(sealedJson), tokens: box.tokens }
}

async function runoffStates(): Promise<Record<string, string>> {
  const { tokens } = await box.work.read((tx) => listTokens(tx, 'runoff'))
  return Object.fromEntries(tokens.map(({ number, state }) => [number, state]))
}

test('voters keep their token for the runoff, and a ballot counts in its own election only', async () => {
  box = await openedElection({ voters: 2 })
  const first = sealVote(box, '1001')
  await ingestAll(box.work, [first], { election: 'chapter' })
  await draftRunoff()
  expect(await runoffStates()).toEqual({})
  const runoff = await openRunoff()
  expect(await runoffStates()).toEqual({ '1001': 'issued', '1002': 'issued' })
  expect(await ingestAll(box.work, [first, sealVote(runoff, '1001')], { election: 'runoff' })).toMatchObject([
    { code: 'other-election' },
    { outcome: 'accepted' },
  ])
  expect(await runoffStates()).toEqual({ '1001': 'used', '1002': 'issued' })
})

test('who was struck from the first roll has no vote in the runoff', async () => {
  box = await openedElection({ voters: 2 })
  await correct(box.work, 'strike', '1001')
  await draftRunoff()
  const runoff = await openRunoff()
  expect(await ingestAll(box.work, [sealVote(runoff, '1001')], { election: 'runoff' })).toMatchObject([
    { code: 'revoked-token' },
  ])
  expect(await runoffStates()).toEqual({ '1002': 'issued' })
})

test('a token that was replaced for the runoff is no new token of the first election', async () => {
  box = await openedElection({ voters: 2 })
  await draftRunoff()
  const out = join(box.folder, 'tokens-runoff.csv')
  const deps = { work: box.work, group }
  await issueTokens(deps, { election: 'runoff', out, reserve: 0, expires: undefined })
  await replaceToken(deps, { election: 'runoff', number: '1001', reason: 'lost', out })
  const { uuids } = await box.work.read(async ({ db }) => ({
    uuids: await db
      .selectFrom('token_credential as c')
      .innerJoin('token as t', 't.id', 'c.token_id')
      .innerJoin('election as e', 'e.id', 't.election_id')
      .select(['c.uuid', 'e.uuid as first'])
      .where(
        't.id',
        '=',
        db.selectFrom('token').select(({ fn }) => fn.max('id').as('last')),
      )
      .execute(),
  }))
  expect(uuids).toHaveLength(2)
  for (const { uuid, first } of uuids) expect(uuid).not.toBe(first)
})

test('an open runoff replaces a token from the reserve of the first election', async () => {
  box = await openedElection({ voters: 2, reserve: 1 })
  await draftRunoff()
  const runoff = await openRunoff()
  const deps = { work: box.work, group }
  const input = { election: 'runoff', number: '1002', reason: 'lost', out: undefined }
  expect(await replaceToken(deps, input)).toMatchObject({ reserve: 'R-001' })
  expect(
    await ingestAll(box.work, [sealVote(runoff, '1002'), sealVote(runoff, 'R-001')], { election: 'runoff' }),
  ).toMatchObject([{ code: 'revoked-token' }, { outcome: 'accepted' }])
})

test('a token that was not published with a runoff is not accepted in it, whoever is added to its roll', async () => {
  box = await openedElection({ voters: 1, reserve: 2 })
  const { work } = box
  const deps = { work, group }
  await addMembers(work, 1, 2)
  const addTo = async (election: string) => {
    const { tokenRevoked } = await correctRoll(work, {
      election,
      kind: 'add',
      number: '1002',
      reason: 'forgotten',
    })
    const input = { election, out: undefined, reserve: 0, expires: undefined }
    return { tokenRevoked, assigned: (await issueTokens(deps, input)).assigned }
  }
  await draftRunoff()
  await openRunoff()
  expect(await addTo('runoff')).toEqual({
    tokenRevoked: false,
    assigned: [{ number: '1002', reserve: 'R-001' }],
  })
  await cancelElection(work, { election: 'runoff', reason: undefined })

  // Its roll is that of the first election, and so is its list of credentials, beside the reserve.
  await draftRunoff(2, 'again')
  const again = await openRunoff('again')
  expect(await addTo('again')).toEqual({
    tokenRevoked: true,
    assigned: [{ number: '1002', reserve: 'R-002' }],
  })
  const ballots = [sealVote(again, 'R-001'), sealVote(again, 'R-002')]
  expect(await ingestAll(work, ballots, { election: 'again' })).toMatchObject([
    { code: 'revoked-token' },
    { outcome: 'accepted' },
  ])
})
