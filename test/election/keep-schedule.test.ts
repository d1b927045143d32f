import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test, vi } from 'vitest'
import Doctor from '../../commands/doctor.ts'
import ElectionList from '../../commands/election/list.ts'
import ElectionShow from '../../commands/election/show.ts'
import { readLog } from '../../src/audit/read-log.ts'
import { systemClock } from '../../src/clock.ts'
import { closeElection } from '../../src/election/close-election.ts'
import { editElection } from '../../src/election/edit-election.ts'
import { type KeptSchedule, keepSchedule } from '../../src/election/keep-schedule.ts'
import { openElection } from '../../src/election/open-election.ts'
import { pauseElection } from '../../src/election/pause-election.ts'
import { readElection } from '../../src/election/read-election.ts'
import { longestSleep, startScheduler } from '../../src/election/scheduler.ts'
import { UnitOfWork } from '../../src/store/unit-of-work.ts'
import { openUrnaFile } from '../../src/store/urna-file.ts'
import { issueTokens } from '../../src/voting/issue-tokens.ts'
import { runCommand } from '../support/run-command.ts'
import { type Draft, draftElection, group, ingestAll, openedElection, sealVote } from '../voting/fixtures.ts'

const opensAt = '2026-12-31T22:00:00.000Z'
const closesAt = '2027-01-01T00:00:00.000Z'

let box: Draft
afterEach(async () => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
  await box.close()
})

const keep = () => keepSchedule({ work: box.work, group })
const deedsOf = ({ done }: KeptSchedule) => done.map(({ deed }) => deed)
const statusNow = async () => (await readElection(box.work, box.slug)).status
const logOf = (action: string) =>
  box.work.read(async (tx) => (await readLog(tx)).filter((entry) => entry.action === action))

/** A draft whose voters have their tokens. */
async function readyDraft(options: Parameters<typeof draftElection>[0] = {}): Promise<Draft> {
  box = await draftElection({ contests: 'committee', opensAt, closesAt, ...options })
  const tokens = { election: box.slug, out: `${box.folder}/tokens.csv`, reserve: 0, expires: undefined }
  await issueTokens({ work: box.work, group }, tokens)
  return box
}

test('an election opens and closes by itself at its times, in the last year and in the next', async () => {
  await readyDraft()
  expect(await keep()).toMatchObject({ done: [], next: opensAt })
  box.clock.set('2026-12-31T21:59:59.999Z')
  expect(deedsOf(await keep())).toEqual([])
  box.clock.set(opensAt)
  expect(await keep()).toMatchObject({ done: [{ deed: 'open', at: opensAt }], next: closesAt })
  expect(await statusNow()).toBe('open')
  box.clock.set('2026-12-31T23:59:59.999Z')
  expect(deedsOf(await keep())).toEqual([])
  box.clock.set('2027-01-01T00:00:00.250Z')
  expect(await keep()).toMatchObject({ done: [{ deed: 'close', at: closesAt }], next: null })
  expect(await statusNow()).toBe('closed')
  // The log has both: the moment that was announced, and the one at which it was done.
  expect(await logOf('election-closed')).toMatchObject([
    { at: '2027-01-01T00:00:00.250Z', details: { scheduled: closesAt, ballots: 0 } },
  ])
  expect((await readElection(box.work, box.slug)).closed_at).toBe('2027-01-01T00:00:00.250Z')
  expect(await keep()).toMatchObject({ done: [], missed: [], failed: [], next: null })
})

test('what was due while nothing ran is done afterwards', async () => {
  await readyDraft()
  box.clock.set('2026-12-31T23:30:00.000Z')
  expect(deedsOf(await keep())).toEqual(['open'])
  expect(await logOf('election-opened')).toMatchObject([
    { at: '2026-12-31T23:30:00.000Z', details: { scheduled: opensAt } },
  ])
  box.clock.set('2027-01-03T12:00:00.000Z')
  expect(deedsOf(await keep())).toEqual(['close'])
})

test('an election whose opening and closing both passed while nothing ran does not open', async () => {
  await readyDraft()
  box.clock.set('2027-01-03T12:00:00.000Z')
  expect(await keep()).toMatchObject({ done: [], missed: [{ deed: 'open', at: opensAt }] })
  expect(await statusNow()).toBe('draft')
  expect(await logOf('opening-missed')).toMatchObject([
    { details: { scheduled: opensAt, obstacles: ['closes-in-the-past'] } },
  ])
})

