import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as notifications from '../../commands/notification/list.ts'
import * as read from '../../commands/notification/read.ts'
import * as add from '../../commands/webhook/add.ts'
import * as deliveries from '../../commands/webhook/deliveries.ts'
import * as webhooks from '../../commands/webhook/list.ts'
import * as remove from '../../commands/webhook/remove.ts'
import * as tried from '../../commands/webhook/test.ts'
import { fillOutbox } from '../../src/delivery/webhook-outbox.ts'
import { json, refused, runCommand } from '../support/run-command.ts'
import { type TemporaryUrna, temporaryUrna } from '../support/urna.ts'

let urna: TemporaryUrna
let file: string[]
let status = 204
const server = createServer((_, reply) => reply.writeHead(status).end())
beforeAll(async () => {
  urna = await temporaryUrna()
  const passphrase = join(urna.folder, 'passphrase.txt')
  writeFileSync(passphrase, urna.passphrase)
  file = ['--file', urna.path, '--passphrase-file', passphrase, '--officer', 'ada']
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  await new Promise<void>((resolve) => void server.close(() => resolve()))
  await urna.close()
})

test('an officer has messages posted, tries it, sees what became of them, and ends it', async () => {
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}/hook`
  expect(await refused(add, url, ...file)).toMatchObject({ status: 2, code: 'webhook-invalid' })
  expect(await json(add, url, '--allow-private', ...file)).toMatchObject({
    ...{ id: 1, origin: `http://127.0.0.1:${port}`, secret: expect.stringMatching(/^whsec_.{44}$/) },
  })
  expect(await refused(add, url, '--allow-private', ...file)).toMatchObject({ code: 'webhook-exists' })
  expect(await json(tried, '1', ...file)).toMatchObject({ answer: '204' })
  status = 500
  expect(await refused(tried, '1', ...file)).toMatchObject({ status: 8, code: 'webhook-failed' })
  await urna.work.write('test', (tx) => tx.record({ action: 'backup-failed' }))
  await fillOutbox(urna.work)
  expect(await json(deliveries, '1', ...file)).toMatchObject({
    deliveries: [{ type: 'backup.failed', state: 'waiting', tries: 0, answer: null }],
  })
  expect((await runCommand(deliveries.default, ['1', ...file])).stdout).toMatch(/backup\.failed +waiting +0/)
  expect(await json(webhooks, ...file)).toMatchObject({ webhooks: [{ id: 1, waiting: 1, dead: 0 }] })
  expect(await json(remove, '1', ...file)).toMatchObject({ id: 1 })
  expect(await refused(remove, '1', ...file)).toMatchObject({ status: 3, code: 'webhook-not-found' })
  expect((await runCommand(webhooks.default, file)).stdout).toContain('Nothing is posted anywhere.')
})

test('an officer reads what happened, and it is not new any more', async () => {
  const before = await runCommand(notifications.default, file)
  expect(before.stdout).toContain('1 notification not read.')
  expect(before.stdout).toMatch(/urgent +new +A backup failed\./)
  expect(await refused(read, ...file)).toMatchObject({ status: 2 })
  expect(await json(read, '--all', ...file)).toMatchObject({ read: 1 })
  expect(await json(notifications, '--unread', ...file)).toMatchObject({ unread: 0, notifications: [] })
  expect(await json(notifications, ...file)).toMatchObject({ notifications: [{ read: true }] })
})
