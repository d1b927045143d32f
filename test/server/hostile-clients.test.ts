import { execFileSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RawClient, rawClient, sendRaw, statusesIn } from '../support/raw-client.ts'
import { type Serving, serve } from '../support/serving.ts'
import { type TemporaryUrna, temporaryUrna } from '../support/urna.ts'

let urna: TemporaryUrna
let serving: Serving

/** In milliseconds. */
const head = 1500
const whole = 3000

beforeAll(async () => {
  urna = await temporaryUrna()
  serving = await serve(urna, { limits: { requests: 1e7, head, request: whole } })
})

afterAll(async () => {
  await serving?.close()
  await urna?.close()
})

/** In milliseconds, on a machine that runs other tests too. */
const patience = 2000

/** Does it while a client that means well is served in time; and once more after it. */
async function whileOthersAreServed<T>(attack: () => Promise<T>): Promise<T> {
  let over = false
  const outcome = attack()
  const end = () => {
    over = true
  }
  outcome.then(end, end)
  let served = 0
  do {
    for (const path of ['/api/ready', '/vote/board-2026']) {
      const began = performance.now()
      const reply = await fetch(serving.url + path, { headers: { connection: 'close' } })
      await reply.text()
      expect(reply.status).toBe(200)
      expect(performance.now() - began, path).toBeLessThan(patience)
      served++
    }
    await sleep(50)
  } while (!over)
  expect(served).toBeGreaterThan(0)
  return outcome
}

async function many(count: number, open: () => Promise<RawClient> = () => rawClient(serving.url)) {
  const clients: RawClient[] = []
  // A listening socket has a short queue: so many at once, and no more.
  while (clients.length < count) {
    const wanted = Math.min(100, count - clients.length)
    clients.push(...(await Promise.all(Array.from({ length: wanted }, open))))
  }
  return clients
}

test('clients that send their head byte by byte are let go', async () => {
  await whileOthersAreServed(async () => {
    const clients = await many(200)
    const text = 'GET /api/health HTTP/1.1\r\nHost: x\r\nX-Slow: '
    const dribble = setInterval(() => {
      for (const { socket } of clients) if (socket.writable) socket.write('a')
    }, 200)
    for (const { socket } of clients) socket.write(text)
    const ends = await Promise.all(clients.map((client) => client.ended(4 * head + 5000)))
    clearInterval(dribble)
    for (const received of ends) expect(statusesIn(received)).toEqual([408])
  })
}, 30_000)

test('clients that send their body byte by byte are let go', async () => {
  await whileOthersAreServed(async () => {
    const clients = await many(100)
    const text =
      'POST /api/elections/board-2026/votes/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{'
    const dribble = setInterval(() => {
      for (const { socket } of clients) if (socket.writable) socket.write(' ')
    }, 200)
    for (const { socket } of clients) socket.write(text)
    const ends = await Promise.all(clients.map((client) => client.ended(4 * whole + 5000)))
    clearInterval(dribble)
    for (const received of ends) expect(statusesIn(received)).toEqual([408])
  })
}, 30_000)

test('ten thousand connections that say nothing keep nobody from voting, and end', async () => {
  // Client and server are one process here: each connection takes two files.
  const allowed = Number(execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).trim())
  const count = Math.min(10_000, Number.isFinite(allowed) ? Math.floor((allowed - 500) / 2) : 10_000)
  expect(count).toBeGreaterThan(200)
  await whileOthersAreServed(async () => {
    const clients = await many(count)
    await Promise.all(clients.map((client) => client.ended(6 * head + 30_000)))
  })
}, 90_000)

test('more connections than there may be are not taken', async () => {
  const few = await serve(urna, { limits: { sockets: 20, head } })
  try {
    const clients = await many(40, () => rawClient(few.url))
    await sleep(100)
    const open = clients.filter(({ socket }) => !socket.closed)
    expect(open.length).toBeLessThanOrEqual(20)
    for (const { socket } of clients) socket.destroy()
    await expect.poll(() => fetch(`${few.url}/api/health`).then(({ status }) => status)).toBe(200)
  } finally {
    await few.close()
  }
})

const hello = (...headers: string[]) => `GET /api/health HTTP/1.1\r\nHost: x\r\n${headers.join('')}`

test('floods of headers are refused', async () => {
  await whileOthersAreServed(async () => {
    const line = (index: number) => `X-Flood-${index}: ${'y'.repeat(100)}\r\n`
    const floods = {
      'many headers': hello(...Array.from({ length: 5000 }, (_, index) => line(index))),
      'one long header': hello(`X-Long: ${'z'.repeat(100_000)}\r\n`),
      'a long cookie': hello(`Cookie: ${'a=b; '.repeat(20_000)}\r\n`),
      'a long address': `GET /${'a'.repeat(100_000)} HTTP/1.1\r\nHost: x\r\n`,
    }
    for (const [flood, text] of Object.entries(floods)) {
      for (let repeated = 0; repeated < 20; repeated++) {
        const client = await rawClient(serving.url)
        client.socket.write(`${text}\r\n`)
        const received = await client.ended(5000)
        expect(statusesIn(received), flood).toEqual([431])
        expect(received).toContain('{"error":{"code":"')
      }
    }
  })
}, 30_000)