test('an election that is not ready is recorded once, and opens at another time that is set', async () => {
  box = await draftElection({ contests: 'committee', opensAt })
  box.clock.set(opensAt)
  expect(await keep()).toMatchObject({ done: [], missed: [{ at: opensAt }], next: null })
  for (let look = 0; look < 5; look++) {
    box.clock.advance(15)
    expect(await keep()).toMatchObject({ done: [], missed: [], failed: [] })
  }
  expect(await logOf('opening-missed')).toMatchObject([{ details: { obstacles: ['tokens-missing'] } }])
  // Mended, it does not open under the hands of the officer.
  const tokens = { election: box.slug, out: `${box.folder}/tokens.csv`, reserve: 0, expires: undefined }
  await issueTokens({ work: box.work, group }, tokens)
  expect(deedsOf(await keep())).toEqual([])
  const opens = '2026-12-31 23:30'
  await editElection({ work: box.work, group }, { election: box.slug, changes: { opens }, rehearsal: false })
  expect((await keep()).next).toBe('2026-12-31T22:30:00.000Z')
  box.clock.set('2026-12-31T22:30:00.000Z')
  expect(deedsOf(await keep())).toEqual(['open'])
})

test('a zone that is changed before the opening moves the moments, as the times stay as they are written', async () => {
  await readyDraft()
  await editElection(
    { work: box.work, group },
    {
      election: box.slug,
      changes: { zone: 'America/Santiago' },
      rehearsal: false,
    },
  )
  // 23:00 in Madrid was 22:00 UTC; in Santiago it is 02:00 UTC of the next year.
  expect((await keep()).next).toBe('2027-01-01T02:00:00.000Z')
  box.clock.set(closesAt)
  expect(deedsOf(await keep())).toEqual([])
  box.clock.set('2027-01-01T02:00:00.000Z')
  expect(await keep()).toMatchObject({ done: [{ deed: 'open' }], next: '2027-01-01T04:00:00.000Z' })
})

test('a zone in which the clocks skip a written time is refused before the opening, and nothing is changed', async () => {
  await readyDraft({ opensAt: '2027-03-28T01:30:00.000Z', closesAt: '2027-04-01T00:00:00.000Z' })
  // 03:30 of summer time in Madrid; Lisbon's clocks go from 01:00 to 02:00 at that moment, Helsinki's from 03:00.
  const zoned = (zone: string) =>
    editElection({ work: box.work, group }, { election: box.slug, changes: { zone }, rehearsal: false })
  await expect(zoned('Europe/Helsinki')).rejects.toThrow('put forward over 2027-03-28 03:30')
  expect((await keep()).next).toBe('2027-03-28T01:30:00.000Z')
  await zoned('Europe/Lisbon')
  expect((await keep()).next).toBe('2027-03-28T02:30:00.000Z')
})

/** Two processes that are told to look at the same instant. @returns what each did */
async function keepTwice(now: string): Promise<KeptSchedule[]> {
  const script = fileURLToPath(new URL('keep-schedule-process.ts', import.meta.url))
  const processes = [1, 2].map(() => spawn(process.execPath, [script, box.path, box.passphrase, now]))
  await Promise.all(processes.map(({ stdout }) => once(stdout, 'data')))
  const start = Date.now() + 100
  return Promise.all(
    processes.map(async ({ stdin, stdout }) => {
      stdin.write(`${start}`)
      return JSON.parse(await text(stdout)) as KeptSchedule
    }),
  )
}

test('two processes that keep one schedule at once take each step once', async () => {
  await readyDraft()
  expect((await keepTwice(opensAt)).flatMap(deedsOf)).toEqual(['open'])
  expect((await keepTwice(closesAt)).flatMap(deedsOf)).toEqual(['close'])
  expect(await logOf('election-opened')).toHaveLength(1)
  expect(await logOf('election-closed')).toHaveLength(1)
  expect(await logOf('refused')).toEqual([])
})

