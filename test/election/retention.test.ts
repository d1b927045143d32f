import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Doctor from '../../commands/doctor.ts'
import * as Edit from '../../commands/election/edit.ts'
import * as Purge from '../../commands/election/purge.ts'
import * as Show from '../../commands/election/show.ts'
import * as EditOrganisation from '../../commands/organisation/edit.ts'
import { readLog } from '../../src/audit/read-log.ts'
import { archiveElection } from '../../src/election/archive-election.ts'
import { cancelElection } from '../../src/election/cancel-election.ts'
import { certifyElection } from '../../src/election/certify-election.ts'
import { checkElection } from '../../src/election/check-election.ts'
import { createRunoff } from '../../src/election/create-runoff.ts'
import { editElection } from '../../src/election/edit-election.ts'
import { exportConfig } from '../../src/election/export-config.ts'
import { publishResult } from '../../src/election/publication.ts'
import { planPurge, purgeElection } from '../../src/election/purge-election.ts'
import { readElectionConfig } from '../../src/election/read-config.ts'
import { editOrganisation } from '../../src/organisation/edit-organisation.ts'
import { asCertifier } from '../support/certifier.ts'
import { json, refused, runCommand } from '../support/run-command.ts'
import { group, type Opened, openedElection } from '../voting/fixtures.ts'

let box: Opened
beforeEach(async () => {
  box = await openedElection({ voters: 2, contests: 'committee' })
  vi.stubEnv('URNA_PASSPHRASE', box.passphrase)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await box.close()
})

const day = 86_400
const keepOf = (keepDays: number | null) =>
  editOrganisation(box.work, { organisation: undefined, changes: { keepDays } })
const cancel = () => cancelElection(box.work, { election: box.slug, reason: 'too late' })
const entries = async (action: string) =>
  (await box.work.read((tx) => readLog(tx, { action }))).map(({ details }) => details)
const keeping = async () => (await checkElection(box.work, box.slug)).keeping

test('where nobody said for how long, an election that is over can be purged at any time, and nothing is due', async () => {
  await cancel()
  expect(await keeping()).toEqual([])
  expect(await planPurge(box.work, box.slug)).toMatchObject({ keptUntil: null, early: false })
  await purgeElection(box.work, box.slug)
  expect(await keeping()).toEqual([])
})

test('voters are kept as long as the organisation says, from when the election was over, and go after that', async () => {
  await keepOf(90)
  expect(await keeping()).toEqual([])
  await cancel()
  const keptUntil = '2026-05-31T09:00:00.000Z'
  const purge = { deed: 'purge', election: 'chapter', at: keptUntil }
  expect(await keeping()).toMatchObject([{ ...purge, due: false }])
  const early = { code: 'still-kept', details: { keptUntil, keepDays: 90 } }
  await expect(purgeElection(box.work, box.slug)).rejects.toMatchObject(early)
  await expect(purgeElection(box.work, box.slug, '  ')).rejects.toMatchObject(early)
  expect(await entries('refused')).toEqual([
    { deed: 'purge election', code: 'still-kept' },
    { deed: 'purge election', code: 'still-kept' },
  ])
  box.clock.advance(90 * day)
  expect(await keeping()).toMatchObject([{ ...purge, due: true }])
  await purgeElection(box.work, box.slug)
  expect(await keeping()).toEqual([])
  expect((await entries('election-purged'))[0]).not.toHaveProperty('reason')
})

test('before its time a purge wants a reason, and the log has both', async () => {
  await keepOf(90)
  await cancel()
  await purgeElection(box.work, box.slug, 'A court ordered it')
  expect(await entries('election-purged')).toMatchObject([
    { keptUntil: '2026-05-31T09:00:00.000Z', reason: 'A court ordered it' },
  ])
})

test('an election that says itself for how long goes before its organisation', async () => {
  await keepOf(90)
  const change = (keep_days: number | null, reason?: string) =>
    editElection(
      { work: box.work, group },
      { election: box.slug, changes: { keep_days }, rehearsal: false, reason },
    )
  await expect(change(1)).rejects.toMatchObject({ code: 'invalid-input' })
  await expect(change(1, ' ')).rejects.toMatchObject({ code: 'invalid-input' })
  expect((await change(1, 'The bylaws changed')).changes).toEqual([{ field: 'keepDays', from: null, to: 1 }])
  expect((await change(1)).changes).toEqual([])
  expect(await entries('keeping-changed')).toEqual([
    { changes: [{ field: 'keepDays', from: null, to: 1 }], reason: 'The bylaws changed' },
  ])
  await cancel()
  box.clock.advance(day)
  expect(await keeping()).toMatchObject([{ deed: 'purge', due: true }])
  await purgeElection(box.work, box.slug)
  await expect(change(5, 'Too late')).rejects.toMatchObject({ code: 'election-purged' })
})

test('nothing else of an election that is closed is changed with it', async () => {
  await cancel()
  const changes = { keep_days: 3, title: 'Another' }
  await expect(
    editElection({ work: box.work, group }, { election: box.slug, changes, rehearsal: false, reason: 'So' }),
  ).rejects.toMatchObject({ code: 'wrong-state' })
})

