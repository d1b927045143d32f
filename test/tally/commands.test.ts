import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import AuditShow from '../../commands/audit/show.ts'
import AuditVerify from '../../commands/audit/verify.ts'
import ExportArchive from '../../commands/export/archive.ts'
import TallyRun from '../../commands/tally/run.ts'
import TrusteeAdd from '../../commands/trustee/add.ts'
import TrusteeDecrypt from '../../commands/trustee/decrypt.ts'
import TrusteeGenerate from '../../commands/trustee/generate.ts'
import TrusteeList from '../../commands/trustee/list.ts'
import TrusteeReceive from '../../commands/trustee/receive.ts'
import TrusteeShuffle from '../../commands/trustee/shuffle.ts'
import { createElection } from '../../src/election/create-election.ts'
import { type CommandRun, runCommand } from '../support/run-command.ts'
import { type TemporaryUrna, temporaryUrna } from '../support/urna.ts'
import {
  chair,
  choice,
  closedElection,
  committee,
  group,
  ranking,
  type SmallElection,
} from './small-election.ts'

let draft: TemporaryUrna
let election: SmallElection
beforeAll(async () => {
  draft = await temporaryUrna()
  await createElection(
    { work: draft.work, group },
    {
      title: 'Chapter',
      description: '',
      slug: 'chapter',
      zone: 'Europe/Madrid',
      opensAt: null,
      closesAt: null,
      recast: 'last-counts',
      code: 'none',
      visibility: 'secret',
      allowInvalid: false,
      liveVoting: false,
      eligibility: {},
      contests: [chair],
    },
  )
  election = await closedElection({
    contests: [chair, committee],
    trustees: ['Ruth'],
    votes: [
      [0, [choice(0), ranking(0)]],
      [1, [choice(0), ranking(0)]],
    ],
  })
  process.env.URNA_PASSPHRASE = draft.passphrase
})
afterAll(async () => {
  delete process.env.URNA_PASSPHRASE
  await draft.close()
  await election.close()
})

async function inDraft(command: unknown, ...argv: string[]): Promise<CommandRun> {
  return runCommand(command, [...argv, '--file', draft.path])
}

async function inElection(command: unknown, ...argv: string[]): Promise<CommandRun> {
  return runCommand(command, [...argv, '--file', election.path])
}

test('a trustee makes a key, and the officer adds it once', async () => {
  const made = await runCommand(TrusteeGenerate, ['Ruth Okafor', '--out', draft.folder])
  expect(made.status).toBe(0)
  expect(made.stderr).toContain('Next: the officer types: urna trustee add')
  const file = join(draft.folder, 'ruth-okafor.public.json')
  expect((await inDraft(TrusteeAdd, file)).stdout).toContain('Ruth Okafor is trustee 2 of chapter.')
  const again = await inDraft(TrusteeAdd, file)
  expect(again.status).toBe(0)
  expect(again.stdout).toContain('already; nothing was changed')
  const list = JSON.parse((await inDraft(TrusteeList, '--json')).stdout)
  expect(list.trustees.map(({ name, kind }: { name: string; kind: string }) => [name, kind])).toEqual([
    ['server', 'server'],
    ['Ruth Okafor', 'person'],
  ])
})

test('a key is not put into a folder that is not there, such as a stick that is not plugged in', async () => {
  const stick = join(draft.folder, 'stick')
  const missing = await runCommand(TrusteeGenerate, ['Tom', '--out', stick])
  expect(missing.status).toBe(8)
  expect(missing.stderr).toContain(`there is no folder ${stick}`)
  expect(missing.stderr).toContain('Make the folder, or name another.')
  writeFileSync(stick, '')
  const file = await runCommand(TrusteeGenerate, ['Tom', '--out', stick])
  expect(file.status).toBe(8)
  expect(file.stderr).toContain(`${stick} is no folder`)
})

test('another key under the name of a trustee is refused', async () => {
  const folder = join(draft.folder)
  await runCommand(TrusteeGenerate, ['Sam', '--out', folder])
  await inDraft(TrusteeAdd, join(folder, 'sam.public.json'))
  const other = join(election.folder)
  await runCommand(TrusteeGenerate, ['Sam', '--out', other])
  const refused = await inDraft(TrusteeAdd, join(other, 'sam.public.json'))
  expect(refused.status).toBe(5)
  expect(refused.stderr).toContain('already has a trustee called Sam, with another key')
  expect((await inDraft(TrusteeAdd, join(other, 'nobody.public.json'))).status).toBe(3)
})

test('an officer and a trustee bring a closed election to its result by what each command names next', async () => {
  const archive = join(election.folder, `${election.uuid}.bel`)
  const key = election.keys.get('Ruth') ?? ''
  for (const [command, kind] of [
    [TrusteeShuffle, 'shuffle'],
    [TrusteeDecrypt, 'decryption'],
  ] as const) {
    const waiting = await inElection(TallyRun)
    expect(waiting.status).toBe(4)
    expect(waiting.stderr).toContain('urna export archive chapter')
    expect(waiting.stderr).toContain(`waits for the ${kind} of Ruth`)
    await inElection(ExportArchive, '--out', archive)
    const made = await runCommand(command, [archive, '--key', key])
    expect(made.status).toBe(0)
    const file = made.stdout.match(/officer: (.*)$/m)?.[1] ?? ''
    expect((await inElection(TrusteeReceive, file)).stdout).toContain('holds, and is on the board')
    const again = await inElection(TrusteeReceive, file)
    expect([again.status, again.stdout]).toEqual([0, expect.stringContaining('already received')])
  }
  const counted = await inElection(TallyRun)
  expect(counted.status).toBe(0)
  expect(counted.stdout).toContain('Chair: Elected: Ada.')
  expect((await inElection(TallyRun)).stdout).toContain('counted already')
})

test('the audit log is shown, for one election or all, and verified', async () => {
  const { entries } = JSON.parse((await inDraft(AuditShow, '--limit', '2', '--json')).stdout)
  expect(entries.map(({ action }: { action: string }) => action)).toEqual(['trustee-added', 'refused'])
  expect((await inDraft(AuditShow, '--election', 'chapter')).stdout).not.toContain('file-created')
  const verified = await inDraft(AuditVerify)
  expect(verified.status).toBe(0)
  expect(verified.stdout).toMatch(/✓ \d+ entries/)
})
