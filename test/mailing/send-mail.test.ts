import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { readLog } from '../../src/audit/read-log.ts'
import { closeElection } from '../../src/election/close-election.ts'
import { sampleMessage } from '../../src/mailing/sample-message.ts'
import { rehearseMailing } from '../../src/mailing/send-mailing.ts'
import { replaceToken } from '../../src/voting/replace-token.ts'
import { type MailServer, mailServer } from '../support/mail-server.ts'
import { plainBytes } from '../support/plain-bytes.ts'
import {
  correct,
  draftElection,
  group,
  ingestAll,
  type Opened,
  openAnother,
  openedElection,
  sealVote,
} from '../voting/fixtures.ts'
import { mailing, ownTemplate, send, someOf } from './fixtures.ts'

let urna: Opened
let server: MailServer
afterEach(async () => {
  await server?.close()
  await urna?.close()
})

const opened = (options: Parameters<typeof openedElection>[0] = {}) =>
  openedElection({ voters: 5, contests: 'committee', ...options })

const addresses = () => server.received.map(({ to }) => to).sort()
const all = (count: number) =>
  Array.from({ length: count }, (_, index) => `voter${index + 1}@example.org`).sort()

/** The text of a mail with its lines put together again. */
const textOf = (raw: string) => raw.replace(/=\r\n/g, '').replaceAll('=3D', '=')

describe('tokens by mail', () => {
  test('every voter gets their own token and link, and a second time nobody gets anything', async () => {
    urna = await opened()
    server = await mailServer()
    const report = await send(urna, server)
    expect(report).toMatchObject({ recipients: 5, due: 5, ending: 'done', leftOut: [] })
    expect(someOf(report.states)).toEqual({ sent: 5 })
    expect(addresses()).toEqual(all(5))
    for (const [number, token] of urna.tokens) {
      const mails = server.received.filter(({ raw }) => textOf(raw).includes(token))
      expect(mails.map(({ to }) => to)).toEqual([`voter${Number(number) - 1000}@example.org`])
      expect(textOf(mails[0]!.raw)).toContain(`https://vote.example/vote/chapter#t=${token}`)
    }
    expect(await send(urna, server)).toMatchObject({ due: 0, states: { sent: 5 } })
    expect(server.received).toHaveLength(5)
  })

  test('who is struck, has voted or got another token is left out, and said', async () => {
    urna = await opened({ reserve: 2 })
    server = await mailServer()
    await ingestAll(urna.work, [sealVote(urna, '1001', [{ kind: 'blank' }])])
    await correct(urna.work, 'strike', '1002')
    await replaceToken(
      { work: urna.work, group },
      { election: undefined, number: '1003', reason: 'letter lost', out: undefined },
    )
    const { leftOut } = await send(urna, server)
    // The reserve token of the third voter is in the file, on another line.
    expect(addresses()).toEqual([3, 4, 5].map((index) => `voter${index}@example.org`))
    expect(Object.fromEntries(leftOut.map(({ reason, count }) => [reason, count]))).toEqual({
      voted: 1,
      'struck-voter': 1,
      'revoked-token': 1,
      'reserve-not-assigned': 1,
    })
  })

  test('a file of another election, or with a token that is none, sends nothing and is not quoted', async () => {
    urna = await opened()
    server = await mailServer()
    const small = await openAnother(urna)
    const other = send(urna, server, { tokens: join(urna.folder, 'small.csv') })
    await expect(other).rejects.toMatchObject({ code: 'token-list-invalid' })
    const [token] = small.tokens.values()
    const broken = join(urna.folder, 'broken.csv')
    writeFileSync(broken, `number,token\n1001,${token!.slice(0, -1)}\n`)
    const error = await send(urna, server, { tokens: broken }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'token-list-invalid', details: { line: 2 } })
    expect(JSON.stringify([String(error), error])).not.toContain(token!.slice(0, 12))
    expect(server.received).toEqual([])
  })

  test('no token and no text of a mail is in the file, its log or its journal', async () => {
    urna = await opened()
    server = await mailServer((to) => (to === 'voter2@example.org' ? 550 : 'take'))
    await send(urna, server)
    const bytes = plainBytes(urna)
    const outside = readdirSync(urna.folder)
      .filter((name) => name !== 'tokens.csv')
      .map((name) => readFileSync(join(urna.folder, name)))
    const log = JSON.stringify(await urna.work.read((tx) => readLog(tx)))
    for (const token of urna.tokens.values()) {
      for (const text of [bytes, ...outside, Buffer.from(log)])
        expect(text.includes(token.slice(0, 11))).toBe(false)
    }
    expect(log).toContain('mailing-ended')
    expect(log).not.toMatch(/voter\d@|1002/)
  })

  test('after the close nobody is written to', async () => {
    urna = await opened()
    server = await mailServer()
    await closeElection({ work: urna.work, group }, urna.slug)
    await expect(send(urna, server)).rejects.toMatchObject({ code: 'wrong-state' })
    await urna.close()
    urna = await opened({ closesAt: '2026-03-02T10:00:00.000Z' })
    urna.clock.set('2026-03-02T10:00:00.000Z')
    await expect(send(urna, server)).rejects.toMatchObject({ code: 'wrong-state' })
    expect(server.received).toEqual([])
  })

  test('where another machine makes the tokens, they are not brought to the election file', async () => {
    urna = await opened()
    server = await mailServer()
    await urna.work.write('test', ({ db }) =>
      db
        .insertInto('token_registration')
        .values({ election_id: 1, sha256: '0'.repeat(64), at: '2026' })
        .execute(),
    )
    await expect(send(urna, server)).rejects.toMatchObject({ code: 'tokens-made-otherwise' })
    expect(server.received).toEqual([])
  })

  test('a preview hides the token, a sample has one that is none, and a rehearsal changes nothing', async () => {
    urna = await opened()
    const deps = { work: urna.work, group, clock: urna.clock }
    const preview = await sampleMessage(deps, mailing(urna), 'hidden')
    expect(preview.text).toContain('Voter Number 1')
    expect(preview.text).toContain('https://vote.example/vote/chapter#t=•••••-••••••-•••••-••••••')
    const sample = await sampleMessage(deps, mailing(urna), 'fake')
    for (const token of urna.tokens.values()) expect(preview.text + sample.text).not.toContain(token)
    const report = await rehearseMailing(deps, { ...mailing(urna), resendUnknown: false, retryFailed: false })
    expect(report).toMatchObject({ due: 5, ending: 'rehearsed' })
    const rows = await urna.work.read(({ db }) => db.selectFrom('message').selectAll().execute())
    expect(rows).toEqual([])
  })
})

