import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as AuditExport from '../../commands/audit/export.ts'
import * as AuditVerify from '../../commands/audit/verify.ts'
import * as BackupCommand from '../../commands/backup.ts'
import * as Anonymise from '../../commands/election/anonymise.ts'
import * as Purge from '../../commands/election/purge.ts'
import * as Reset from '../../commands/election/reset.ts'
import * as Restore from '../../commands/restore.ts'
import * as TallyEnter from '../../commands/tally/enter.ts'
import { cancelElection } from '../../src/election/cancel-election.ts'
import { closeElection } from '../../src/election/close-election.ts'
import { correctRoll } from '../../src/register/correct-roll.ts'
import { runTally } from '../../src/tally/run-tally.ts'
import { contestDraft, draftElection as manualElection } from '../support/election.ts'
import { json, refused, runCommand } from '../support/run-command.ts'
import { temporaryUrna } from '../support/urna.ts'
import { group, ingestAll, type Opened, openedElection, sealVote } from '../voting/fixtures.ts'

let box: Opened
beforeEach(async () => {
  box = await openedElection({ voters: 3, contests: 'committee' })
  vi.stubEnv('URNA_PASSPHRASE', box.passphrase)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await box.close()
})

const file = () => ['--file', box.path]

/** What is printed, without what chance and the clock made. */
async function printed(command: { default: unknown }, ...argv: string[]): Promise<string> {
  const { status, stdout, stderr } = await runCommand(command.default, argv)
  expect(status, stdout).toBe(0)
  return `${stdout}---\n${stderr}`
    .replaceAll(box.folder, 'FOLDER')
    .replaceAll(/[0-9a-f]{64}/g, 'HASH')
    .replaceAll(/\d[\d,]* bytes/g, 'N bytes')
    .replaceAll(/\w{14}\.bel/g, 'UUID.bel')
    .replaceAll(/before-restore-\d+/g, 'before-restore-MOMENT')
}

const golden = (name: string) => `../golden/keeping/${name}.txt`

test('urna backup says what is in the copy, and where the log of it ends', async () => {
  await ingestAll(box.work, [sealVote(box, '1001')])
  const out = join(box.folder, 'one.urna')
  expect(await json(BackupCommand, ...file(), '--out', out)).toMatchObject({
    ...{ backup: out, elections: 1, members: 3, voters: 3, ballots: 1 },
  })
  expect(await refused(BackupCommand, ...file(), '--out', out)).toMatchObject({
    ...{ status: 5, code: 'file-exists' },
  })
  const text = await printed(BackupCommand, ...file(), '--out', join(box.folder, 'two.urna'))
  await expect(text).toMatchFileSnapshot(golden('backup'))
})

test('urna restore says what would be lost, wants the name, and keeps what was there', async () => {
  const backup = join(box.folder, 'safe.urna')
  await json(BackupCommand, ...file(), '--out', backup)
  expect(await json(Restore, backup, '--to', join(box.folder, 'new.urna'))).toMatchObject({
    ...{ elections: 1, ballots: 0, replaced: null },
  })
  await ingestAll(box.work, [sealVote(box, '1001')])
  await box.release()
  const over = [backup, '--to', box.path]
  expect(await refused(Restore, ...over)).toMatchObject({
    ...{ status: 4, code: 'confirmation-needed', hint: expect.stringContaining('--confirm test.urna') },
  })
  const text = await printed(Restore, ...over, '--confirm', 'test.urna')
  await expect(text).toMatchFileSnapshot(golden('restore'))
  const damaged = join(box.folder, 'damaged.urna')
  writeFileSync(damaged, readFileSync(backup).subarray(0, 8192))
  expect((await refused(Restore, damaged, '--to', join(box.folder, 'x.urna'))).status).toBeGreaterThan(3)
})

test('urna election purge says what would go, wants the name, and says it again when it is done', async () => {
  expect(await refused(Purge, box.slug, ...file())).toMatchObject({ status: 4, code: 'wrong-state' })
  await ingestAll(box.work, [sealVote(box, '1001')])
  await cancelElection(box.work, { election: box.slug, reason: 'too late' })
  const planned = await json(Purge, box.slug, ...file(), '--dry-run')
  expect(planned).toMatchObject({ dryRun: true, purgedAt: null, removes: { voters: 3, tokens: 3 } })
  await expect(await printed(Purge, box.slug, ...file(), '--dry-run')).toMatchFileSnapshot(
    golden('purge-plan'),
  )
  const purge = [box.slug, ...file(), '--confirm', box.slug]
  await expect(await printed(Purge, ...purge)).toMatchFileSnapshot(golden('purge'))
  expect(await json(Purge, ...purge)).toMatchObject({ purgedAt: expect.any(String), removes: { voters: 0 } })
  const { stdout } = await runCommand(Purge.default, purge)
  expect(stdout).toMatch(/^chapter was purged on \d{4}-\d\d-\d\d; the file holds nothing of it\.\n$/)
})

