import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import ElectionPublish from '../../commands/election/publish.ts'
import { cancelElection } from '../../src/election/cancel-election.ts'
import { checkElection } from '../../src/election/check-election.ts'
import { readContests } from '../../src/election/contests.ts'
import { createRunoff, type RunoffRequest } from '../../src/election/create-runoff.ts'
import { deleteElection } from '../../src/election/delete-election.ts'
import { findElection } from '../../src/election/find-election.ts'
import { keepSchedule } from '../../src/election/keep-schedule.ts'
import { openElection } from '../../src/election/open-election.ts'
import { publishResult } from '../../src/election/publication.ts'
import { readElection } from '../../src/election/read-election.ts'
import { showElection } from '../../src/election/show-election.ts'
import { takeStep } from '../../src/election/take-step.ts'
import { parsePublicCredentials } from '../../src/sealing/credential.ts'
import type { Group } from '../../src/sealing/group.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { generateTrusteeKey, trusteePublicKeyFormat } from '../../src/sealing/trustee-key.ts'
import { methodById } from '../../src/tabulation/registry.ts'
import { issueTokens } from '../../src/voting/issue-tokens.ts'
import { replaceToken } from '../../src/voting/replace-token.ts'
import { contestDraft, draftElection } from '../support/election.ts'
import { runCommand } from '../support/run-command.ts'
import { type TemporaryUrna, temporaryUrna } from '../support/urna.ts'

let group: Group
beforeAll(async () => {
  group = await loadGroup()
})
let urna: TemporaryUrna
beforeEach(async () => {
  urna = await temporaryUrna({ now: '2026-12-01T09:00:00.000Z' })
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await urna.close()
})
const deps = () => ({ work: urna.work, group })

const request: RunoffRequest = {
  election: 'board-2026',
  contest: undefined,
  top: undefined,
  opens: undefined,
  hours: 24,
}

/** An election whose contests were counted with these votes, one number for each candidate. */
async function tallied(
  counts: readonly { draft: Parameters<typeof contestDraft>[0]; votes: readonly number[] }[],
) {
  const contests = counts.map(({ draft }, index) => contestDraft({ title: `Contest ${index + 1}`, ...draft }))
  await draftElection(deps(), { draft: { contests } })
  await urna.work.write('add trustee', async (tx) => {
    const public_key = trusteePublicKeyFormat(group).write(generateTrusteeKey(group).publicKey)
    const row = { election_id: 1, position: 2, name: 'Grace', kind: 'person' as const, created_at: tx.now }
    await tx.db
      .insertInto('trustee')
      .values({ ...row, public_key })
      .execute()
  })
  const out = join(urna.folder, 'tokens.csv')
  await issueTokens(deps(), { election: undefined, out, reserve: 1, expires: undefined })
  await openElection(deps(), undefined)
  await urna.work.write('count', async (tx) => {
    const election = await findElection(tx, undefined)
    for (const [index, contest] of (await readContests(tx, election.id)).entries()) {
      const { votes } = counts[index]!
      const body = methodById(contest.method).tabulate({
        options: contest.options.map(({ name }) => name),
        seats: contest.seats,
        rules: contest.rules,
        tieBreaks: {},
        ballots: {
          kind: 'totals',
          votes: votes.map(String),
          ballots: String(votes.reduce((sum, each) => sum + each, 0)),
          blank: '0',
        },
      })
      await tx.db
        .insertInto('tabulation')
        .values({
          ...{ contest_id: contest.id, outcome: body.outcome.kind, created_at: tx.now },
          body: JSON.stringify({ ...body, invalidBallots: [] }),
        })
        .execute()
    }
    await takeStep(tx, election, { step: 'close' })
    await takeStep(tx, await findElection(tx, undefined), { step: 'tally' })
  })
}

