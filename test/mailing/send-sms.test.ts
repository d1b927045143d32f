import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { openSmsSender } from '../../src/delivery/sms-sender.ts'
import { sendMailing } from '../../src/mailing/send-mailing.ts'
import { group, type Opened, openedElection } from '../voting/fixtures.ts'
import { mailing, ownTemplate, someOf } from './fixtures.ts'

let urna: Opened
afterEach(() => urna?.close())

test('tokens by SMS go to whom the roll has a number of, once, and a broken connection leaves a doubt', async () => {
  urna = await openedElection({ voters: 8, contests: 'committee' })
  const posted: { to: string; text: string }[] = []
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await text(request)) as { to: string; text: string }
    posted.push(body)
    if (body.to.endsWith('104')) response.destroy()
    else response.writeHead(body.to.endsWith('106') ? 400 : 202).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/send`
  const sender = openSmsSender({
    url,
    header: undefined,
    body: '{"to":"{to}","text":"{text}"}',
    firstPause: 1,
  })
  const send = () =>
    sendMailing(
      { work: urna.work, group, clock: urna.clock, sender, signal: new AbortController().signal },
      {
        ...mailing(urna, { channel: 'sms', template: ownTemplate('tokens.sms.en.txt') }),
        ...{ pause: 0, wait: true, resendUnknown: false, retryFailed: false },
      },
    )
  try {
    const report = await send()
    expect(someOf(report.states)).toEqual({ sent: 2, failed: 1, unknown: 1, skipped: 4 })
    expect(report.reasons).toContainEqual({ state: 'skipped', reason: 'no-address', count: 4 })
    expect(await send()).toMatchObject({ due: 0 })
    expect(posted.map(({ to }) => to).sort()).toEqual([102, 104, 106, 108].map((end) => `+34600000${end}`))
    expect(posted.find(({ to }) => to.endsWith('102'))?.text).toContain(urna.tokens.get('1002'))
  } finally {
    await sender.close()
    server.closeAllConnections()
    server.close()
  }
})