test('a clock that goes back undoes nothing, and opens nothing twice', async () => {
  await readyDraft()
  box.clock.set(opensAt)
  await keep()
  box.clock.set('2026-12-31T20:00:00.000Z')
  expect(await keep()).toMatchObject({ done: [], next: closesAt })
  expect(await statusNow()).toBe('open')
  box.clock.set(closesAt)
  await keep()
  box.clock.set(opensAt)
  expect(await keep()).toMatchObject({ done: [], missed: [], next: null })
  expect(await statusNow()).toBe('closed')
})

test('a paused election is not opened again by its opening time, and closes at its closing time', async () => {
  await readyDraft()
  await openElection({ work: box.work, group }, box.slug)
  await pauseElection(box.work, box.slug)
  box.clock.set(opensAt)
  expect(deedsOf(await keep())).toEqual([])
  expect(await statusNow()).toBe('paused')
  box.clock.set(closesAt)
  await expect(openElection({ work: box.work, group }, box.slug)).rejects.toThrow('was over at')
  expect(deedsOf(await keep())).toEqual(['close'])
})

test('a ballot counts in the last second, and not from the second of the close on, whoever closes and when', async () => {
  const opened = await openedElection({ contests: 'committee', closesAt })
  box = opened
  const cast = async (time: string, voter: string) => {
    box.clock.set(time)
    const [ballot] = await ingestAll(box.work, [sealVote(opened, voter)])
    return ballot?.outcome === 'refused' ? ballot.code : ballot?.outcome
  }
  expect(await cast('2026-12-31T23:59:59.999Z', '1001')).toBe('accepted')
  expect(await cast(closesAt, '1002')).toBe('election-closed')
  expect(await cast('2027-01-01T00:00:01.000Z', '1002')).toBe('election-closed')
  expect(await statusNow()).toBe('open')
  await pauseElection(box.work, box.slug)
  expect(await cast('2027-01-01T00:00:02.000Z', '1003')).toBe('election-closed')
  expect(await closeElection({ work: box.work, group }, box.slug)).toMatchObject({ ballots: 1 })
})

test('the closing time of an open election moves with a reason, never to the past, and never after it has come', async () => {
  box = await openedElection({ contests: 'committee', closesAt })
  const move = (closes: string | null, reason?: string) =>
    editElection(
      { work: box.work, group },
      { election: box.slug, changes: { closes }, reason, rehearsal: false },
    )
  await expect(move('2027-01-02 18:00')).rejects.toThrow('say why it is moved')
  await expect(move('2026-01-02 18:00', 'in error')).rejects.toThrow('is past')
  await expect(move(null, 'no end')).rejects.toMatchObject({ code: 'wrong-state' })
  const title = { election: box.slug, changes: { title: 'Other' }, reason: 'why', rehearsal: false }
  await expect(editElection({ work: box.work, group }, title)).rejects.toMatchObject({ code: 'wrong-state' })
  await move('2027-01-02 18:00', 'the post is late')
  await move('2026-12-31 12:00', 'all have voted')
  expect(await logOf('close-moved')).toMatchObject([
    {
      officer: 'ada',
      details: { reason: 'the post is late', changes: [{ to: '2027-01-02T17:00:00.000Z' }] },
    },
    { details: { reason: 'all have voted' } },
  ])
  box.clock.set('2026-12-31T11:00:00.000Z')
  await expect(move('2027-01-02 18:00', 'too late')).rejects.toThrow('was over at')
  expect(await keep()).toMatchObject({ done: [{ deed: 'close' }] })
})

