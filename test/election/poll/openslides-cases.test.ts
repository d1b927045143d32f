import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { voteInPoll } from '../../../src/election/poll/vote-in-poll.ts'
import { corpusFolder } from '../../support/corpus.ts'
import type { Answer } from '../../support/office.ts'
import { stricterCases } from '../../support/stricter.ts'
import { group } from '../../voting/fixtures.ts'
import { type Meeting, type MeetingMember, motion, openMeeting } from './meeting.ts'

interface FixturePoll {
  readonly state?: string
  readonly visibility?: string
  /** As the older service called it. */
  readonly type?: string
  readonly published?: boolean
  readonly allow_invalid?: boolean
  readonly live?: boolean
  readonly result?: Readonly<Record<string, string>>
}

interface SaidBallot {
  readonly represented?: number
  readonly user?: number
  readonly poll?: number
  readonly value?: string
}

interface Case {
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly dialect?: string | null
  readonly rule: string
  readonly steps: readonly string[]
  readonly request: {
    readonly method?: string
    readonly url?: string
    readonly service_error?: string
    readonly user?: number
  }
  readonly fixture: {
    readonly poll?: FixturePoll
    readonly polls?: Readonly<Record<string, FixturePoll>>
    readonly ballots?: readonly SaidBallot[]
    readonly meeting?: Readonly<Record<string, boolean>>
    readonly members?: readonly MeetingMember[]
    readonly member?: MeetingMember
  }
  readonly act: {
    readonly op: string
    readonly body?: Readonly<Record<string, unknown>>
    readonly body_raw?: string
    readonly publish?: boolean
    readonly anonymize?: boolean
    readonly acting_member?: number
    readonly represented_member?: number | string
    readonly value?: string
  }
  readonly expect: Readonly<Record<string, unknown>>
}

const corpus = corpusFolder()
const cases =
  corpus === undefined
    ? []
    : (JSON.parse(readFileSync(join(corpus, 'corpus/openslides/cases.json'), 'utf8')) as { cases: Case[] })
        .cases
const stricter = stricterCases('The OpenSlides vote service')

/** Nobody's number but those of the cases, and somebody who lets an election open. */
const everybody = [1, 2, 3, 4, 5, 6, 7, 11, 21, 30, 31, 300, 310, 500]
let meeting: Meeting

const errorIn = ({ body }: Answer) => (body as { error?: string }).error
/** What the older service calls `stopped` is `not-started` in the newer one. */
const said = (error: unknown) => (error === 'stopped' ? 'not-started' : error)

function expectAnswer(answer: Answer, expected: Readonly<Record<string, unknown>>): void {
  if (expected.error === undefined) expect(answer.body).toBe('')
  else if (expected.error === 'any') expect(errorIn(answer)).toBeDefined()
  else expect(errorIn(answer)).toBe(said(expected.error))
  const { message } = expected
  if (typeof message !== 'string') return
  expect((answer.body as { message: string }).message).toContain(message.replace(/^\.\.\. /, ''))
}

const start = (poll: number) => meeting.send(`poll/${poll}/start`)
const end = (poll: number, query = '') => meeting.send(`finalize/?id=${poll}${query}`)
const voteFor = (poll: number, member: number, value: unknown) => meeting.vote(poll, member, { value })

/** Free texts are ballots where invalid ones are taken. */
const anyText = { allow_invalid: true }

async function prepare(poll: FixturePoll = {}, ballots: readonly SaidBallot[] = []): Promise<number> {
  const { state = 'created', type, allow_invalid = false, live = false, result } = poll
  const visibility = type === undefined ? poll.visibility : type === 'analog' ? 'manually' : type
  const manual = visibility === 'manually'
  const id = await meeting.create({
    ...{ visibility: visibility ?? 'open', allow_invalid, live_voting_enabled: live },
    ...(manual && { entitled_group_ids: [] }),
    ...(result !== undefined && { result }),
  })
  if (manual || state === 'created') return id
  expectAnswer(await start(id), {})
  for (const { represented, user, value } of ballots) {
    expectAnswer(await voteFor(id, (represented ?? user)!, value), {})
  }
  if (state !== 'started') expectAnswer(await end(id, poll.published === true ? '&publish' : ''), {})
  return id
}

