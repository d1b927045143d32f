import { mkdirSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readLog } from '../../src/audit/read-log.ts'
import { restoreFile } from '../../src/audit/restore.ts'
import { startUrna, type UrnaProcess } from '../support/urna-process.ts'
import { type Opened, openedElection, sealVote } from '../voting/fixtures.ts'

let election: Opened
let folder: string
let running: UrnaProcess | undefined
beforeEach(async () => {
  election = await openedElection({ voters: 4, contests: 'committee' })
  folder = join(election.folder, 'safe')
  mkdirSync(folder)
})
afterEach(async () => {
  running?.child.kill('SIGKILL')
  await running?.finished
  running = undefined
  await election.close()
})

async function serveFile(...flags: string[]): Promise<{ urna: UrnaProcess; url: string; log(): string }> {
  const urna = startUrna(['serve', '--port', '0', '--backup-dir', folder, ...flags], election)
  running = urna
  let log = ''
  urna.child.stderr!.on('data', (text: string) => {
    log += text
  })
  await expect.poll(() => log, { timeout: 60_000, interval: 50 }).toMatch(/Serving at (\S+)\. /)
  return { urna, url: /Serving at (\S+)\. /.exec(log)![1]!, log: () => log }
}

const waiting = { timeout: 60_000, interval: 100 }
const backups = () =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.urna'))
    .sort()
const healthAt = async (url: string) => (await fetch(`${url}/api/health`)).json()
const recorded = (action: string) => election.work.read((tx) => readLog(tx, { action }))

async function cast(url: string, number: string): Promise<number> {
  const reply = await fetch(`${url}/api/elections/${election.slug}/votes/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ballot: sealVote(election, number) }),
  })
  return reply.status
}

test('a server backs its file up on its own, at once where an election closes, and the copy restores', async () => {
  const { url, urna } = await serveFile('--backup-every', '1d')
  await expect.poll(backups, waiting).toHaveLength(1)
  expect(await cast(url, '1001')).toBe(201)
  const closing = startUrna(['election', 'close', election.slug, '--confirm', election.slug], election)
  expect((await closing.finished).status).toBe(0)
  await expect.poll(backups, waiting).toHaveLength(2)
  await expect.poll(() => recorded('backup-made'), waiting).toHaveLength(2)
  expect(await healthAt(url)).toEqual({ status: 'ok', backups: 'ok' })
  urna.child.kill('SIGTERM')
  expect((await urna.finished).status).toBe(0)
  const restored = await restoreFile({
    ...{ backup: join(folder, backups()[1]!), to: join(election.folder, 'again.urna') },
    ...{ passphrase: election.passphrase, clock: election.clock, officer: 'bea', confirm: undefined },
  })
  expect(restored).toMatchObject({ ballots: 1, elections: 1 })
}, 240_000)

test('where none can be made the vote goes on, and log, health and audit log tell it until one is made', async () => {
  const { url, log } = await serveFile('--backup-every', '2s', '--backup-keep', '2')
  await expect.poll(backups, waiting).toHaveLength(2)
  const away = `${folder}-away`
  renameSync(folder, away)
  await expect.poll(() => healthAt(url), waiting).toEqual({ status: 'ok', backups: 'failing' })
  expect(log()).toMatch(/"code":"backup-failed"|backup.*ENOENT|ENOENT.*backup/)
  expect(await cast(url, '1001')).toBe(201)
  expect((await fetch(`${url}/api/ready`)).status).toBe(200)
  expect(await recorded('backup-failed')).toHaveLength(1)
  renameSync(away, folder)
  await expect.poll(() => healthAt(url), waiting).toEqual({ status: 'ok', backups: 'ok' })
  await expect.poll(backups, waiting).toHaveLength(2)
}, 240_000)

test('a folder that can not be used is named at once, and nothing is served', async () => {
  const run = startUrna(['serve', '--port', '0', '--backup-dir', election.folder, '--json'], election)
  const { status, stdout } = await run.finished
  expect([status, JSON.parse(stdout).error.code]).toEqual([2, 'invalid-input'])
  const often = ['serve', '--port', '0', '--backup-dir', folder, '--backup-every', 'often', '--json']
  const { error } = JSON.parse((await startUrna(often, election).finished).stdout)
  const aimless = ['serve', '--port', '0', '--backup-keep', '3', '--json']
  expect((await startUrna(aimless, election).finished).status).toBe(2)
  expect(error).toMatchObject({ code: 'invalid-input', hint: 'Write it like --backup-every 30m, 1h or 1d.' })
}, 120_000)