describe('a server that', () => {
  test('puts messages off gets them again after growing pauses, and each voter one', async () => {
    urna = await opened()
    server = await mailServer((to, attempt) => (attempt <= Number(to[5]) - 1 ? 451 : 'take'))
    const report = await send(urna, server)
    expect(someOf(report.states)).toEqual({ sent: 5 })
    expect(addresses()).toEqual(all(5))
    // The fifth waited 1, 5, 15 and 30 minutes.
    expect(urna.clock.now().getTime() - Date.parse('2026-03-02T09:00:00Z')).toBeGreaterThanOrEqual(
      51 * 60_000,
    )
  })

  test('puts them off for ever is given up, and one that refuses is not asked again', async () => {
    urna = await opened()
    server = await mailServer((to) =>
      to.startsWith('voter1') ? 450 : to.startsWith('voter2') ? 550 : 'take',
    )
    const report = await send(urna, server)
    expect(someOf(report.states)).toEqual({ sent: 3, failed: 2 })
    expect(report.reasons).toEqual([
      { state: 'failed', reason: '450', count: 1 },
      { state: 'failed', reason: '550', count: 1 },
    ])
    await send(urna, server)
    expect(server.received).toHaveLength(3)
  })

  test('breaks the connection before it has the text is tried again', async () => {
    urna = await opened()
    server = await mailServer((to, attempt) => (to.startsWith('voter3') && attempt === 1 ? 'drop' : 'take'))
    expect(someOf((await send(urna, server)).states)).toEqual({ sent: 5 })
    expect(addresses()).toEqual(all(5))
  })

  test('breaks the connection once it has the text leaves a doubt that only the officer can end', async () => {
    urna = await opened()
    server = await mailServer((to, attempt) =>
      to.startsWith('voter3') && attempt === 1 ? 'take-and-drop' : 'take',
    )
    expect(someOf((await send(urna, server)).states)).toEqual({ sent: 4, unknown: 1 })
    expect(addresses()).toEqual(all(5))
    expect(await send(urna, server)).toMatchObject({ due: 0 })
    expect(server.received).toHaveLength(5)
    const again = await send(urna, { ...server, resendUnknown: true })
    expect(someOf(again.states)).toEqual({ sent: 5 })
    expect(server.received).toHaveLength(6)
  })

  test('takes nothing from us halts the mailing, blames nobody, and loses nobody', async () => {
    server = await mailServer()
    const { url } = server
    await server.close()
    urna = await opened({ voters: 15 })
    await expect(send(urna, { url })).rejects.toMatchObject({ code: 'mailing-halted' })
    server = await mailServer()
    const report = await send(urna, server)
    expect(someOf(report.states)).toEqual({ sent: 15 })
    expect(addresses()).toEqual(all(15))
  })
})