test('urna audit export writes lines that verify, and a table in which nothing is a formula or a voter', async () => {
  const formula = '=HYPERLINK("http://evil.example","Ada")'
  const other = await box.reopen({ officer: formula })
  await correctRoll(other, { election: box.slug, kind: 'strike', number: '1002', reason: 'Planted-reason' })
  const [lines, table] = ['jsonl', 'csv'].map((ending) => join(box.folder, `log.${ending}`)) as [
    string,
    string,
  ]
  const written = await json(AuditExport, ...file(), '--out', lines)
  expect(written).toMatchObject({ file: lines, changed: true })
  expect(await json(AuditExport, ...file(), '--out', lines)).toMatchObject({ changed: false })
  expect(await json(AuditVerify, lines)).toMatchObject({ head: expect.any(String) })
  await json(AuditExport, ...file(), '--format', 'csv', '--out', table)
  const text = readFileSync(table, 'utf8')
  const rows: Record<string, string>[] = parse(text, { bom: true, columns: true })
  const entries = readFileSync(lines, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(rows.map(({ position, hash, details }) => [Number(position), hash, details])).toEqual(
    entries.map(({ position, hash, details }) => [position, hash, details]),
  )
  expect(rows.at(-1)).toMatchObject({ officer: `'${formula}`, action: 'voter-struck', election: box.slug })
  for (const personal of ['1002', 'Planted-reason']) expect(text).not.toContain(personal)
  // It has grown since.
  await correctRoll(other, { election: box.slug, kind: 'strike', number: '1003', reason: 'Left' })
  expect(await json(AuditExport, ...file(), '--format', 'csv', '--out', table)).toMatchObject({
    changed: true,
  })
  writeFileSync(table, 'mine')
  expect((await refused(AuditExport, ...file(), '--format', 'csv', '--out', table)).code).toBe(
    'output-exists',
  )
  writeFileSync(lines, '')
  await expect(await printed(AuditExport, ...file(), '--out', lines)).toMatchFileSnapshot(
    golden('audit-export'),
  )
})

test('urna election anonymise wants the name, and says how many ballots nobody can tell any more', async () => {
  await box.close()
  box = await openedElection({ voters: 3, contests: 'committee', visibility: 'open' })
  vi.stubEnv('URNA_PASSPHRASE', box.passphrase)
  const blank = [{ kind: 'blank' } as const]
  await ingestAll(box.work, [sealVote(box, '1001', blank), sealVote(box, '1002', blank)])
  const deps = { work: box.work, group }
  await closeElection(deps, box.slug)
  await runTally(deps, { slug: box.slug, seed: undefined })
  expect(await refused(Anonymise, box.slug, ...file())).toMatchObject({
    ...{ status: 4, code: 'confirmation-needed' },
  })
  const anonymise = [box.slug, ...file(), '--confirm', box.slug]
  await expect(await printed(Anonymise, ...anonymise)).toMatchFileSnapshot(golden('anonymise'))
  expect(await json(Anonymise, box.slug, ...file())).toEqual({
    election: 'chapter',
    changed: false,
    ballots: 0,
  })
})

test('urna tally enter counts what was typed in, and says whom it elects', async () => {
  const urna = await temporaryUrna()
  try {
    vi.stubEnv('URNA_PASSPHRASE', urna.passphrase)
    await manualElection(
      { work: urna.work, group },
      {
        draft: { visibility: 'manual', contests: [contestDraft({ names: ['Ada', 'Bo'] })] },
      },
    )
    const totals = join(urna.folder, 'totals.csv')
    const enter = ['board-2026', totals, '--file', urna.path]
    writeFileSync(totals, 'contest,option,votes\nChair,Ada,2\nChair,Nobody,1\n')
    expect(await refused(TallyEnter, ...enter)).toMatchObject({ status: 2, code: 'entered-result-invalid' })
    writeFileSync(totals, 'contest,option,votes\nChair,Ada,2\nChair,Bo,1\n')
    await expect(await printed(TallyEnter, ...enter)).toMatchFileSnapshot(golden('tally-enter'))
    expect(await json(TallyEnter, ...enter)).toMatchObject({
      ...{ election: 'board-2026', changed: false, contests: [{ title: 'Chair', winners: ['Ada'] }] },
    })
  } finally {
    await urna.close()
  }
})

test('urna election reset wants the name, makes a draft once, and keeps what was cast', async () => {
  await ingestAll(box.work, [sealVote(box, '1001')])
  const reset = [box.slug, ...file(), '--confirm', box.slug]
  expect(await refused(Reset, box.slug, ...file())).toMatchObject({ status: 4, code: 'confirmation-needed' })
  await expect(await printed(Reset, ...reset)).toMatchFileSnapshot(golden('reset'))
  const again = await json(Reset, ...reset)
  expect(again).toMatchObject({
    election: 'chapter',
    changed: false,
    status: 'cancelled',
    draft: 'chapter-2',
  })
  const kept = await box.work.read((tx) => tx.db.selectFrom('ballot').select('election_id').execute())
  expect(kept).toHaveLength(1)
  expect(await refused(Reset, 'chapter-2', ...file())).toMatchObject({ status: 4, code: 'wrong-state' })
})
