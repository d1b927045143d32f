import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, describe, expect, test } from 'vitest'
import { openMailSender } from '../../src/delivery/mail-sender.ts'
import type { MessageSender } from '../../src/delivery/message-sender.ts'

interface Received {
  from: string
  to: string[]
  raw: string
  secure: boolean
}

let server: SMTPServer | undefined
let sender: MessageSender | undefined
afterEach(async () => {
  await sender?.close()
  await new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(resolve)))
})

/** A real mail server on this machine. @returns its port */
async function serve(received: Received[], options: SMTPServerOptions = {}): Promise<number> {
  server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    ...options,
    onData: async (stream, session, done) => {
      const raw = await text(stream)
      const { mailFrom, rcptTo } = session.envelope
      const from = mailFrom === false ? '' : mailFrom.address
      received.push({ from, to: rcptTo.map(({ address }) => address), raw, secure: session.secure })
      done()
    },
  })
  // A client that turns away leaves an error here, which is what some tests want.
  server.on('error', () => {})
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  return (server.server.address() as AddressInfo).port
}

/** This machine under a name that says nothing of it, as a server elsewhere has. */
const elsewhere = '[::ffff:127.0.0.1]'

const from = 'Northern Chapter <election@chapter.example>'
const message = { to: 'ada@example.org', subject: 'Your code', text: 'It is 271828.\n' }

test('a message goes out whole over a real conversation, to one person, marked as written by a machine', async () => {
  const received: Received[] = []
  const port = await serve(received)
  sender = await openMailSender({ url: `smtp://localhost:${port}`, from })
  await sender.send(message)
  await sender.send({ ...message, to: 'bo@example.org', subject: 'Código de «Junta»' })
  expect(received).toMatchObject([
    { from: 'election@chapter.example', to: ['ada@example.org'] },
    { to: ['bo@example.org'] },
  ])
  const { raw } = received[0]!
  expect(raw).toContain('From: Northern Chapter <election@chapter.example>')
  expect(raw).toContain('Subject: Your code')
  expect(raw).toContain('Auto-Submitted: auto-generated')
  expect(raw).toContain('It is 271828.')
  expect(received[1]?.raw).toMatch(/Subject: =\?UTF-8\?/)
})

test('a server that offers encryption gets the message encrypted, on this machine too', async () => {
  const received: Received[] = []
  const port = await serve(received)
  sender = await openMailSender({ url: `smtp://127.0.0.1:${port}`, from })
  await sender.send(message)
  expect(received).toMatchObject([{ secure: true }])
})

describe('a server elsewhere gets nothing', () => {
  test('if it offers no encryption', async () => {
    const received: Received[] = []
    const port = await serve(received, { hideSTARTTLS: true, disabledCommands: ['STARTTLS'] })
    sender = await openMailSender({ url: `smtp://${elsewhere}:${port}`, from })
    await expect(sender.send(message)).rejects.toMatchObject({ code: 'message-not-sent' })
    expect(received).toEqual([])
  })

  test.each([
    ['smtp', false],
    ['smtps', true],
  ])('if nobody vouches for its certificate: %s', async (protocol, secure) => {
    const received: Received[] = []
    const port = await serve(received, { secure })
    sender = await openMailSender({ url: `${protocol}://${elsewhere}:${port}`, from })
    await expect(sender.send(message)).rejects.toMatchObject({ code: 'message-not-sent' })
    expect(received).toEqual([])
  })
})

test('the password of the URL opens the server, and is in no error when it does not', async () => {
  const received: Received[] = []
  const port = await serve(received, {
    authOptional: false,
    onAuth: ({ username, password }, _session, done) =>
      username === 'office' && password === 'p@ss:w/rd'
        ? done(null, { user: username })
        : done(new Error(`no such user: ${username} ${password}`)),
  })
  const urlWith = (password: string) => `smtp://office:${encodeURIComponent(password)}@localhost:${port}`
  sender = await openMailSender({ url: urlWith('p@ss:w/rd'), from })
  await sender.send(message)
  expect(received).toHaveLength(1)
  await sender.close()
  sender = await openMailSender({ url: urlWith('s3cret-and-wrong'), from })
  const error = await sender.send(message).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ reason: '535' })
  expect(everyWordOf(error)).not.toMatch(/s3cret-and-wrong|271828|ada@example/)
})

test('what a server says of a message that it refuses is not repeated', async () => {
  const port = await serve([], {
    onRcptTo: ({ address }, _session, done) => done(new Error(`${address} may not read: It is 271828.`)),
  })
  sender = await openMailSender({ url: `smtp://localhost:${port}`, from })
  const error = await sender.send(message).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'message-not-sent', reason: '550' })
  expect(everyWordOf(error)).not.toMatch(/271828|ada@example/)
})

test.each([
  'ada@example.org, eve@example.org',
  'ada@example.org\r\nBcc: eve@example.org',
  'Ada <ada@example.org>',
  'ada',
  '@example.org',
  '',
])('a message to %j goes to nobody', async (to) => {
  const received: Received[] = []
  const port = await serve(received)
  sender = await openMailSender({ url: `smtp://localhost:${port}`, from })
  await expect(sender.send({ ...message, to })).rejects.toMatchObject({ reason: 'no address' })
  expect(received).toEqual([])
})

test('a server that is not there is named by the error of the connection', async () => {
  const port = await serve([])
  await new Promise<void>((resolve) => server?.close(resolve))
  server = undefined
  sender = await openMailSender({ url: `smtp://localhost:${port}`, from })
  await expect(sender.send(message)).rejects.toMatchObject({ reason: 'ESOCKET' })
})

test.each([
  'mail.example.org',
  'https://mail.example.org',
  'smtp://',
  'smtp://u:%zz-s3cret@mail.example.org',
])('%s is no mail server, and the sentence does not quote it', async (url) => {
  const error = await openMailSender({ url, from }).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'delivery-misconfigured' })
  expect(everyWordOf(error)).not.toContain('s3cret')
})

test('the sender of mail is an address', async () => {
  const opening = openMailSender({ url: 'smtp://localhost', from: 'The Office' })
  await expect(opening).rejects.toMatchObject({ code: 'delivery-misconfigured' })
})

function everyWordOf(error: unknown): string {
  const { message: sentence, stack, cause, details, hint } = error as Error & Record<string, unknown>
  return JSON.stringify([sentence, stack, String(cause), details, hint])
}
