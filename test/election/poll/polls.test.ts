import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readLog } from '../../../src/audit/read-log.ts'
import { resetPoll } from '../../../src/election/poll/end-poll.ts'
import { viewPoll } from '../../../src/election/poll/view-poll.ts'
import { group } from '../../voting/fixtures.ts'
import { type Meeting, motion, openMeeting } from './meeting.ts'

let meeting: Meeting
const five = [1, 2, 3, 4, 5].map((id) => ({ id, groups: [40] }))
beforeAll(async () => {
  meeting = await openMeeting(five)
})
afterAll(() => meeting.close())

async function started(changes: Readonly<Record<string, unknown>> = {}): Promise<number> {
  const poll = await meeting.create(changes)
  expect((await meeting.send(`poll/${poll}/start`)).body).toBe('')
  return poll
}

async function say(poll: number, ...values: readonly unknown[]): Promise<void> {
  for (const [index, value] of values.entries()) {
    const { status, body } = await meeting.vote(poll, index + 1, { value })
    expect({ status, body }).toEqual({ status: 200, body: '' })
  }
}

async function result(poll: number): Promise<unknown> {
  expect((await meeting.send(`poll/${poll}/finalize`)).body).toBe('')
  return (await meeting.view(poll)).result
}

const candidates = { option_type: 'text', options: ['Ada', 'Bo', 'Cy'] }
const base = { onehundred_percent_base: 'valid' }