async function lifecycle({ id, fixture, act, expect: expected }: Case): Promise<void> {
  const { ballots } = fixture
  if (act.op === 'create') {
    const { status, body } = await meeting.send('create/', { body: act.body })
    expect(status, JSON.stringify(body)).toBe(200)
    const poll = await meeting.view((body as { poll_id: number }).poll_id)
    expect(poll.title).toBe(expected.title ?? act.body!.title)
    expect(poll.state).toBe(expected.state ?? 'created')
    const config = expected.config as { options: number[] } | undefined
    if (config === undefined) return
    expect(poll.options.map((option) => option.id)).toEqual(config.options)
    const given = (act.body!.config as { options: number[] }).options
    expect(poll.options.map((option) => option.meeting_user_id)).toEqual(given)
    expect(poll.config.max_options_amount ?? null).toBeNull()
    expect(poll.config.allow_nota ?? false).toBe(false)
    return
  }
  if (act.op.startsWith('stop then')) {
    const poll = await prepare({ ...anyText, state: 'started' }, ballots)
    expectAnswer(await end(poll), {})
    const { ballots: shown, voted_ids } = await meeting.view(poll)
    expect(shown!.map(({ value }) => value).sort()).toEqual(expected.values_any_order)
    expect(voted_ids).toEqual(expected.user_ids)
    return expectAnswer(await voteFor(poll, 3, 'polldata3'), { error: expected.vote_error })
  }
  switch (act.op) {
    case 'stop':
      return expectAnswer(await end(999_999), expected)
    case 'clear':
      return expectAnswer(await meeting.send('reset/?id=999999'), expected)
    case 'voted': {
      const polls = [
        await prepare({ state: 'started' }, [{ user: 5, value: 'yes' }]),
        await prepare({ state: 'started' }),
      ]
      const voted = await Promise.all(polls.map(async (poll) => (await meeting.view(poll)).voted_ids))
      expect(voted).toEqual([expected['1'], expected['2'] ?? []])
      return
    }
    case 'live_votes': {
      for (const [number, poll] of Object.entries(fixture.polls!)) {
        const own = ballots!.filter((ballot) => String(ballot.poll) === number)
        const made = await prepare({ ...poll, ...anyText, state: 'started' }, own)
        const shown = (await meeting.view(made)).ballots!
        const votes = shown.map((ballot) => [ballot.represented_meeting_user_id, ballot.value])
        expect(Object.fromEntries(votes)).toEqual(expected[number])
      }
      return
    }
  }
  const stopped = act.op === 'start then vote'
  const poll = await prepare({ ...fixture.poll, ...(stopped && { state: 'finished' }) }, ballots)
  switch (act.op) {
    case 'start':
      expectAnswer(await start(poll), expected)
      break
    case 'start then vote':
      expectAnswer(await start(poll), {})
      return expectAnswer(await voteFor(poll, 1, 'yes'), { error: expected.vote_error })
    case 'finalize': {
      const query = `${act.publish ? '&publish' : ''}${act.anonymize ? '&anonymize' : ''}`
      expectAnswer(await end(poll, query), expected)
      break
    }
    case 'delete':
      expectAnswer(await meeting.send(`poll/${poll}`, { method: 'DELETE' }), expected)
      return expectAnswer(await start(poll), { error: 'not-exist' })
    case 'reset':
      expectAnswer(await meeting.send(`reset/?id=${poll}`), expected)
      break
    case 'vote':
      expectAnswer(await meeting.send(`poll/${poll}/vote`, { acting: 300, body: act.body_raw }), expected)
      expect(await recordOf(poll)).not.toMatch(/yes/i)
      break
    default:
      throw new Error(`${id} asks for ${act.op}`)
  }
  const view = await meeting.view(poll)
  if (expected.state !== undefined) expect(view.state).toBe(expected.state)
  if (expected.result !== undefined) expect(view.result).toEqual(expected.result)
  if (expected.result_set === true) expect(view.result).not.toBeNull()
  if (expected.voted_members !== undefined) expect(view.voted_ids).toEqual(expected.voted_members)
  if (expected.anonymized !== true) return
  expect(view).toMatchObject({ anonymized: true, ballots: null })
  const voters = await meeting.work.read((tx) =>
    tx.db
      .selectFrom('ballot')
      .innerJoin('poll', 'poll.election_id', 'ballot.election_id')
      .select('ballot.voter_id')
      .where('poll.id', '=', poll)
      .execute(),
  )
  expect(voters).toEqual(ballots!.map(() => ({ voter_id: null })))
}

