import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { expectSoundBox } from '../support/box-check.ts'
import { startUrna, type UrnaProcess } from '../support/urna-process.ts'
import { group, type Opened, openedElection, sealVote } from '../voting/fixtures.ts'

const voters = 300
let election: Opened
let ballots: string[]
let running: UrnaProcess | undefined

beforeAll(async () => {
  election = await openedElection({ voters, contests: 'committee' })
  ballots = [...election.tokens.keys()].map((number) => sealVote(election, number))
  return () => election.close()
}, 60_000)

afterEach(async () => {
  running?.child.kill('SIGKILL')
  await running?.finished
  running = undefined
})

/** Starts the real thing, and waits until it says where it is. */
async function serveFile(...flags: string[]): Promise<{ urna: UrnaProcess; url: string; log(): string }> {
  const urna = startUrna(['serve', '--port', '0', ...flags], election)
  running = urna
  let log = ''
  urna.child.stderr!.on('data', (text: string) => {
    log += text
  })
  await expect.poll(() => log, { timeout: 60_000, interval: 50 }).toMatch(/Serving at (\S+)\. /)
  return { urna, url: /Serving at (\S+)\. /.exec(log)![1]!, log: () => log }
}

test('whoever was told that a ballot is in the box finds it there, though the server was stopped amid the rush', async () => {
  const { urna, url } = await serveFile('--rate-limit', '0')
  const acknowledged: string[] = []
  let next = 0
  async function voter(): Promise<void> {
    for (let ballot = ballots[next++]; ballot !== undefined; ballot = ballots[next++]) {
      const reply = await fetch(`${url}/api/elections/${election.slug}/votes/`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ballot }),
      }).catch(() => undefined)
      if (reply === undefined || reply.status === 503) return
      expect(reply.status).toBe(201)
      acknowledged.push(((await reply.json()) as { trackingCode: string }).trackingCode)
      if (acknowledged.length === 60) urna.child.kill('SIGTERM')
    }
  }
  await Promise.all(Array.from({ length: 20 }, voter))
  const { status, stderr } = await urna.finished
  expect(status, stderr).toBe(0)
  expect(acknowledged.length).toBeGreaterThanOrEqual(60)
  expect(acknowledged.length).toBeLessThan(voters)
  // All of it is in the file itself.
  const other = await election.reopen()
  expect(await expectSoundBox(other, group)).toEqual(expect.arrayContaining(acknowledged))
}, 120_000)

test('it stops though somebody still listens, and the file is whole, with no log beside it that holds a part', async () => {
  await election.close()
  election = await openedElection({ voters: 1, contests: 'committee' })
  const ballot = sealVote(election, [...election.tokens.keys()][0]!)
  await election.release()
  const { urna, url } = await serveFile()
  const body = JSON.stringify({ ballot })
  const headers = { 'content-type': 'application/json' }
  const reply = await fetch(`${url}/api/elections/${election.slug}/votes/`, { method: 'POST', headers, body })
  expect(reply.status).toBe(201)
  const live = await fetch(`${url}/api/elections/${election.slug}/events`)
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws/elections/${election.slug}`)
  await new Promise((resolve) => socket.addEventListener('message', resolve, { once: true }))
  const stopped = performance.now()
  urna.child.kill('SIGINT')
  const { status, stderr } = await urna.finished
  expect(performance.now() - stopped).toBeLessThan(20_000)
  await live.body?.cancel().catch(() => {})
  expect(status, stderr).toBe(0)
  expect(existsSync(`${election.path}-wal`)).toBe(false)
}, 60_000)

test('a second Ctrl-C ends it at once, whoever is still sending', async () => {
  const { urna, url } = await serveFile()
  const { hostname, port } = new URL(url)
  const { connect } = await import('node:net')
  const slow = connect({ host: hostname, port: Number(port) })
  slow.on('error', () => {})
  slow.write(
    'POST /api/elections/x/votes/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
  )
  await sleep(300)
  urna.child.kill('SIGINT')
  await sleep(500)
  expect(urna.child.exitCode).toBeNull()
  urna.child.kill('SIGTERM')
  await urna.finished
  expect(urna.child.signalCode).toBe('SIGTERM')
  slow.destroy()
}, 60_000)

test('a port that is taken is named in one sentence', async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const { port } = taken.address() as { port: number }
  const { status, stdout } = await startUrna(['serve', '--port', String(port), '--json'], election).finished
  taken.close()
  expect(status).toBe(8)
  expect(JSON.parse(stdout)).toEqual({
    error: {
      code: 'port-unavailable',
      message: `Another program listens on port ${port} of 127.0.0.1 already.`,
      details: { host: '127.0.0.1', port },
      hint: 'Choose another port with --port, or a free one with --port 0.',
    },
  })
}, 60_000)
