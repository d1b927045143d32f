import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { type MailServer, mailServer } from '../support/mail-server.ts'
import { withoutAudit } from '../support/run-command.ts'
import { startUrna } from '../support/urna-process.ts'
import { type Opened, openedElection } from '../voting/fixtures.ts'

let urna: Opened
let server: MailServer
afterEach(async () => {
  await server?.close()
  await urna?.close()
})

interface Report {
  states: Record<string, number>
}

/**
 * A server that puts off, refuses, breaks off and takes, and a mailing that is killed several times on its way: nobody
 * gets a mail twice, nobody is left out, and whom nobody knows of is told as unknown.
 */
test('a mailing that is killed and resumed goes to nobody twice and leaves nobody out', async () => {
  const voters = 60
  urna = await openedElection({ voters, contests: 'committee' })
  server = await mailServer((to, attempt) => {
    const number = Number(/\d+/.exec(to)![0])
    if (number % 10 === 1) return 550
    if (number % 10 === 2 && attempt === 1) return 'drop'
    return 'take'
  })
  await urna.release()
  const settings = join(urna.folder, 'mail.json')
  writeFileSync(settings, JSON.stringify({ url: server.url, from: 'vote@chapter.example' }))
  const words = ['send', 'mail', '--tokens', join(urna.folder, 'tokens.csv'), '--mail', settings, '--no-wait']
  const argv = [...words, '--links', 'https://vote.example', '--rate', '20/s', '--json']
  for (const upTo of [8, 20, 33]) {
    const killed = startUrna(argv, urna, urna.folder)
    await expect
      .poll(() => server.received.length, { timeout: 60_000, interval: 5 })
      .toBeGreaterThanOrEqual(upTo)
    killed.child.kill('SIGKILL')
    await killed.finished
  }
  const { stdout, stderr, status } = await startUrna(argv, urna, urna.folder).finished
  expect({ stderr, status }, stdout).toEqual({ stderr: '', status: 0 })
  const { states } = withoutAudit(JSON.parse(stdout)) as Report
  const got = new Map<string, number>()
  for (const { to } of server.received) got.set(to, (got.get(to) ?? 0) + 1)
  expect([...got.values()].filter((count) => count > 1)).toEqual([])
  const { sent = 0, deferred = 0, unknown = 0, failed = 0 } = states
  expect(sent + deferred + unknown + failed).toBe(voters)
  // At each kill four messages were on their way at most.
  expect(unknown).toBeLessThanOrEqual(3 * 4)
  expect(got.size).toBeGreaterThanOrEqual(sent)
  expect(got.size).toBeLessThanOrEqual(sent + unknown)
  const again = await startUrna([...argv, '--resend-unknown'], urna, urna.folder).finished
  const done = withoutAudit(JSON.parse(again.stdout)) as Report
  expect(done.states).toMatchObject({ unknown: 0, queued: 0, failed: voters / 10 })
  expect(done.states.sent! + done.states.deferred!).toBe(voters - voters / 10)
  expect(new Set(server.received.map(({ to }) => to)).size).toBe(done.states.sent)
}, 180_000)