test('a body of 100 MB is refused before it is sent, and not read to its end', async () => {
  const size = 100 * 1024 * 1024
  const start = (length: string) =>
    `POST /api/elections/board-2026/votes/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${length}\r\n\r\n`
  await whileOthersAreServed(async () => {
    const announced = await rawClient(serving.url)
    announced.socket.write(start(`Content-Length: ${size}`))
    await expect.poll(() => statusesIn(announced.received()), { timeout: 5000 }).toEqual([413])
    announced.socket.destroy()

    for (const length of [`Content-Length: ${size}`, 'Transfer-Encoding: chunked']) {
      const client = await rawClient(serving.url)
      client.socket.write(start(length))
      const sent = await pour(client, length.startsWith('Transfer'), size)
      expect(statusesIn(client.received()), length).toEqual([413])
      // What is under way in buffers of the system goes on for a moment.
      expect(sent, length).toBeLessThan(20 * 1024 * 1024)
    }
  })
}, 30_000)

/** @returns how many bytes went off before the server hung up, or `size` */
async function pour({ socket }: RawClient, chunked: boolean, size: number): Promise<number> {
  const piece = ' '.repeat(64 * 1024)
  const text = chunked ? `${piece.length.toString(16)}\r\n${piece}\r\n` : piece
  let sent = 0
  while (sent < size && !socket.destroyed && socket.writable) {
    sent += piece.length
    if (socket.write(text)) await sleep(0)
    else await Promise.race([new Promise((done) => socket.once('drain', done)), sleep(2000)])
    if (socket.writableLength > 10 * 1024 * 1024) break
  }
  await sleep(200)
  socket.destroy()
  return sent
}

const host = 'Host: x\r\n\r\n'

test('paths that lead elsewhere lead nowhere', async () => {
  await whileOthersAreServed(async () => {
    for (const path of [
      '/../../../../etc/passwd',
      '/assets/../../package.json',
      '/assets/..%2f..%2fpackage.json',
      '/assets/%2e%2e/%2e%2e/package.json',
      '/assets/....//package.json',
      '/assets/..\\..\\package.json',
      '/assets/%00',
      '/api/docs/static/../../package.json',
      '/api/docs/static/%2e%2e/package.json',
      '/api/docs/static/..%2f..%2fpackage.json',
      '//evil.example/',
      '/.git/config',
      '/.env',
      '/api/elections/board-2026/%2e%2e/%2e%2e/session',
      '/%',
      '/%zz',
      '/%c0%ae%c0%ae/',
      'http://evil.example/etc/passwd',
      'file:///etc/passwd',
      '/a b',
      '/\x01',
      '/\xff',
    ]) {
      const received = await sendRaw(serving.url, `GET ${path} HTTP/1.1\r\nConnection: close\r\n${host}`, 30)
      const [status] = statusesIn(received)
      expect(status, path).toBeGreaterThanOrEqual(400)
      expect(status, path).toBeLessThan(500)
      expect(received, path).not.toMatch(/root:|"dependencies"|\[core\]/)
    }
  })
}, 30_000)

test('methods that are none here are refused', async () => {
  await whileOthersAreServed(async () => {
    for (const line of [
      'TRACE / HTTP/1.1',
      'TRACK / HTTP/1.1',
      'CONNECT evil.example:443 HTTP/1.1',
      'PUT /api/health HTTP/1.1',
      'DELETE /api/elections/board-2026/ HTTP/1.1',
      'OPTIONS * HTTP/1.1',
      'PROPFIND / HTTP/1.1',
      'get /api/health HTTP/1.1',
      'GETT /api/health HTTP/1.1',
      '/api/health GET HTTP/1.1',
      'GET /api/health HTTP/9.9',
      'PRI * HTTP/2.0',
      '\x16\x03\x01\x02\x00\x01\x00\x01\xfc',
    ]) {
      const received = await sendRaw(serving.url, `${line}\r\nConnection: close\r\n${host}`, 30)
      const statuses = statusesIn(received)
      expect(statuses.length, line).toBeLessThanOrEqual(1)
      for (const status of statuses) expect(status, line).toBeGreaterThanOrEqual(400)
    }
    // A header does not make another method of it.
    const overridden = hello('X-HTTP-Method-Override: DELETE\r\nConnection: close\r\n')
    expect(statusesIn(await sendRaw(serving.url, `${overridden}\r\n`, 30))).toEqual([200])
  })
}, 30_000)

test('garbage behind a request, and requests within requests, are not answered', async () => {
  const post = 'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n'
  const inner = `GET /api/health HTTP/1.1\r\n${host}`
  const answers = (text: string) => sendRaw(serving.url, text, 60).then(statusesIn)
  await whileOthersAreServed(async () => {
    expect((await answers(`${hello()}\r\n\x00\x01garbage\r\n\r\n`)).at(-1)).toBe(400)
    // Two ways to say how long it is: whoever stands before this server may believe the other one.
    expect(
      await answers(`${post}Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${inner}`),
    ).toEqual([400])
    expect(
      await answers(`${post}Content-Length: 0\r\nContent-Length: ${inner.length}\r\n\r\n${inner}`),
    ).toEqual([400])
    expect(await answers(`${post}Content-Length: -1\r\n\r\n${inner}`)).toEqual([400])
    expect(await answers(`${post}Content-Length: 1e3\r\n\r\n${inner}`)).toEqual([400])
    expect(await answers(`${post}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${inner}`)).toEqual([400])
    expect(await answers(`${post}Transfer-Encoding: chunked\r\n\r\nzz\r\n${inner}`)).toEqual([400])
    expect(await answers(`${post}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${inner}`)).toEqual([400])
    expect(await answers('GET /api/health HTTP/1.1\nHost: x\n\n')).toEqual([400])
    expect(await answers(`GET /api/health HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n`)).toEqual([400])
    expect(await answers('GET /api/health HTTP/1.1\r\n\r\n')).toEqual([400])
    // Honest pipelining is slow, but allowed.
    const pipelined = await answers(inner.repeat(200))
    expect(pipelined).toEqual(Array.from({ length: 200 }, () => 200))
  })
}, 30_000)
