import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openElection } from '../../src/election/open-election.ts'
import { ClientCount, Outbox } from '../../src/server/live-clients.ts'
import { type LiveMessage, liveMessage } from '../../src/server/live-messages.ts'
import type { UnitOfWork } from '../../src/store/unit-of-work.ts'
import { issueTokens } from '../../src/voting/issue-tokens.ts'
import { type Serving, serve } from '../support/serving.ts'
import { draftElection, group, ingestAll, type Opened, openedElection, sealVote } from '../voting/fixtures.ts'

let box: Opened
let serving: Serving
beforeAll(async () => {
  box = await openedElection({ voters: 30, contests: 'committee' })
  serving = await serve(box, { heartbeat: 400, listeners: { all: 40, perAddress: 30 } })
})
afterAll(async () => {
  await serving?.close()
  await box?.close()
})

interface Listener {
  readonly socket: WebSocket
  readonly messages: LiveMessage[]
  readonly texts: string[]
  votes(): number | undefined
}

async function listen(url = serving.url, slug = box.slug): Promise<Listener> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws/elections/${slug}`)
  const listener: Listener = {
    socket,
    messages: [],
    texts: [],
    votes: () => listener.messages.flatMap((each) => ('votes' in each ? [each.votes] : [])).at(-1),
  }
  socket.addEventListener('message', ({ data }) => {
    listener.texts.push(data)
    listener.messages.push(liveMessage.parse(JSON.parse(data)))
  })
  await until(() => listener.messages.length === 2)
  return listener
}

async function until(holds: () => boolean, within = 5000): Promise<number> {
  const start = performance.now()
  while (!holds()) {
    if (performance.now() - start > within) throw new Error('it did not come to that')
    await pause(5)
  }
  return performance.now() - start
}

let voter = 1000
const cast = (work = box.work) => ingestAll(work, [sealVote(box, String(++voter), [{ kind: 'blank' }])])

describe('two who listen', () => {
  test('see the counts rise within a second of a vote, whichever process took it', async () => {
    const [one, two] = await Promise.all([listen(), listen()])
    const elsewhere = await box.reopen()
    try {
      for (const work of [box.work, elsewhere]) {
        const before = one.votes()!
        await cast(work)
        const took = await until(() => one.votes() === before + 1 && two.votes() === before + 1)
        expect(took).toBeLessThan(1000)
      }
    } finally {
      one.socket.close()
      two.socket.close()
    }
  })

  test('get no message but of totals, at most four a second, and the last one always', async () => {
    const one = await listen()
    const { length } = one.messages
    const start = performance.now()
    for (let vote = 0; vote < 6; vote++) await cast()
    const votes = voter - 1000
    await until(() => one.votes() === votes)
    const counts = one.messages.slice(length).filter(({ event }) => event === 'vote_count_updated')
    expect(counts.length).toBeLessThanOrEqual(2 + (performance.now() - start) / 250)
    await until(() =>
      one.messages.some((each) => each.event === 'voter_turnout_updated' && each.voted === votes),
    )
    // The schema is strict, and has parsed them all; these are all the words that there are in them.
    const words = new Set(one.texts.flatMap((text) => text.match(/[a-z_]+/gi) ?? []))
    expect([...words].sort()).toEqual([
      'chapter',
      'election',
      'event',
      'units',
      'vote_count_updated',
      'voted',
      'voter_turnout_updated',
      'voters',
      'votes',
    ])
    one.socket.close()
  })
})

test('a stream of events says the same', async () => {
  const reply = await fetch(`${serving.url}/api/elections/${box.slug}/events`)
  expect(reply.headers.get('content-type')).toContain('text/event-stream')
  expect(reply.headers.get('cache-control')).toBe('no-store')
  expect(reply.headers.get('content-security-policy')).toContain("default-src 'none'")
  const reader = reply.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const votes = () =>
    [...text.matchAll(/^event: (\w+)\ndata: (.*)\n\n/gm)]
      .map(([, event, data]) => ({ event, message: liveMessage.parse(JSON.parse(data!)) }))
      .findLast(({ event }) => event === 'vote_count_updated')?.message
  const read = async (holds: () => boolean) => {
    while (!holds()) text += (await reader.read()).value ?? ''
  }
  await read(() => votes() !== undefined)
  const before = votes() as { votes: number }
  await cast()
  await read(() => (votes() as { votes: number }).votes === before.votes + 1)
  await reader.cancel()
})

test('nobody learns of a draft, nor whether there is one', async () => {
  const draft = await draftElection({ voters: 3, contests: 'committee' })
  const server = await serve(draft)
  try {
    for (const path of ['/api/elections/chapter/events', '/ws/elections/chapter']) {
      const reply = await fetch(server.url + path)
      expect(reply.status).toBe(404)
      const other = await fetch(server.url + path.replace('chapter', 'nothing'))
      expect((await reply.text()).replaceAll('chapter', 'nothing')).toBe(await other.text())
    }
    const { work, slug } = draft
    await issueTokens(
      { work, group },
      { election: slug, out: `${draft.folder}/t.csv`, reserve: 0, expires: undefined },
    )
    await openElection({ work, group }, slug)
    const opened = await listen(server.url, slug)
    expect(opened.votes()).toBe(0)
    opened.socket.close()
  } finally {
    await server.close()
    await draft.close()
  }
})

describe('a client that', () => {
  async function rawSocket(): Promise<Socket> {
    const socket = connect(Number(new URL(serving.url).port), '127.0.0.1')
    const key = Buffer.alloc(16, 7).toString('base64')
    socket.write(
      `GET /ws/elections/${box.slug} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
    )
    await new Promise((resolve) => socket.once('data', resolve))
    return socket
  }

  test('answers no ping is let go, and others are not', async () => {
    const alive = await listen()
    const hung = await rawSocket()
    let gone = false
    hung.on('close', () => {
      gone = true
    })
    hung.resume()
    await until(() => gone)
    expect(alive.socket.readyState).toBe(WebSocket.OPEN)
    alive.socket.close()
  })

  test('talks is shown out', async () => {
    const talker = await listen()
    talker.socket.send('the result, please')
    await until(() => talker.socket.readyState === WebSocket.CLOSED)
  })

  test('is one too many of its address has to wait, until others leave', async () => {
    const listeners = await Promise.all(Array.from({ length: 30 }, () => listen()))
    const refused = await fetch(`${serving.url}/api/elections/${box.slug}/events`)
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toBe('30')
    expect(await refused.json()).toMatchObject({ error: { code: 'too-many-listeners' } })
    for (const { socket } of listeners) socket.close()
    await until(() => listeners.every(({ socket }) => socket.readyState === WebSocket.CLOSED))
    const again = await listen()
    again.socket.close()
  })
})