/** The only ballot of a poll, as it stands on the board. */
async function recordOf(poll: number): Promise<string> {
  const { body } = await meeting.work.read((tx) =>
    tx.db
      .selectFrom('ballot')
      .innerJoin('poll', 'poll.election_id', 'ballot.election_id')
      .innerJoin('board_record as record', (on) =>
        on
          .onRef('record.election_id', '=', 'ballot.election_id')
          .onRef('record.position', '=', 'ballot.board_position'),
      )
      .select('record.body')
      .where('poll.id', '=', poll)
      .executeTakeFirstOrThrow(),
  )
  return body
}

async function storage({ steps, expect: expected }: Case): Promise<void> {
  if (steps[0]!.includes('||')) {
    const poll = await prepare()
    const deeds = Array.from({ length: 50 }, () => [start(poll), end(poll)]).flat()
    const errors = (await Promise.all(deeds)).flatMap((answer) => errorIn(answer) ?? [])
    expect(expected.allowed_errors).toEqual(expect.arrayContaining([...new Set(errors)]))
    return
  }
  const unknown = steps.length === 1
  const poll = unknown ? 999_999 : await prepare({ ...anyText, live: true })
  let last: Answer | undefined
  for (const step of steps) {
    const [verb, user = '', value = "'any vote'"] = /^(\w+)(?: u(\d+))?(?: ('.*'))?$/.exec(step)!.slice(1)
    if (verb === 'start') last = await start(poll)
    else if (verb === 'stop') last = await end(poll)
    else if (verb === 'vote') last = await voteFor(poll, Number(user), value.slice(1, -1))
    else if (verb !== 'live_votes') last = await meeting.send(`reset/?id=${poll}`)
  }
  if (expected.ok === true) return expectAnswer(last!, expected)
  if (expected.last !== undefined) return expectAnswer(last!, expected.last as Record<string, unknown>)
  const { ballots, voted_ids: voted } = await meeting.view(poll)
  const { users } = expected
  if (users === 0) expect([voted, ballots]).toEqual([[], []])
  else expect(voted).toEqual(users)
  if (Array.isArray(expected.ballots)) expect(ballots!.map(({ value }) => value)).toEqual(expected.ballots)
}

async function http({ name, request, expect: expected }: Case): Promise<void> {
  const answer = await asked(name, request)
  expect(answer.status).toBe(expected.status)
  if (expected['body.error'] !== undefined) expect(errorIn(answer)).toBe(expected['body.error'])
  const body = expected.body as Readonly<Record<string, unknown>> | undefined
  if (body?.poll_id !== undefined) expect(answer.body).toEqual({ poll_id: expect.any(Number) })
  else if (body !== undefined) expect(answer.body).toEqual(body)
}

async function asked(
  name: string,
  { method = 'POST', url, service_error: fault, user }: Case['request'],
): Promise<Answer> {
  if (user === 0) {
    const poll = await prepare({ state: 'started' })
    const nobody = await meeting.send(`poll/${poll}/vote`, { key: null, acting: 1, body: { value: 'yes' } })
    expect(nobody.body).toMatchObject({ error: 'not-allowed' })
    return meeting.vote(poll, 0, { value: 'yes' })
  }
  if (fault === 'double-vote') {
    const poll = await prepare({ state: 'started' }, [{ user: 1, value: 'yes' }])
    return voteFor(poll, 1, 'no')
  }
  if (fault === 'not-exist') {
    const deed = name.includes('Delete') ? 'delete' : 'reset'
    return meeting.send(`${deed}/?id=999999`)
  }
  if (fault !== undefined) {
    const poll = await prepare()
    await meeting.work.write('damage', async (tx) => {
      await tx.db.updateTable('poll').set({ settings: '{}' }).where('id', '=', poll).execute()
    })
    for (const path of [`poll/${poll}`, `poll/${poll}/start`, `update/?id=${poll}`]) {
      expect((await meeting.send(path, { body: {} })).status).toBe(500)
    }
    return meeting.send(`reset/?id=${poll}`)
  }
  const path = url!.replace('/system/vote/', '')
  if (path.includes('?publish')) {
    const poll = await prepare({ state: 'started' })
    const answer = await meeting.send(path.replace('/1/', `/${poll}/`))
    expect((await meeting.view(poll)).published).toBe(true)
    return answer
  }
  const body = name.endsWith('Valid') ? motion : undefined
  return meeting.send(path, { method, ...(body !== undefined && { body }) })
}

