import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as bounces from '../../commands/send/bounces.ts'
import * as letters from '../../commands/send/letters.ts'
import * as mail from '../../commands/send/mail.ts'
import * as reminders from '../../commands/send/reminders.ts'
import * as sms from '../../commands/send/sms.ts'
import * as status from '../../commands/send/status.ts'
import * as unsubscribe from '../../commands/send/unsubscribe.ts'
import { type MailServer, mailServer } from '../support/mail-server.ts'
import { json, refused, runCommand } from '../support/run-command.ts'
import { type Opened, openedElection } from '../voting/fixtures.ts'

let urna: Opened
let server: MailServer
const inFolder = (name: string) => join(urna.folder, name)
const put = (name: string, text: string) => {
  writeFileSync(inFolder(name), text)
  return inFolder(name)
}
let file: string[]
let withTokens: string[]

beforeAll(async () => {
  urna = await openedElection({ voters: 3, contests: 'committee' })
  server = await mailServer((to) => (to.startsWith('voter3') ? 550 : 'take'))
  file = ['--file', urna.path, '--passphrase-file', put('passphrase.txt', urna.passphrase)]
  const settings = put('mail.yaml', `url: ${server.url}\nfrom: vote@chapter.example\n`)
  withTokens = [
    ...file,
    '--tokens',
    inFolder('tokens.csv'),
    '--links',
    'https://vote.example',
    '--mail',
    settings,
  ]
})
afterAll(async () => {
  await server.close()
  await urna.close()
})

const everyToken = () => new RegExp([...urna.tokens.values()].map((token) => token.slice(0, 11)).join('|'))

test('a preview, a rehearsal and a test send nothing to voters, and show no token', async () => {
  const preview = await runCommand(mail.default, [...withTokens, '--preview'])
  expect(preview.status).toBe(0)
  expect(preview.stdout).toContain('Subject: Your vote in “Northern Chapter 2026”')
  expect(preview.stdout).toContain('Dear Voter Number 1,')
  expect(preview.stdout + preview.stderr).not.toMatch(everyToken())
  expect(await json(mail, ...withTokens, '--dry-run')).toMatchObject({ due: 3, ending: 'rehearsed' })
  expect(await json(mail, ...withTokens, '--test', 'me@chapter.example')).toEqual({
    election: 'chapter',
    tested: 'me@chapter.example',
  })
  expect(server.received.map(({ to }) => to)).toEqual(['me@chapter.example'])
  expect(server.received[0]!.raw).not.toMatch(everyToken())
})

test('tokens go out once, and what was refused is listed for letters', async () => {
  const sent = await runCommand(mail.default, [...withTokens, '--rate', '100/s'])
  expect(sent.status).toBe(0)
  expect(sent.stdout).toBe(
    'tokens of chapter: 2 of 3 sent.\n  1 refused for good: mend the addresses and say --retry-failed, or print letters (550 1)\n',
  )
  expect(await json(mail, ...withTokens)).toMatchObject({ due: 0, states: { sent: 2, failed: 1 } })
  const list = inFolder('unreached.csv')
  expect(await json(status, ...file, '--unreached', list)).toMatchObject({
    unreached: [{ reason: 'failed', count: 1 }],
    file: list,
  })
  expect(readFileSync(list, 'utf8')).toContain('1003,')
  const out = inFolder('letters.pdf')
  const argv = [
    ...file,
    '--tokens',
    inFolder('tokens.csv'),
    '--links',
    'https://vote.example',
    '--address',
    '',
  ]
  expect(await json(letters, ...argv, '--only', 'failed', '--out', out)).toMatchObject({
    letters: 1,
    pages: 1,
  })
  expect(await refused(letters, ...argv, '--only', 'rich')).toMatchObject({ code: 'invalid-input' })
  const told = await runCommand(status.default, file)
  expect(told.stdout).toBe(
    'tokens (email): 2 messages sent.\n  1 refused for good: mend the addresses and say --retry-failed, or print letters (550 1)\n1 voter reached by no mailing: failed 1.\n',
  )
})

test('who unsubscribes is not reminded', async () => {
  expect(await json(unsubscribe, ...file, '1001')).toMatchObject({ unsubscribed: true, changed: true })
  const argv = withTokens.filter((word, index) => word !== '--tokens' && withTokens[index - 1] !== '--tokens')
  expect(await json(reminders, ...argv, '--dry-run')).toMatchObject({
    recipients: 3,
    due: 2,
    reasons: [{ state: 'skipped', reason: 'unsubscribed', count: 1 }],
  })
  expect(await refused(unsubscribe, ...file, '9')).toMatchObject({ code: 'member-not-found' })
})

test('what came back is read from a mailbox, and what is none is refused', async () => {
  const mbox = put('mbox', 'From x Mon\nSubject: Away\n\nBack soon.\n')
  expect(await json(bounces, ...file, mbox)).toMatchObject({ messages: 1, bounced: 0, others: 1 })
  expect(await refused(bounces, ...file, inFolder('nothing'))).toMatchObject({ code: 'file-not-found' })
})

test('an SMS needs a gateway that is set up, a rate and a template that can be read', async () => {
  const gateway = put('sms.yaml', 'twilio: {account: AC1, secret: s3cret, from: "+1"}\n')
  const argv = [
    ...file,
    '--tokens',
    inFolder('tokens.csv'),
    '--links',
    'https://vote.example',
    '--sms',
    gateway,
  ]
  const shown = await runCommand(sms.default, [...argv, '--preview'])
  expect(shown.stdout).toMatch(/vote in "Northern Chapter 2026" at https:\/\/vote.example\/vote\/chapter#t=•/)
  expect(await refused(sms, ...argv)).toMatchObject({ code: 'delivery-misconfigured' })
  expect(await refused(sms, ...argv, '--rate', 'fast')).toMatchObject({ code: 'invalid-input' })
  const template = put('own.txt', 'Vote!\n')
  const refusal = await refused(sms, ...argv, '--template', template, '--preview')
  expect(refusal).toMatchObject({ code: 'template-invalid' })
})
