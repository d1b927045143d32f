import { createHmac } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, test } from 'vitest'
import { readLog } from '../../src/audit/read-log.ts'
import { deliverDue } from '../../src/delivery/notifier.ts'
import { WebhookInvalid } from '../../src/delivery/refusals.ts'
import { claimDue, fillOutbox, listDeliveries } from '../../src/delivery/webhook-outbox.ts'
import { postWebhook, webhookSignature } from '../../src/delivery/webhook-post.ts'
import { isPublicAddress, webhookTarget } from '../../src/delivery/webhook-target.ts'
import { addWebhook, listWebhooks, removeWebhook, testWebhook } from '../../src/delivery/webhooks.ts'
import { createElection } from '../../src/election/create-election.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { electionDraft } from '../support/election.ts'
import { type TemporaryUrna, temporaryUrna } from '../support/urna.ts'

interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

let urna: TemporaryUrna
let receiver: Awaited<ReturnType<typeof receive>>
afterEach(async () => {
  await receiver?.close()
  await urna?.close()
})

/** A real server on this machine. @param answer is asked at each message, from 1 */
async function receive(answer: (message: number) => { status: number; location?: string } | 'break') {
  const received: Received[] = []
  const server = createServer(async (request, reply) => {
    received.push({ headers: request.headers, body: await text(request) })
    const { status, location } = unbroken(answer(received.length))
    if (status === 0) return request.socket.destroy()
    reply.writeHead(status, location === undefined ? {} : { location }).end('what it says is of no account')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () => new Promise<void>((resolve) => void server.close(() => resolve()))
  return { url: `http://127.0.0.1:${port}/hook`, received, close }
}

function unbroken(answer: { status: number; location?: string } | 'break') {
  return answer === 'break' ? { status: 0, location: undefined } : { location: undefined, ...answer }
}

const taken = () => ({ status: 204 })
const slug = 'board-2026'

/** A file with one election and a webhook to the receiver. */
async function office(
  answer: Parameters<typeof receive>[0] = taken,
  types: readonly string[] = [],
): Promise<string> {
  urna = await temporaryUrna({ organisation: 'North' })
  await createElection({ work: urna.work, group: await loadGroup() }, electionDraft({ slug }), 'north')
  receiver = await receive(answer)
  const added = await addWebhook(urna.work, {
    ...{ organisation: undefined, url: receiver.url, types, allowPrivate: true },
  })
  return added.secret
}

/** It is in the log, as if it was done. */
const happen = (action: string, details: Record<string, unknown> = {}) =>
  urna.work.write('test', (tx) => tx.record({ action, election: slug, details }))

async function deliverAll(): Promise<void> {
  await fillOutbox(urna.work)
  while ((await deliverDue({ work: urna.work, clock: urna.clock })) > 0);
}

describe('a webhook', () => {
  test('is told what happens from then on, signed as Standard Webhooks has it, and each thing once', async () => {
    const secret = await office()
    await happen('election-opened')
    await happen('ballot-accepted', { voter: 'nobody' })
    await happen('election-closed')
    await deliverAll()
    await deliverAll()
    expect(receiver.received.map(({ body }) => JSON.parse(body))).toEqual(
      ['election.opened', 'election.closed'].map((type) => ({
        ...{ type, timestamp: urna.clock.now().toISOString() },
        data: { organisation: 'north', election: slug, title: expect.any(String) },
      })),
    )
    for (const { headers, body } of receiver.received) {
      const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
      const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
      expect(headers['webhook-signature']).toBe(
        `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
      )
      expect(Number(headers['webhook-timestamp'])).toBe(Math.floor(urna.clock.now().getTime() / 1000))
    }
  })

  test('is told only what it was made for', async () => {
    await office(taken, ['incident.recorded'])
    await happen('election-opened')
    await happen('incident-recorded')
    await deliverAll()
    expect(receiver.received.map(({ body }) => JSON.parse(body).type)).toEqual(['incident.recorded'])
  })

  test('never gets what the log says beside what happened: no detail, no name, no number', async () => {
    await office()
    await urna.work.write('test', (tx) =>
      tx.record({
        ...{ action: 'incident-recorded', election: slug, details: { number: 7, winner: 'Ada Lovelace' } },
        personal: { voter: '10234' },
      }),
    )
    await deliverAll()
    expect(receiver.received).toHaveLength(1)
    expect(receiver.received[0]?.body).not.toMatch(/Lovelace|10234|incident.*7/)
  })

  test('that was not reached gets it later, the same words with the same id, and one that never is, is given up and said', async () => {
    await office((message) => (message === 1 ? { status: 503 } : message === 2 ? 'break' : taken()))
    await happen('election-opened')
    await deliverAll()
    expect(receiver.received).toHaveLength(1)
    urna.clock.advance(5)
    await deliverAll()
    urna.clock.advance(30)
    await deliverAll()
    expect(await listDeliveries(urna.work, 1)).toMatchObject([
      { state: 'delivered', tries: 3, answer: '204' },
    ])
    const [first, ...others] = receiver.received
    expect(others).toHaveLength(2)
    for (const each of others) {
      expect(each.body).toBe(first?.body)
      expect(each.headers['webhook-id']).toBe(first?.headers['webhook-id'])
      expect(each.headers['webhook-signature']).not.toBe(first?.headers['webhook-signature'])
    }
    await receiver.close()
    await happen('election-closed')
    for (let hours = 0; hours < 30; hours++) {
      await deliverAll()
      urna.clock.advance(60 * 60)
    }
    expect((await listDeliveries(urna.work, 1))[0]).toMatchObject({
      ...{ state: 'dead', tries: 8, answer: 'ECONNREFUSED', dueAt: null },
    })
    expect(await listWebhooks(urna.work, undefined)).toMatchObject([{ waiting: 0, dead: 1 }])
    const log = await urna.work.read((tx) => readLog(tx, { action: 'webhook-given-up' }))
    expect(log).toMatchObject([{ details: { webhook: 1, type: 'election.closed', tries: 8 } }])
  })

  test('gets a message again where the process died before it was written down that it was taken', async () => {
    await office()
    await happen('election-opened')
    await fillOutbox(urna.work)
    const [due] = await claimDue(urna.work)
    await postWebhook({ ...due!, id: due!.messageId, now: urna.clock.now() })
    // Here it died. Another one begins, and waits until nobody can be posting it any more.
    await deliverAll()
    expect(receiver.received).toHaveLength(1)
    urna.clock.advance(60)
    await deliverAll()
    expect(receiver.received).toHaveLength(2)
    const ids = receiver.received.map(({ headers }) => headers['webhook-id'])
    expect(new Set(ids).size).toBe(1)
  })

  test('that answers with a redirection is not followed', async () => {
    const other = await receive(taken)
    try {
      await office(() => ({ status: 307, location: other.url }))
      await happen('election-opened')
      await deliverAll()
      expect(other.received).toEqual([])
      expect(await listDeliveries(urna.work, 1)).toMatchObject([{ state: 'waiting', answer: '307' }])
    } finally {
      await other.close()
    }
  })

  test('is tried at once with a test, and a host that does not take it is told by its status alone', async () => {
    await office((message) => (message === 1 ? taken() : { status: 500 }))
    const deps = { work: urna.work, clock: urna.clock }
    expect(await testWebhook(deps, 1)).toMatchObject({ answer: '204' })
    expect(JSON.parse(receiver.received[0]!.body)).toMatchObject({ type: 'test', data: {} })
    await expect(testWebhook(deps, 1)).rejects.toMatchObject({
      code: 'webhook-failed',
      details: { answer: '500' },
    })
    await expect(testWebhook(deps, 2)).rejects.toMatchObject({ code: 'webhook-not-found' })
  })

  test('is there once, goes when it is removed, and its secret is in the encrypted file alone', async () => {
    const secret = await office()
    const again = { organisation: undefined, url: receiver.url, types: [], allowPrivate: true }
    await expect(addWebhook(urna.work, again)).rejects.toMatchObject({ code: 'webhook-exists' })
    await expect(addWebhook(urna.work, { ...again, types: ['election.open'] })).rejects.toThrow(
      'There is no type of message called "election.open".',
    )
    const log = JSON.stringify(await urna.work.read((tx) => readLog(tx)))
    const bytes = Buffer.from(secret.replace('whsec_', ''), 'base64')
    expect(log).toContain('webhook-added')
    expect(log).not.toMatch(/whsec_|\/hook/)
    expect(JSON.stringify(await listWebhooks(urna.work, undefined))).not.toMatch(/whsec_|\/hook/)
    for (const name of readdirSync(urna.folder)) {
      const outside = readFileSync(join(urna.folder, name))
      for (const form of [bytes, Buffer.from(secret)]) expect(outside.includes(form)).toBe(false)
    }
    await happen('election-opened')
    await fillOutbox(urna.work)
    await removeWebhook(urna.work, 1)
    await deliverAll()
    expect(receiver.received).toEqual([])
  })
})

test.each([
  'http://hooks.example/urna',
  'https://user:password@hooks.example/',
  'https://127.0.0.1/',
  'https://0x7f.1/',
  'https://10.1.2.3/',
  'https://169.254.169.254/latest/meta-data/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[fd00::1]/',
  'https://[64:ff9b::a00:1]/',
  'ftp://hooks.example/',
  'hooks.example',
])('%s is no place for a webhook', (url) => {
  expect(() => webhookTarget(url, { allowPrivate: false })).toThrow(WebhookInvalid)
  expect(() => webhookTarget(url, { allowPrivate: false })).not.toThrow(/password@/)
})

test('a name that leads to this machine is refused when something is posted, whatever it led to before', async () => {
  const secret = new Uint8Array(32)
  const message = { url: 'https://localhost:9/hook', secret, id: 'msg_1', body: '{}', now: new Date(0) }
  expect(await postWebhook({ ...message, allowPrivate: false })).toBe('private-address')
  expect(await postWebhook({ ...message, allowPrivate: true })).not.toBe('private-address')
})

test.each([
  ['8.8.8.8', true],
  ['2606:4700::1111', true],
  ['192.168.1.1', false],
  ['172.31.255.255', false],
  ['172.32.0.1', true],
  ['100.64.0.1', false],
  ['::ffff:8.8.8.8', false],
  ['fe80::1', false],
  ['2002:7f00:1::', false],
  ['nonsense', false],
])('%s is public: %s', (address, expected) => {
  expect(isPublicAddress(address)).toBe(expected)
})

test('the signature is that of the specification', () => {
  // From its reference implementation: github.com/standard-webhooks/standard-webhooks, libraries/javascript, its tests.
  const secret = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64')
  const body = '{"test": 2432232314}'
  expect(
    webhookSignature(secret, { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: '1614265330', body }),
  ).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
})