/** What each rule of the code is tried with. */
const rules: Readonly<Record<string, (expected: Case['expect']) => Promise<void>>> = {
  "body_raw='['": (expected) => refusesCreate('[', expected),
  'content_object_id empty': (expected) => refusesCreate({ ...motion, content_object_id: '' }, expected),
  'method empty': (expected) => refusesCreate({ ...motion, method: '' }, expected),
  'method_config absent': (expected) => refusesCreate({ ...motion, method_config: undefined }, expected),
  'options given, option_type empty': (expected) => refusesCreate({ ...motion, options: ['A'] }, expected),
  'visibility=manually, entitled_group_ids=[40]': (expected) =>
    refusesCreate({ ...motion, visibility: 'manually' }, expected),
  'visibility=open, result set': (expected) => refusesCreate({ ...motion, result: { yes: '1' } }, expected),
  'method_config without onehundred_percent_base': (expected) =>
    refusesCreate({ ...motion, method_config: {} }, expected),
  'poll.visibility=manually': async (expected) =>
    refusesUpdate(await prepare({ visibility: 'manually' }), { entitled_group_ids: [40] }, expected),
  'poll.state in started|finished, method set': (expected) => refusesLater({ method: 'selection' }, expected),
  'poll.state in started|finished, visibility set': (expected) =>
    refusesLater({ visibility: 'named' }, expected),
  'poll.state in started|finished, allow_vote_split set': (expected) =>
    refusesLater({ allow_vote_split: true }, expected),
  'poll open, result set': async (expected) =>
    refusesUpdate(await prepare(), { result: { yes: '1' } }, expected),
  'start with live_voting_enabled=true': async (expected) => {
    const poll = await prepare({ state: 'started', live: true })
    expect((await meeting.view(poll)).published).toBe(expected.published)
  },
  'visibility=named, anonymize=true, state=started': async (expected) => {
    const poll = await prepare({ state: 'started', visibility: 'named' })
    expectAnswer(await end(poll, '&anonymize'), expected)
    expect((await meeting.view(poll)).state).toBe(expected.state_after)
  },
  'visibility=secret': async (expected) => {
    const ballots = [1, 2, 3].map((user) => ({ user, value: user === 2 ? 'no' : 'yes' }))
    const poll = await prepare({ state: 'finished', visibility: 'secret' }, ballots)
    const view = await meeting.view(poll)
    expect(view).toMatchObject({ voted_ids: [1, 2, 3], result: { yes: '2', no: '1' } })
    if (expected.ballot_order === 'by value') {
      expect(view.ballots?.map(({ value }) => value)).toEqual(['no', 'yes', 'yes'])
    }
  },
  'user 0': async ({ error, message }) => {
    const poll = await prepare({ state: 'started' })
    const vote = {
      organisationId: 1,
      poll,
      key: meeting.key,
      acting: '0',
      body: { value: 'yes' },
      text: '{}',
    }
    const refusal = voteInPoll({ work: meeting.work, group }, vote)
    await expect(refusal).rejects.toMatchObject({ fault: error, message })
  },
  'user without meeting_user': async (expected) =>
    expectAnswer(await voteFor(await prepare({ state: 'started' }), 77, 'yes'), expected),
  "allow_invalid=true, value '???'": async ({ counted_as: key }) => {
    const poll = await prepare({ ...anyText, state: 'finished' }, [{ user: 1, value: '???' }])
    expect((await meeting.view(poll)).result).toEqual({ [key as string]: 1 })
  },
  'content_object_id=motion/5': ({ without }) => refusesStrangers('motion/5', without as Case['expect']),
  'content_object_id=topic/5': ({ without }) => refusesStrangers('topic/5', without as Case['expect']),
  'caller without permission': async (expected) => {
    const key = await meeting.keyFor('admin')
    const poll = await prepare()
    const paths = ['', '/start', '/finalize', '/reset'].map((deed) => `poll/${poll}${deed}`)
    for (const path of paths) expectAnswer(await meeting.send(path, { key, body: {} }), expected)
    expectAnswer(await meeting.send(`poll/${poll}`, { key, method: 'DELETE' }), expected)
    await refusesStrangers('motion/5', expected)
  },
}

