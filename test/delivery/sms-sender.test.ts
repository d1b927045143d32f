import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { openSmsSender, type SmsSettings } from '../../src/delivery/sms-sender.ts'

interface Posted {
  headers: IncomingHttpHeaders
  body: string
}

let server: Server
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

/** A gateway that answers as it is told, one after the other, the last answer for ever. @returns its URL */
async function gateway(
  posted: Posted[],
  ...answers: readonly (number | ((response: ServerResponse) => void))[]
): Promise<string> {
  let asked = 0
  server = createServer(async (request, response) => {
    posted.push({ headers: request.headers, body: await text(request) })
    const answer = answers[Math.min(asked++, answers.length - 1)]!
    if (typeof answer === 'number') response.writeHead(answer).end('quoting 271828 to +34600100200')
    else answer(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/send`
}

function open(url: string, changes: Partial<SmsSettings> = {}) {
  const header = 'Authorization: Bearer s3cret'
  return openSmsSender({ url, header, body: '{"to":"{to}","message":"{text}"}', firstPause: 1, ...changes })
}

const message = { to: '+34 600-100 200', subject: '', text: 'It is 271828.' }

test('a message is posted as the template says, with the header of the gateway', async () => {
  const posted: Posted[] = []
  const url = await gateway(posted, 202)
  const body = '{"messages":[{"to":["{to}"],"text":"{text}","from":"urna","priority":1,"flash":false}]}'
  await open(url, { body }).send({ ...message, text: 'A "quoted" {to}\\ text\n271828' })
  expect(posted).toHaveLength(1)
  expect(posted[0]?.headers).toMatchObject({
    authorization: 'Bearer s3cret',
    'content-type': 'application/json',
  })
  expect(JSON.parse(posted[0]!.body)).toEqual({
    messages: [
      {
        to: ['+34600100200'],
        text: 'A "quoted" {to}\\ text 271828',
        from: 'urna',
        priority: 1,
        flash: false,
      },
    ],
  })
})

test("a gateway's own trouble is tried again, and not for ever", async () => {
  const posted: Posted[] = []
  await open(await gateway(posted, 503, 500, 200)).send(message)
  expect(posted).toHaveLength(3)
  server.close()
  const always: Posted[] = []
  await expect(open(await gateway(always, 503)).send(message)).rejects.toMatchObject({ reason: '503' })
  expect(always).toHaveLength(4)
})

test.each([400, 401, 404, 429])('an answer of %i is not tried again', async (status) => {
  const posted: Posted[] = []
  const error = await open(await gateway(posted, status))
    .send(message)
    .catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'message-not-sent', reason: String(status) })
  expect(posted).toHaveLength(1)
  expect(everyWordOf(error)).not.toMatch(/271828|600|s3cret/)
})

test('a connection that breaks is not tried again: the message may be on its way', async () => {
  const posted: Posted[] = []
  const url = await gateway(posted, (response) => response.destroy())
  await expect(open(url).send(message)).rejects.toMatchObject({ reason: 'connection' })
  expect(posted).toHaveLength(1)
})

test('a redirection is not followed: it would carry the secret elsewhere', async () => {
  const posted: Posted[] = []
  const url = await gateway(posted, (response) => response.writeHead(307, { Location: '/elsewhere' }).end())
  await expect(open(url).send(message)).rejects.toMatchObject({ reason: 'connection' })
  expect(posted).toHaveLength(1)
})

test('to close a sender ends what it waits for', async () => {
  const posted: Posted[] = []
  const sender = open(await gateway(posted, 503), { firstPause: 60_000 })
  const sending = sender.send(message)
  await expect.poll(() => posted.length).toBe(1)
  await sender.close()
  await expect(sending).rejects.toMatchObject({ code: 'message-not-sent' })
})

test.each(['', 'abc', '+34 600 100 200, +34 600 100 201', '١٢٣٤٥٦'])('%j is no number', async (to) => {
  const posted: Posted[] = []
  await expect(open(await gateway(posted, 200)).send({ ...message, to })).rejects.toMatchObject({
    reason: 'no number',
  })
  expect(posted).toEqual([])
})

test.each([
  ['a gateway elsewhere without encryption', { url: 'http://sms.example.org/s3cret' }],
  ['a password in the URL', { url: 'https://user:s3cret@sms.example.org/' }],
  ['no URL', { url: 's3cret' }],
  ['a file of several headers', { header: 'Authorization: s3cret\nX-Other: 1' }],
  ['no header', { header: 's3cret' }],
  ['a body that is not JSON', { body: 's3cret {to} {text}' }],
  ['a body without a place for the text', { body: '{"to":"{to}","key":"s3cret"}' }],
])('refuses %s, and does not quote it', async (_name, changes) => {
  const url = await gateway([], 200)
  let refusal: unknown
  try {
    open(url, changes)
  } catch (error) {
    refusal = error
  }
  expect(refusal).toMatchObject({ code: 'delivery-misconfigured' })
  const { message: sentence, details, hint } = refusal as Error & Record<string, unknown>
  expect(JSON.stringify([sentence, details, hint])).not.toContain('s3cret')
})

function everyWordOf(error: unknown): string {
  const { message: sentence, stack, cause, details, hint } = error as Error & Record<string, unknown>
  return JSON.stringify([sentence, stack?.split('\n')[0], String(cause), details, hint])
}
