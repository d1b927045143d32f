import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { openTwilioSender, type TwilioSettings } from '../../src/delivery/twilio-sender.ts'

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

interface Posted {
  readonly path: string
  readonly authorization: string
  readonly form: Record<string, string>
}

/** What answers as Twilio's API does. @returns its address */
async function api(posted: Posted[], answer: { status: number; body: object } | 'break'): Promise<string> {
  server = createServer(async (request, response) => {
    const form = Object.fromEntries(new URLSearchParams(await text(request)))
    posted.push({ path: request.url ?? '', authorization: request.headers.authorization ?? '', form })
    if (answer === 'break') response.destroy()
    else
      response
        .writeHead(answer.status, { 'content-type': 'application/json' })
        .end(JSON.stringify(answer.body))
  })
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const account = `AC${'0123456789abcdef'.repeat(2)}`
const settings: TwilioSettings = {
  account,
  key: undefined,
  secret: 's3cret',
  from: '+15005550006',
  url: undefined,
}
const message = { to: '+34 600-100 200', subject: '', text: 'It is 271828.\nBye' }

test("a message goes out by Twilio's own library, with the account that is set", async () => {
  const posted: Posted[] = []
  const url = await api(posted, { status: 201, body: { sid: 'SM1', status: 'queued' } })
  await (await openTwilioSender({ ...settings, url })).send(message)
  expect(posted).toEqual([
    {
      path: `/2010-04-01/Accounts/${account}/Messages.json`,
      authorization: `Basic ${Buffer.from(`${account}:s3cret`).toString('base64')}`,
      form: { To: '+34600100200', From: '+15005550006', Body: 'It is 271828.\nBye' },
    },
  ])
})

test.each([
  [400, 21610, 'never', '21610'],
  [400, 21211, 'never', '21211'],
  [429, 20429, 'later', '20429'],
  [401, 20003, 'halt', '20003'],
  [503, undefined, 'later', '503'],
])(
  'what Twilio answers with %i and %s is told apart, tried once and not quoted',
  async (status, code, fate, reason) => {
    const posted: Posted[] = []
    const body = { code, message: 'It is 271828 for +34600100200', status }
    const url = await api(posted, { status, body })
    const error = await (await openTwilioSender({ ...settings, url }))
      .send(message)
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'message-not-sent', fate, reason })
    expect(posted).toHaveLength(1)
    expect(JSON.stringify([String(error), error])).not.toMatch(/271828|600|s3cret/)
  },
)

test('a connection that breaks leaves a doubt; one that is refused does not', async () => {
  const url = await api([], 'break')
  const sender = await openTwilioSender({ ...settings, url })
  await expect(sender.send(message)).rejects.toMatchObject({ fate: 'unknown' })
  server?.close()
  server?.closeAllConnections()
  await new Promise((resolve) => setTimeout(resolve, 50))
  await expect(sender.send(message)).rejects.toMatchObject({ fate: 'later' })
})

test.each([
  ['an account of another shape', { account: 's3cret' }],
  ['no secret', { secret: '' }],
  ['an address without encryption', { url: 'http://api.s3cret.example' }],
])('refuses %s, and does not quote it', async (_name, changes) => {
  const error = await openTwilioSender({ ...settings, ...changes }).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'delivery-misconfigured' })
  expect(JSON.stringify([String(error), error])).not.toContain('s3cret')
})