async function refusesCreate(body: unknown, expected: Case['expect']): Promise<void> {
  expectAnswer(await meeting.send('create/', { body }), expected)
}

async function refusesUpdate(poll: number, body: unknown, expected: Case['expect']): Promise<void> {
  expectAnswer(await meeting.send(`poll/${poll}`, { body }), expected)
}

async function refusesLater(body: unknown, expected: Case['expect']): Promise<void> {
  for (const state of ['started', 'finished']) await refusesUpdate(await prepare({ state }), body, expected)
}

async function refusesStrangers(content: string, expected: Case['expect']): Promise<void> {
  const body = { ...motion, content_object_id: content }
  expectAnswer(await meeting.send('create/', { key: await meeting.keyFor('moderator'), body }), expected)
  expect((await meeting.send('create/', { body })).status).toBe(200)
}

/** Members of a case get numbers of its own: who is in the room, and who acts for whom, is of the whole meeting. */
let casts = 0

async function cast({ fixture, act, expect: expected }: Case): Promise<void> {
  casts += 1
  const own = (number: number) => casts * 1000 + number
  const { members = [fixture.member!], meeting: rights = {}, poll } = fixture
  await meeting.join(
    ...[...members, { id: 7, groups: [40] }].map((member) => ({
      ...{ ...member, id: own(member.id), groups: member.groups.map(own) },
      delegated_to: member.delegated_to == null ? null : own(member.delegated_to),
    })),
  )
  const id = await meeting.create({
    entitled_group_ids: [own(40)],
    users_enable_vote_delegations: rights.enable_vote_delegations ?? false,
    users_forbid_delegator_to_vote: rights.forbid_delegator_to_vote ?? false,
    users_enable_vote_weight: rights.enable_vote_weight ?? false,
  })
  expectAnswer(await start(id), {})
  if (poll!.state === 'finished') expectAnswer(await end(id), {})
  const { represented_member: whose, value } = act
  const represented = typeof whose === 'number' ? { meeting_user_id: whose === 0 ? 0 : own(whose) } : {}
  const body = act.body_raw ?? { value, ...represented }
  const acting = own(act.acting_member ?? members[0]!.id)
  expectAnswer(await meeting.vote(id, acting, body), expected)
  if (expected.error !== undefined) return
  const whoseBallot = expected.ballot_for === undefined ? acting : own(expected.ballot_for as number)
  expect((await meeting.view(id)).voted_ids).toEqual([whoseBallot])
  expect(errorIn(await meeting.vote(id, acting, body))).toBe('double-vote')
  expectAnswer(await end(id), {})
  const [ballot] = (await meeting.view(id)).ballots!
  expect(ballot!.acting_meeting_user_id).toBe(acting)
  if (expected.stored_value_raw === undefined) return
  expect(JSON.stringify(ballot!.value)).toBe(expected.stored_value_raw)
}

const checks: Readonly<Record<string, (each: Case) => Promise<void>>> = {
  ...{ lifecycle, http, storage_backend: storage, cast_permission: cast, cast_request: cast },
  code_rule: (each) => rules[each.rule]!(each.expect),
}
const tried = cases.filter(
  ({ kind, dialect }) => Object.hasOwn(checks, kind) && (dialect ?? '2026-05') === '2026-05',
)

describe.skipIf(corpus === undefined)('the cases of the OpenSlides vote service, against a server', () => {
  beforeAll(async () => {
    meeting = await openMeeting(everybody.map((id) => ({ id, groups: [40] })))
  })
  afterAll(() => meeting.close())

  test.each(tried.map((each) => [each.kind, `${each.id} ${each.name}`, each] as const))(
    '%s: %s',
    async (_kind, _name, each) => {
      const check = checks[each.kind]!(each)
      if (stricter.has(each.id)) await expect(check).rejects.toThrow()
      else await check
    },
    120_000,
  )

  test('every case in which urna is stricter is one of these, and says why', () => {
    const ids = new Set(tried.map(({ id }) => id))
    for (const [id, why] of stricter) {
      expect(ids).toContain(id)
      expect(why.length, id).toBeGreaterThan(20)
    }
  })
})
