import { afterEach, expect, test, vi } from 'vitest'
import ElectionList from '../../commands/election/list.ts'
import ElectionPublish from '../../commands/election/publish.ts'
import ElectionShow from '../../commands/election/show.ts'
import ElectionUnpublish from '../../commands/election/unpublish.ts'
import { readLog } from '../../src/audit/read-log.ts'
import { closeElection } from '../../src/election/close-election.ts'
import { keepSchedule } from '../../src/election/keep-schedule.ts'
import { publicResult, publishResult, unpublishResult } from '../../src/election/publication.ts'
import { runCommand } from '../support/run-command.ts'
import {
  chair,
  choice,
  group,
  type SmallElection,
  talliedElection,
  tally,
  votedElection,
} from '../tally/small-election.ts'

let held: SmallElection
afterEach(async () => {
  vi.unstubAllEnvs()
  await held.close()
})

const plan = { contests: [chair], votes: [[0, [choice(0)]] as const] }
const shown = () => publicResult({ work: held.work, group }, held.slug)
const publish = (at?: string, reason?: string) =>
  publishResult(held.work, { election: held.slug, at, reason })
const unpublish = (reason?: string) => unpublishResult(held.work, { election: held.slug, reason })
const keep = () => keepSchedule({ work: held.work, group })
const hidden = { code: 'result-not-published' }
const logged = async (action: string) =>
  (await held.work.read((tx) => readLog(tx))).filter((entry) => entry.action === action)

test('nothing of a result is shown before it is published, whatever the state of the election', async () => {
  held = await votedElection(plan)
  const open = await shown().catch((error: unknown) => error)
  expect(open).toMatchObject(hidden)
  await expect(publish()).rejects.toMatchObject({ code: 'wrong-state' })
  await closeElection({ work: held.work, group }, held.slug)
  await expect(publish()).rejects.toMatchObject({ code: 'wrong-state' })
  await tally(held)
  // The same words as before the close: they do not tell whether there is a result.
  expect(await shown().catch((error: unknown) => error)).toEqual(open)
  expect(await publish(undefined, 'the board has met')).toMatchObject({ changed: true, embargoUntil: null })
  expect((await shown()).contests[0]?.winners).toEqual(['Ada'])
  expect(await logged('result-published')).toMatchObject([{ details: { reason: 'the board has met' } }])
  expect(await publish()).toMatchObject({ changed: false })
  expect(await logged('result-published')).toHaveLength(1)
})

test('what is published is not called back, not even in the file', async () => {
  held = await talliedElection(plan)
  await publish()
  await expect(unpublish('a recount')).rejects.toMatchObject({ code: 'wrong-state' })
  await expect(publish('2027-01-01 12:00')).rejects.toMatchObject({ code: 'wrong-state' })
  const erase = held.work.write('test', (tx) =>
    tx.db.updateTable('election').set({ published_at: null }).execute(),
  )
  await expect(erase).rejects.toThrow('what is published stays published')
})

test('the file itself refuses to publish what is not counted', async () => {
  held = await votedElection(plan)
  const force = held.work.write('test', (tx) =>
    tx.db.updateTable('election').set({ published_at: tx.now }).execute(),
  )
  await expect(force).rejects.toThrow('CHECK constraint failed')
})

test('a result under an embargo is published by the schedule at that moment, also after downtime', async () => {
  held = await talliedElection(plan)
  held.clock.set('2026-12-04T09:00:00.000Z')
  await expect(publish('2026-12-04 09:00')).rejects.toThrow('is past')
  await expect(publish('tomorrow')).rejects.toThrow('is no day and time')
  expect(await publish('2026-12-05 12:00', 'press')).toMatchObject({
    publishedAt: null,
    embargoUntil: '2026-12-05T11:00:00.000Z',
  })
  expect(await publish('2026-12-05 12:00')).toMatchObject({ changed: false })
  held.clock.set('2026-12-05T10:59:59.999Z')
  expect(await keep()).toMatchObject({ done: [], next: '2026-12-05T11:00:00.000Z' })
  await expect(shown()).rejects.toMatchObject(hidden)
  held.clock.set('2026-12-05T11:20:00.000Z')
  // The time alone publishes nothing: somebody has to do it, and the log says when.
  await expect(shown()).rejects.toMatchObject(hidden)
  expect(await keep()).toMatchObject({ done: [{ deed: 'publish' }], next: null })
  expect((await shown()).election.slug).toBe('chapter')
  expect(await logged('result-published')).toMatchObject([
    { at: '2026-12-05T11:20:00.000Z', details: { scheduled: '2026-12-05T11:00:00.000Z' } },
  ])
})

test('an embargo is moved, called off or lifted before it ends, and each is in the log', async () => {
  held = await talliedElection(plan)
  expect(await unpublish()).toMatchObject({ changed: false })
  await publish('2027-01-05 12:00')
  await publish('2027-01-06 12:00', 'later')
  expect(await unpublish('a complaint')).toMatchObject({ changed: true, embargoUntil: null })
  held.clock.set('2027-02-01T00:00:00.000Z')
  expect((await keep()).done).toEqual([])
  await expect(shown()).rejects.toMatchObject(hidden)
  await publish('2027-03-01 12:00')
  await publish(undefined, 'settled')
  expect((await shown()).contests).toHaveLength(1)
  expect((await logged('embargo-set')).map(({ details }) => details)).toMatchObject([
    { from: null, until: '2027-01-05T11:00:00.000Z' },
    { from: '2027-01-05T11:00:00.000Z', until: '2027-01-06T11:00:00.000Z', reason: 'later' },
    { from: null },
  ])
  expect(await logged('publication-cancelled')).toMatchObject([{ details: { reason: 'a complaint' } }])
  expect(await logged('result-published')).toMatchObject([
    { details: { liftedEmbargo: '2027-03-01T11:00:00.000Z', reason: 'settled' } },
  ])
})

test('the commands say when a result is published', async () => {
  held = await talliedElection(plan)
  vi.stubEnv('URNA_PASSPHRASE', held.passphrase)
  const run = async (command: unknown, ...argv: string[]) => {
    const { stdout, stderr, status } = await runCommand(command, [...argv, '--file', held.path])
    return { status, printed: stdout + stderr }
  }
  const year = new Date().getUTCFullYear() + 1
  expect((await run(ElectionPublish, '--at', `${year}-06-01 12:00`)).printed).toContain(
    `The result of chapter is published at ${year}-06-01 12:00 (Europe/Madrid).`,
  )
  expect((await run(ElectionShow)).printed).toMatch(
    new RegExp(`Result +not before ${year}-06-01 12:00 \\(Europe/Madrid\\)`),
  )
  expect((await run(ElectionList)).printed).toContain('tallied, embargo')
  expect((await run(ElectionUnpublish)).printed).toContain('is not published at the time that was set')
  expect((await run(ElectionPublish)).printed).toContain('The result of chapter is published.')
  expect((await run(ElectionPublish)).printed).toContain('is published already, since')
  expect((await run(ElectionList)).printed).toContain('tallied, published')
  expect(await run(ElectionUnpublish)).toMatchObject({ status: 4 })
})