test('where nobody has a majority, the two with most votes go to a runoff that the most votes decide', async () => {
  await tallied([{ draft: { method: 'majority' }, votes: [40, 25, 35] }])
  const { election, contests } = await createRunoff(deps(), request)
  expect(contests).toEqual([{ title: 'Contest 1', seats: 1, contenders: ['Ana Duarte', 'Carmen Ruiz'] }])
  expect(election).toMatchObject({
    slug: 'board-2026-runoff',
    status: 'draft',
    opens_at: null,
    closes_at: null,
    runoff_round: 1,
  })
  const [contest] = await urna.work.read((tx) => readContests(tx, election.id))
  expect(contest?.method).toBe('plurality')
})

test('the runoff has the same roll, the same people with their keys, and a fresh key of the server', async () => {
  await tallied([{ draft: { method: 'majority' }, votes: [40, 25, 35] }])
  const { election } = await createRunoff(deps(), request)
  const both = await urna.work.read(async ({ db }) => {
    const of = async (id: number) => ({
      roll: await db
        .selectFrom('voter')
        .select(['number', 'name', 'weight_micros'])
        .where('election_id', '=', id)
        .execute(),
      trustees: await db
        .selectFrom('trustee')
        .select(['name', 'public_key'])
        .where('election_id', '=', id)
        .orderBy('position')
        .execute(),
    })
    return [await of(1), await of(election.id)] as const
  })
  expect(both[1].roll).toEqual(both[0].roll)
  expect(both[1].trustees[1]).toEqual(both[0].trustees[1])
  expect(both[1].trustees[0]?.public_key).not.toBe(both[0].trustees[0]?.public_key)
})

test('the tokens of the first election are those of the runoff: it opens without new ones', async () => {
  await tallied([{ draft: { method: 'majority' }, votes: [40, 25, 35] }])
  const { election } = await createRunoff(deps(), request)
  const opened = await openElection(deps(), election.slug)
  expect(opened.how).toBe('opened')
  const lists = await urna.work.read(async ({ db }) =>
    db.selectFrom('board_record').select('body').where('position', '=', 3).orderBy('election_id').execute(),
  )
  const [first, second] = lists.map(({ body }) => parsePublicCredentials(group, body))
  expect(first).toHaveLength(4)
  expect(second).toHaveLength(4)
  expect(lists[0]?.body).not.toBe(lists[1]?.body)
})

test('a runoff that was made before is named, and not made again', async () => {
  await tallied([{ draft: { method: 'majority' }, votes: [40, 25, 35] }])
  const first = await createRunoff(deps(), request)
  const again = await createRunoff(deps(), request)
  expect(again).toMatchObject({
    changed: false,
    election: { id: first.election.id },
    contests: first.contests,
  })
})

test('a runoff that was called off can be made again, while tokens have a round left', async () => {
  await tallied([{ draft: { method: 'majority' }, votes: [40, 25, 35] }])
  await createRunoff(deps(), request)
  await cancelElection(urna.work, { election: 'board-2026-runoff', reason: undefined })
  const second = await createRunoff(deps(), request)
  expect(second.election.slug).toBe('board-2026-runoff-2')
  await cancelElection(urna.work, { election: 'board-2026-runoff-2', reason: undefined })
  await expect(createRunoff(deps(), request)).rejects.toThrow('serve no further runoff')
})

test('a contest that has its runoff is in no second one', async () => {
  const open = { draft: { method: 'majority' }, votes: [4, 2, 3] }
  await tallied([open, open])
  await createRunoff(deps(), { ...request, contest: 'Contest 1' })
  const next = async () => (await showElection(urna.work, 'board-2026')).next
  expect(await next()).toBe('urna runoff create board-2026')
  const rest = await createRunoff(deps(), request)
  expect(await next()).toContain('urna election certify board-2026')
  expect(rest.changed).toBe(true)
  expect(rest.contests.map(({ title }) => title)).toEqual(['Contest 2'])
  expect((await createRunoff(deps(), request)).changed).toBe(false)
})