test('the file that describes an election says it, and says it back', async () => {
  const text = 'title: Board\nslug: another\nzone: UTC\nkeep_days: 30\n'
  const { draft } = readElectionConfig(text, { file: 'x', zone: 'UTC' })
  expect(draft.keepDays).toBe(30)
  await box.work.write('test', ({ db }) => db.updateTable('election').set({ keep_days: 30 }).execute())
  expect((await exportConfig(box.work, box.slug)).config.keep_days).toBe(30)
  expect(() => readElectionConfig(text.replace('30', '-1'), { file: 'x', zone: 'UTC' })).toThrow('0 or more')
})

test('what is certified and published can be archived; a runoff that still goes on keeps all voters', async () => {
  const { talliedElection, chair, choice } = await import('../tally/small-election.ts')
  const tied = { ...chair, method: 'majority' }
  const votes = [[0, [choice(0)]] as const, [1, [choice(1)]] as const, [2, [choice(2)]] as const]
  const small = await talliedElection({ contests: [tied], votes })
  try {
    const { work, slug, clock } = small
    const due = async () => (await checkElection(work, slug)).keeping.map(({ deed, at }) => [deed, at])
    await editOrganisation(work, { organisation: undefined, changes: { keepDays: 10 } })
    await publishResult(work, { election: slug })
    expect(await due()).toEqual([['purge', '2026-03-12T09:00:00.000Z']])
    clock.advance(day)
    await asCertifier(small, (by) => certifyElection({ work, group }, slug, by))
    expect(await due()).toEqual([
      ['archive', '2026-03-03T09:00:00.000Z'],
      ['purge', '2026-03-13T09:00:00.000Z'],
    ])
    const runoff = { election: slug, contest: undefined, top: 2, opens: undefined, hours: 24 }
    const { election } = await createRunoff({ work, group }, runoff)
    expect(await due()).toEqual([['archive', '2026-03-03T09:00:00.000Z']])
    clock.advance(day)
    await cancelElection(work, { election: election.slug, reason: 'They agreed' })
    await archiveElection(work, slug)
    expect(await due()).toEqual([['purge', '2026-03-14T09:00:00.000Z']])
  } finally {
    await small.close()
  }
})

test('the commands take it, tell it and refuse what is too early before they ask for the name', async () => {
  const file = ['--file', box.path]
  const edited = await json(EditOrganisation, ...file, '--keep-days', '90')
  expect(edited).toMatchObject({ keepDays: 90, changes: [{ field: 'keepDays', from: null, to: 90 }] })
  for (const days of ['-1', 'ninety', '1.5', '36501']) {
    const { code } = await refused(EditOrganisation, ...file, `--keep-days=${days}`)
    expect([days, code]).toEqual([days, 'invalid-input'])
  }
  const hurried = await refused(Edit, box.slug, ...file, '--keep-days', '365')
  expect(hurried).toMatchObject({ status: 2, hint: expect.stringContaining('--reason') })
  await json(Edit, box.slug, ...file, '--keep-days', '365', '--reason', 'The bylaws')
  await json(Edit, box.slug, ...file, '--keep-days', 'none', '--reason', 'A mistake')
  await cancel()
  expect(await json(Show, box.slug, ...file)).toMatchObject({
    keepDays: 90,
    keptUntil: '2026-05-31T09:00:00.000Z',
    purgedAt: null,
  })
  // The clock of the commands is that of the machine, on which the time is over or not.
  await box.work.write('test', ({ db }) =>
    db
      .updateTable('election')
      .set({ cancelled_at: new Date(Date.now() - 91 * day * 1000).toISOString() })
      .execute(),
  )
  expect(await json(Doctor, box.slug, ...file)).toMatchObject({ keeping: [{ deed: 'purge', due: true }] })
  const { stdout } = await runCommand(Doctor.default, [box.slug, ...file])
  expect(stdout).toMatch(/due to be\s+purged\.\s+urna election purge chapter --confirm chapter/)
  await box.work.write('test', ({ db }) =>
    db.updateTable('election').set({ cancelled_at: new Date().toISOString() }).execute(),
  )
  const early = await refused(Purge, box.slug, ...file, '--confirm', box.slug)
  expect(early).toMatchObject({ status: 4, code: 'still-kept' })
  expect(await refused(Purge, box.slug, ...file, '--reason', 'Asked')).toMatchObject({
    code: 'confirmation-needed',
  })
  const planned = await runCommand(Purge.default, [box.slug, ...file, '--dry-run'])
  expect(planned.stderr).toMatch(/are to be kept until \d{4}-\d\d-\d\d\./)
  expect(planned.stderr).toContain('--reason TEXT')
  const done = await json(Purge, box.slug, ...file, '--confirm', box.slug, '--reason', 'Asked')
  expect(done).toMatchObject({ purgedAt: expect.any(String), removes: { voters: 2 } })
})