test('two commands at once are one mailing', async () => {
  urna = await opened({ voters: 8 })
  server = await mailServer()
  const second = { ...urna, work: await urna.reopen() }
  const both = await Promise.allSettled([send(urna, { ...server, pause: 20 }), send(second, server)])
  const refusals = both.flatMap((each) => (each.status === 'rejected' ? [each.reason.code] : []))
  expect(refusals).toEqual(['mailing-under-way'])
  expect(addresses()).toEqual(all(8))
})

test('who stops it loses nothing: the same command goes on', async () => {
  urna = await opened({ voters: 8 })
  server = await mailServer()
  const stopping = new AbortController()
  const first = send(urna, { ...server, pause: 30, signal: stopping.signal })
  await expect.poll(() => server.received.length).toBeGreaterThan(0)
  stopping.abort()
  expect((await first).ending).toBe('interrupted')
  expect(server.received.length).toBeLessThan(8)
  await send(urna, server)
  expect(addresses()).toEqual(all(8))
})

describe('reminders', () => {
  const reminder = { kind: 'reminder', name: 'reminder', tokens: undefined } as const
  const remind = (template = 'reminder.mail.en.txt') => ({ ...reminder, template: ownTemplate(template) })

  test('go to those who have not voted and to no one else, without a token', async () => {
    urna = await opened()
    server = await mailServer()
    await ingestAll(urna.work, [sealVote(urna, '1002', [{ kind: 'blank' }])])
    await correct(urna.work, 'strike', '1004')
    const report = await send(urna, server, remind())
    expect(report).toMatchObject({ recipients: 3, states: { sent: 3 } })
    expect(addresses()).toEqual([1, 3, 5].map((index) => `voter${index}@example.org`))
    const texts = server.received.map(({ raw }) => textOf(raw)).join('')
    for (const token of urna.tokens.values()) expect(texts).not.toContain(token)
    const log = JSON.stringify(await urna.work.read((tx) => readLog(tx, { action: 'mailing-started' })))
    expect(log).not.toMatch(/100\d|voter\d/)
    await send(urna, server, remind())
    expect(server.received).toHaveLength(3)
    await send(urna, server, { ...remind(), name: 'last-day' })
    expect(server.received).toHaveLength(6)
  })

  test('are not sent to who votes while they go out', async () => {
    urna = await opened({ voters: 8 })
    server = await mailServer()
    const first = send(urna, { ...server, pause: 60 }, remind())
    await expect.poll(() => server.received.length).toBeGreaterThan(0)
    await ingestAll(urna.work, [sealVote(urna, '1008', [{ kind: 'blank' }])])
    expect(someOf((await first).states)).toEqual({ sent: 7, skipped: 1 })
    expect(addresses()).not.toContain('voter8@example.org')
  })

  test('are not sent before the opening', async () => {
    const draft = await draftElection({ contests: 'committee' })
    server = await mailServer()
    const sending = send(draft, server, remind()).finally(draft.close)
    await expect(sending).rejects.toMatchObject({ code: 'wrong-state' })
  })
})

describe('hostile names', () => {
  const hostile = [
    'Ada\r\nBcc: eve@example.org\r\n\r\nHello',
    '\u202eevil\u2066 name',
    '👩‍👩‍👧‍👦 Zoë',
    'x'.repeat(10_000),
    '{token} =?utf-8?q?x?=',
  ]

  test('change neither the head nor the length of a mail, nor fill a place of the template', async () => {
    urna = await opened()
    server = await mailServer()
    await urna.work.write('test', async ({ db }) => {
      for (const [index, name] of hostile.entries()) {
        await db
          .updateTable('member')
          .set({ name })
          .where('number', '=', String(1001 + index))
          .execute()
      }
    })
    const fresh = await openAnother(urna)
    const template = { name: 'own.txt', text: 'Subject: For {name}\n\nDear {name}!\n{link}\n' }
    await send({ ...urna, slug: fresh.slug }, server, { tokens: join(urna.folder, 'small.csv'), template })
    expect(addresses()).toEqual(all(5))
    for (const { raw } of server.received) {
      const [head = ''] = raw.split('\r\n\r\n')
      expect(head).not.toMatch(/^Bcc:/im)
      expect(raw.length).toBeLessThan(4000)
      expect(raw).not.toMatch(/\u202e|=E2=80=AE/)
    }
    const tokenNamed = server.received.find(({ to }) => to === 'voter5@example.org')!
    expect(textOf(tokenNamed.raw)).toMatch(/Dear \{token\}/)
  })
})