test('a short name that is taken does not keep a runoff from being made', async () => {
  await tallied([{ draft: { method: 'majority' }, votes: [4, 3, 3] }])
  await draftElection(deps(), { draft: { slug: 'board-2026-runoff' }, members: [] })
  expect((await createRunoff(deps(), request)).election.slug).toBe('board-2026-runoff-2')
})

test('a runoff can be deleted before it opens, and a token that was replaced for it stays good', async () => {
  await tallied([{ draft: { method: 'majority' }, votes: [4, 3, 3] }])
  const { election } = await createRunoff(deps(), request)
  const voter = { election: election.slug, number: '001', reason: 'lost' }
  await replaceToken(deps(), { ...voter, out: join(urna.folder, 'replacement.csv') })
  await deleteElection(urna.work, election.slug)
  const again = await createRunoff(deps(), request)
  expect(again).toMatchObject({ changed: true, election: { slug: election.slug } })
  expect((await openElection(deps(), election.slug)).how).toBe('opened')
})

test('those who tie for the last seat contend for it, and who is elected does not', async () => {
  await tallied([{ draft: { method: 'approval-vote', seats: 2, rules: { ties: [] } }, votes: [50, 30, 30] }])
  const { contests, election } = await createRunoff(deps(), request)
  expect(contests).toEqual([{ title: 'Contest 1', seats: 1, contenders: ['Bo Lindqvist', 'Carmen Ruiz'] }])
  const [contest] = await urna.work.read((tx) => readContests(tx, election.id))
  expect(contest?.method).toBe('approval-vote')
})

test('all who tie for the last place in a runoff go to it', async () => {
  await tallied([{ draft: { method: 'majority', rules: { ties: [] } }, votes: [40, 30, 30] }])
  const { contests } = await createRunoff(deps(), request)
  expect(contests[0]?.contenders).toEqual(['Ana Duarte', 'Bo Lindqvist', 'Carmen Ruiz'])
})

test('who is ahead of a tie for the last place in a runoff goes to it as well', async () => {
  const draft = {
    method: 'majority',
    rules: { ties: [], contendersPerSeat: 3 },
    names: ['A', 'B', 'C', 'D', 'E'],
  }
  await tallied([{ draft, votes: [40, 30, 12, 12, 6] }])
  const { contests } = await createRunoff(deps(), request)
  expect(contests[0]?.contenders).toEqual(['A', 'B', 'C', 'D'])
})

test('a tie for exclusion names no contenders: it is for a lot to decide', async () => {
  await tallied([{ draft: { method: 'majority' }, votes: [40, 25, 35] }])
  await urna.work.write('stop the count', async (tx) => {
    const { body } = await tx.db.selectFrom('tabulation').select('body').executeTakeFirstOrThrow()
    const tie = { method: 'irv', round: 1, to: 'exclude', among: [1, 2], choose: 1 }
    const tied = { ...JSON.parse(body), outcome: { kind: 'tied', tie } }
    await tx.db
      .updateTable('tabulation')
      .set({ outcome: 'tied', body: JSON.stringify(tied) })
      .execute()
  })
  await expect(createRunoff(deps(), request)).rejects.toThrow('before it was known who would contend')
})

test('lists that tie for a seat are left to a lot, and keep no other contest from its runoff', async () => {
  const names = ['Greens', 'Reds', 'Blues', 'Others']
  const list = { draft: { method: 'dhondt', names, seats: 3, rules: { ties: [] } }, votes: [40, 40, 5, 4] }
  await tallied([list, { draft: { method: 'majority' }, votes: [40, 25, 35] }])
  const { contests, unclear } = await createRunoff(deps(), request)
  expect(contests.map(({ title }) => title)).toEqual(['Contest 2'])
  expect(unclear).toEqual(['Contest 1'])
  for (const top of [undefined, 2]) {
    await expect(createRunoff(deps(), { ...request, contest: '1', top })).rejects.toMatchObject({
      code: 'wrong-state',
    })
  }
})