test('who breaks off while a stream is being opened keeps no place', async () => {
  const narrow = await serve({ ...box, work: slowToRead(box.work) }, { listeners: { all: 2, perAddress: 2 } })
  const path = `/api/elections/${box.slug}/events`
  try {
    for (let broken = 0; broken < 4; broken++) {
      const socket = connect(Number(new URL(narrow.url).port), '127.0.0.1')
      await new Promise((resolve) => socket.once('connect', resolve))
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`)
      await pause(30)
      socket.resetAndDestroy()
    }
    await pause(300)
    const both = await Promise.all([fetch(narrow.url + path), fetch(narrow.url + path)])
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    await Promise.all(both.map(({ body }) => body?.cancel()))
  } finally {
    await narrow.close()
  }
})

/** The same, as if the file were on a slow disk. */
function slowToRead(work: UnitOfWork): UnitOfWork {
  return new Proxy(work, {
    get(target, name) {
      const value = Reflect.get(target, name)
      if (name === 'read') {
        return async (read: Parameters<UnitOfWork['read']>[0]) => {
          await pause(100)
          return target.read(read)
        }
      }
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

test('a slow client gets the newest of each kind, however many there were, and never more than that waits', () => {
  const sent: string[] = []
  const calls: (() => void)[] = []
  const outbox = new Outbox(({ text }, done) => {
    sent.push(text)
    calls.push(done)
  })
  for (let votes = 0; votes < 1000; votes++)
    outbox.put({ event: 'vote_count_updated', text: `votes ${votes}` })
  outbox.put({ event: 'voter_turnout_updated', text: 'turnout' })
  while (calls.length > 0) calls.shift()!()
  expect(sent).toEqual(['votes 0', 'votes 999', 'turnout'])
})

test('a place is given back once, however often a client says that it left', () => {
  const places = new ClientCount({ all: 2, perAddress: 1 })
  const leave = places.enter('a')!
  expect(places.enter('a')).toBeUndefined()
  leave()
  leave()
  expect(places.enter('a')).toBeDefined()
  expect(places.enter('b')).toBeDefined()
  expect(places.enter('c')).toBeUndefined()
})