describe('a poll that a meeting service holds', () => {
  test.each(['open', 'named', 'secret'])('counts a motion that is %s', async (visibility) => {
    const poll = await started({ visibility })
    await say(poll, 'yes', 'Yes', 'NO', 'abstain')
    expect(await result(poll)).toEqual({ yes: '2', no: '1', abstain: '1' })
  })

  test.each(['open', 'secret'])(
    'counts a selection that is %s, with abstentions and nota',
    async (visibility) => {
      const poll = await started({
        ...{ ...candidates, visibility, method: 'selection' },
        method_config: { ...base, max_options_amount: 2, allow_nota: true },
      })
      expect((await meeting.vote(poll, 1, { value: [1, 2, 3] })).body).toMatchObject({
        error: 'invalid_ballot',
      })
      await say(poll, [1, 3], [3], 'nota', [])
      expect(await result(poll)).toEqual({ 1: '1', 3: '2', nota: '1', abstain: '1' })
    },
  )

  test.each(['open', 'secret'])('counts points that are %s', async (visibility) => {
    const poll = await started({
      ...{ ...candidates, visibility, method: 'rating_score' },
      method_config: { ...base, max_votes_per_option: 3, max_vote_sum: 5, max_options_amount: 2 },
    })
    expect((await meeting.vote(poll, 1, { value: { 1: 4 } })).body).toMatchObject({ error: 'invalid_ballot' })
    expect((await meeting.vote(poll, 1, { value: { 1: 0 } })).body).toMatchObject({ error: 'invalid_ballot' })
    await say(poll, { 1: 3, 2: 2 }, { 2: 1 }, {})
    expect(await result(poll)).toEqual({ 1: '3', 2: '3', abstain: '1' })
  })

  test.each(['open', 'secret'])('counts answers for each option that are %s', async (visibility) => {
    const poll = await started({
      ...{ ...candidates, visibility, method: 'rating_approval' },
      method_config: base,
    })
    await say(poll, { 1: 'yes', 2: 'no' }, { 1: 'abstain', 3: 'yes' }, {})
    expect(await result(poll)).toEqual({
      1: { yes: '1', abstain: '1' },
      ...{ 2: { no: '1' }, 3: { yes: '1' }, abstain: '1' },
    })
  })

  test('weighs votes and divides a weight, from the cast to the count', async () => {
    await meeting.join({ id: 9, groups: [40], weight: 3 })
    const poll = await started({ allow_vote_split: true, users_enable_vote_weight: true })
    const split = (value: unknown) => meeting.vote(poll, 9, { value, split: true })
    for (const value of [{ 4: 'yes' }, { 0: 'yes' }, {}, '{"1":"yes","1":"no"}']) {
      const body = typeof value === 'string' ? `{"split":true,"value":${value}}` : { value, split: true }
      expect((await meeting.vote(poll, 9, body)).body).toMatchObject({ error: 'invalid_ballot' })
    }
    expect((await split({ '1.50': 'yes', 0.5: 'no' })).status).toBe(200)
    await say(poll, 'no')
    expect(await result(poll)).toEqual({ yes: '1.5', no: '1.5' })
    expect((await meeting.view(poll)).ballots).toContainEqual(
      expect.objectContaining({ represented_meeting_user_id: 9, weight: '3', split: true }),
    )
  })

  test('takes what is no ballot where invalid ones are allowed, and counts it as one', async () => {
    const poll = await started({ allow_invalid: true })
    await say(poll, 'perhaps', null, 'yes', [{ deep: 1 }])
    expect(await result(poll)).toEqual({ yes: '1', invalid: 3 })
    const said = (await meeting.view(poll)).ballots!.map(({ value }) => value)
    expect(said).toEqual(['perhaps', null, 'yes', [{ deep: 1 }]])
  })

  test('shows votes before its end with live voting alone, and the log tells who looked', async () => {
    const [shown, hidden] = [await started({ live_voting_enabled: true }), await started()]
    await say(shown, 'yes')
    await say(hidden, 'yes')
    const views = async () =>
      meeting.work.read((tx) => readLog(tx, { action: 'vote-viewed' })).then((log) => log.length)
    const looked = await views()
    const see = async (poll: number) =>
      (await meeting.send(`poll/${poll}`, { method: 'GET' })).body as Record<string, unknown>
    expect(await see(hidden)).toMatchObject({
      state: 'started',
      published: false,
      result: null,
      ballots: null,
    })
    expect(await see(shown)).toMatchObject({
      ...{ published: true, result: null, voted_ids: [1] },
      ballots: [{ acting_meeting_user_id: 1, represented_meeting_user_id: 1, value: 'yes' }],
    })
    await see(shown)
    expect(await views()).toBe(looked + 1)
  })

  test('stays on record when it is reset: the vote is held anew in an election of its own', async () => {
    const poll = await started({ users_enable_vote_weight: true })
    await say(poll, 'yes', 'yes')
    const before = (await meeting.view(poll)).election
    expect((await meeting.send(`reset/?id=${poll}`)).body).toBe('')
    const after = await meeting.view(poll)
    expect(after).toMatchObject({ state: 'created', voted_ids: [], result: null, title: motion.title })
    expect(after.election).not.toBe(before)
    expect((await meeting.vote(poll, 1, { value: 'yes' })).body).toMatchObject({ error: 'not-started' })
    await meeting.send(`poll/${poll}/start`)
    await say(poll, 'no')
    expect(await result(poll)).toEqual({ no: '1' })
    const kept = await meeting.work.read((tx) =>
      tx.db
        .selectFrom('ballot')
        .innerJoin('election', 'election.id', 'ballot.election_id')
        .select(['election.slug', 'election.status'])
        .execute(),
    )
    expect(kept.filter(({ slug }) => slug === before)).toEqual(
      Array(2).fill({ slug: before, status: 'cancelled' }),
    )
  })

  test('that took place is taken away from the service, and not from the file', async () => {
    const poll = await started()
    await say(poll, 'yes')
    const { election } = await meeting.view(poll)
    expect((await meeting.send(`poll/${poll}`, { method: 'DELETE' })).status).toBe(200)
    expect((await meeting.send(`poll/${poll}`, { method: 'GET' })).body).toMatchObject({ error: 'not-exist' })
    const { status } = await meeting.work.read((tx) =>
      tx.db.selectFrom('election').select('status').where('slug', '=', election).executeTakeFirstOrThrow(),
    )
    expect(status).toBe('cancelled')
  })

  test('has a manual result that can be typed in anew until it is published', async () => {
    const manual = { visibility: 'manually', entitled_group_ids: [] }
    const poll = await meeting.create({ ...manual, result: { yes: '42', no: '23', invalid: 2 } })
    expect(await meeting.view(poll)).toMatchObject({
      ...{ state: 'finished', result: { yes: '42', no: '23', invalid: 2 }, published: false },
    })
    const update = (body: unknown) => meeting.send(`update/?id=${poll}`, { body })
    expect((await update({ result: { yes: '40', abstain: '1.5' } })).body).toBe('')
    expect((await meeting.view(poll)).result).toEqual({ yes: '40', abstain: '1.5' })
    expect((await update({ result: { perhaps: '1' } })).body).toMatchObject({ error: 'invalid' })
    expect((await meeting.send(`finalize/?id=${poll}&publish`)).body).toBe('')
    expect((await meeting.view(poll)).published).toBe(true)
    expect((await update({ result: { yes: '1' } })).body).toMatchObject({ error: 'not-allowed' })
    const refused = await meeting.send('poll/', { body: { ...motion, ...manual, result: { perhaps: '1' } } })
    expect(refused.body).toMatchObject({ error: 'invalid' })
    const last = await meeting.work.read((tx) =>
      tx.db.selectFrom('poll').select('id').orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow(),
    )
    expect(last.id).toBe(poll)
  })

  test('can be changed before it starts, and voted on as it is then', async () => {
    const poll = await meeting.create()
    const update = (body: unknown) => meeting.send(`poll/${poll}`, { body })
    expect(
      (
        await update({
          ...{ title: 'Who chairs', method: 'selection', option_type: 'meeting_user', options: [3, 1] },
          ...{ method_config: { ...base, max_options_amount: 1 }, visibility: 'named' },
        })
      ).body,
    ).toBe('')
    expect(await meeting.view(poll)).toMatchObject({
      ...{ title: 'Who chairs', visibility: 'named', method: 'selection' },
      options: [
        { id: 1, text: 'Member 3', meeting_user_id: 3 },
        { id: 2, text: 'Member 1', meeting_user_id: 1 },
      ],
    })
    expect((await update({ method: 'rating_score' })).body).toMatchObject({ error: 'invalid' })
    await meeting.send(`poll/${poll}/start`)
    await say(poll, [2], [2], [1])
    expect(await result(poll)).toEqual({ 1: '1', 2: '2' })
    expect((await update({ title: 'Late' })).body).toMatchObject({ error: 'not-allowed' })
  })

  test('is voted in by the key alone that started it, and by no other', async () => {
    const poll = await started()
    const asked = { acting: 1, body: { value: 'yes' } }
    const other = await meeting.keyFor('owner')
    expect((await meeting.send(`poll/${poll}/vote`, { ...asked, key: other })).body).toMatchObject({
      error: 'not-allowed',
    })
    const admin = await meeting.keyFor('admin')
    expect((await meeting.send(`poll/${poll}/vote`, { ...asked, key: admin })).status).toBe(403)
    expect((await meeting.send(`poll/${poll}/vote`, asked)).status).toBe(200)
  })

  test('is none for a key that only tries things out, nor for those of another organisation', async () => {
    const dry = await meeting.keyFor('owner', true)
    const poll = await meeting.create()
    expect((await meeting.send(`poll/${poll}/start`, { key: dry })).status).toBe(403)
    const { work } = meeting
    const others = { organisationId: 2, poll }
    await expect(viewPoll({ work, group }, others)).rejects.toMatchObject({ fault: 'not-exist' })
    await expect(resetPoll({ work, group }, others)).rejects.toMatchObject({ fault: 'not-exist' })
    expect((await meeting.view(poll)).state).toBe('created')
  })
})