test('the scheduler sleeps until the next moment, sees what other processes and the clock do, and stops', async () => {
  await readyDraft({ opensAt: '2026-12-31T22:00:00.000Z', closesAt: '2026-12-31T23:00:00.000Z' })
  const file = await openUrnaFile({ path: box.path, passphrase: box.passphrase })
  const work = new UnitOfWork({ file, clock: systemClock, officer: 'schedule' })
  vi.useFakeTimers({
    now: Date.parse('2026-11-01T00:00:00.000Z'),
    toFake: ['setTimeout', 'clearTimeout', 'Date'],
  })
  const kept: string[] = []
  const faults: unknown[] = []
  const onKept = ({ done }: KeptSchedule) =>
    kept.push(...done.map(({ deed }) => `${deed} ${new Date().toISOString()}`))
  const scheduler = startScheduler({
    work,
    group,
    clock: systemClock,
    onKept,
    onFault: (e) => faults.push(e),
  })
  // Two months are more milliseconds than a timer can hold: it looks every 15 seconds.
  await vi.advanceTimersByTimeAsync(4 * longestSleep)
  expect(kept).toEqual([])
  expect(vi.getTimerCount()).toBe(1)
  // Somebody sets the clock forward, to just before the opening.
  vi.setSystemTime(Date.parse('2026-12-31T21:59:40.000Z'))
  await vi.advanceTimersByTimeAsync(longestSleep)
  expect(kept).toEqual([])
  await vi.advanceTimersByTimeAsync(6_000)
  await vi.waitFor(() => expect(kept).toHaveLength(1))
  expect(kept).toEqual(['open 2026-12-31T22:00:00.000Z'])
  // Another process moves the close to be sooner.
  const closes = '2026-12-31 23:00:20'
  box.clock.set('2026-12-31T22:00:06.000Z')
  await editElection(
    { work: box.work, group },
    { election: box.slug, changes: { closes }, reason: 'test', rehearsal: false },
  )
  await vi.advanceTimersByTimeAsync(20_000)
  await vi.waitFor(() => expect(kept).toHaveLength(2))
  expect(kept[1]).toBe('close 2026-12-31T22:00:20.000Z')
  await scheduler.stop()
  expect(vi.getTimerCount()).toBe(0)
  expect(faults).toEqual([])
  await file.close()
})

test('a scheduler that is started late catches up at once, and names itself in the log', async () => {
  await readyDraft()
  box.clock.set('2026-12-31T23:00:00.000Z')
  const { promise, resolve } = Promise.withResolvers<KeptSchedule>()
  const scheduler = startScheduler({
    ...{ work: box.work, group, clock: box.clock, onKept: resolve },
    onFault: (error) => expect.unreachable(String(error)),
  })
  expect(deedsOf(await promise)).toEqual(['open'])
  await scheduler.stop()
  expect(await logOf('election-opened')).toMatchObject([{ officer: 'schedule' }])
})

test('a step that fails keeps neither the others nor the scheduler from going on', async () => {
  const opened = await openedElection({ contests: 'committee', closesAt })
  box = opened
  // A board without its beginning: the box can't be added up.
  await box.work.write('damage', async (tx) => {
    await tx.db.schema.dropTable('board_record').execute()
  })
  box.clock.set(closesAt)
  const faults = await new Promise<unknown>((resolve) => {
    const scheduler = startScheduler({
      ...{ work: box.work, group, clock: box.clock, onKept: () => {} },
      onFault: (error) => scheduler.stop().then(() => resolve(error)),
    })
  })
  expect(String(faults)).toContain('board_record')
  expect((await keep()).failed).toMatchObject([{ step: { deed: 'close' } }])
})

test('the commands say that the time of an election is over, where nobody has closed it', async () => {
  // For the commands, which go by the real clock, that is long past.
  box = await openedElection({ contests: 'committee', closesAt: '2026-03-02T10:00:00.000Z' })
  vi.stubEnv('URNA_PASSPHRASE', box.passphrase)
  const sentence =
    'chapter is closed to ballots since 2026-03-02 11:00 (Europe/Madrid); close it with: urna election close chapter --confirm chapter'
  for (const command of [ElectionShow, ElectionList, Doctor]) {
    const { stdout, stderr } = await runCommand(command, ['--file', box.path])
    expect((stdout + stderr).replace(/\s+/g, ' ')).toContain(sentence)
  }
  const { stdout } = await runCommand(ElectionShow, ['--file', box.path, '--json'])
  expect(JSON.parse(stdout)).toMatchObject({
    status: 'open',
    closedToBallotsSince: '2026-03-02T10:00:00.000Z',
    missedOpening: [],
  })
})

test('the commands say why an election did not open at its time', async () => {
  box = await draftElection({ contests: 'committee', opensAt: '2026-03-02T10:00:00.000Z' })
  box.clock.set('2026-03-02T10:00:00.000Z')
  await keep()
  vi.stubEnv('URNA_PASSPHRASE', box.passphrase)
  const { stdout } = await runCommand(ElectionShow, ['--file', box.path])
  expect(stdout).toMatch(/Not opened then +3 of 3 voters have no token to vote with\./)
})