test('before a tie is published that only a lot decides, that is said and wants the name', async () => {
  const names = ['Greens', 'Reds', 'Blues', 'Others']
  const list = { draft: { method: 'dhondt', names, seats: 3, rules: { ties: [] } }, votes: [40, 40, 5, 4] }
  await tallied([list])
  const hint = () => createRunoff(deps(), request).catch((error: { hint: string }) => error.hint)
  expect(await hint()).toContain('urna tally run --seed TEXT')
  vi.stubEnv('URNA_PASSPHRASE', urna.passphrase)
  const publish = (...argv: string[]) =>
    runCommand(ElectionPublish, ['board-2026', '--file', urna.path, ...argv])
  const refused = await publish()
  expect(refused).toMatchObject({ status: 4 })
  expect(refused.stderr).toContain('"Contest 1" ended in a tie that only a lot decides')
  expect(await publish('--at', '2027-01-01 12:00')).toMatchObject({ status: 0 })
  expect(await publish('--confirm', 'board-2026')).toMatchObject({ status: 0 })
  expect(await hint()).toMatch(/^It is too late for a lot here/)
})

test('a runoff opens at its time, and never by itself before the result that it follows is published', async () => {
  await tallied([{ draft: { method: 'majority' }, votes: [40, 25, 35] }])
  const { election } = await createRunoff(deps(), { ...request, opens: '2026-12-01 10:00' })
  const { findings } = await checkElection(urna.work, election.slug)
  expect(findings.map(({ code }) => code)).toContain('result-unpublished')
  expect((await keepSchedule(deps())).done).toEqual([])
  await publishResult(urna.work, { election: 'board-2026' })
  expect((await keepSchedule(deps())).done).toMatchObject([{ deed: 'open', election: election.slug }])
})

test('a runoff without a time is opened by nobody but an officer', async () => {
  await tallied([{ draft: { method: 'majority' }, votes: [40, 25, 35] }])
  await createRunoff(deps(), request)
  await publishResult(urna.work, { election: 'board-2026' })
  expect(await keepSchedule(deps())).toMatchObject({ done: [], next: null })
})

test('an officer may let more go on than the count names', async () => {
  await tallied([{ draft: { method: 'majority', names: ['A', 'B', 'C', 'D'] }, votes: [40, 10, 30, 20] }])
  const { contests } = await createRunoff(deps(), { ...request, top: 3 })
  expect(contests[0]?.contenders).toEqual(['A', 'C', 'D'])
})

test('only the contests that are open go to the runoff', async () => {
  await tallied([
    { draft: { method: 'majority' }, votes: [80, 10, 10] },
    { draft: { method: 'majority' }, votes: [40, 25, 35] },
  ])
  const { contests } = await createRunoff(deps(), request)
  expect(contests.map(({ title }) => title)).toEqual(['Contest 2'])
  await expect(createRunoff(deps(), { ...request, contest: '1' })).rejects.toThrow(
    'No runoff is needed: "Contest 1" elected Ana Duarte.',
  )
})

test('no runoff is held before the count, nor at a time that the clocks skip', async () => {
  await draftElection(deps())
  await expect(createRunoff(deps(), request)).rejects.toThrow('so it is not possible to hold a runoff')
})

test('its window is told in the zone of the election', async () => {
  await tallied([{ draft: { method: 'majority' }, votes: [40, 25, 35] }])
  await expect(createRunoff(deps(), { ...request, opens: '2027-03-28 02:30' })).rejects.toThrow('put forward')
  const { election } = await createRunoff(deps(), { ...request, opens: '2026-12-05 09:00', hours: 48 })
  expect(election).toMatchObject({
    opens_at: '2026-12-05T08:00:00.000Z',
    closes_at: '2026-12-07T08:00:00.000Z',
  })
  expect((await readElection(urna.work, election.slug)).zone).toBe('Europe/Madrid')
})
