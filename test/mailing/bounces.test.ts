import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { readLog } from '../../src/audit/read-log.ts'
import { mailingStatus } from '../../src/mailing/mailing-status.ts'
import { takeBounces } from '../../src/mailing/take-bounces.ts'
import { unsubscribe } from '../../src/mailing/unsubscribe.ts'
import { writeLetterFile } from '../../src/mailing/write-letters.ts'
import { bounceNotice as notice } from '../support/bounce-notice.ts'
import { type MailServer, mailServer } from '../support/mail-server.ts'
import { group, type Opened, openedElection } from '../voting/fixtures.ts'
import { mailing, ownTemplate, send, someOf } from './fixtures.ts'

let urna: Opened
let server: MailServer
afterEach(async () => {
  await server?.close()
  await urna?.close()
})

const absence =
  'From: bo@example.org\r\nSubject: Away\r\nAuto-Submitted: auto-replied\r\n\r\nBack on Monday.\r\n'

async function sent(voters = 5, options: { bounces?: string } = {}): Promise<void> {
  urna = await openedElection({ voters, contests: 'committee' })
  server = await mailServer()
  await send(urna, { ...server, ...options })
}

const take = (path: string) => takeBounces(urna.work, { election: undefined, path })
const mailTo = (voter: number) => server.received.find(({ to }) => to === `voter${voter}@example.org`)!

test('notices in a folder, a Maildir and an mbox are known by their mails, each once', async () => {
  await sent()
  const folder = join(urna.folder, 'eml')
  mkdirSync(folder)
  writeFileSync(join(folder, '1.eml'), notice(mailTo(1)))
  writeFileSync(join(folder, '2.EML'), absence)
  writeFileSync(join(folder, 'notes.txt'), notice(mailTo(2)))
  expect(await take(folder)).toMatchObject({ messages: 2, bounced: 1, known: 0, foreign: 0, others: 1 })
  const maildir = join(urna.folder, 'Maildir')
  for (const name of ['cur', 'new', 'tmp']) mkdirSync(join(maildir, name), { recursive: true })
  writeFileSync(join(maildir, 'new', '1700000000.M1.host'), notice(mailTo(3)))
  writeFileSync(join(maildir, 'cur', '1700000001.M1.host:2,S'), notice(mailTo(1)))
  expect(await take(maildir)).toMatchObject({ messages: 2, bounced: 1, known: 1 })
  const mbox = join(urna.folder, 'mbox')
  const box = [notice(mailTo(4)), `${absence}>From here on\r\n`].map(
    (mail) => `From x Mon Mar  2\n${mail.replaceAll('\r\n', '\n')}\n`,
  )
  writeFileSync(mbox, box.join(''))
  expect(await take(mbox)).toMatchObject({ messages: 2, bounced: 1, others: 1 })
  const status = await mailingStatus(urna.work, { election: undefined, out: undefined })
  expect(someOf(status.mailings[0]!.states)).toEqual({ sent: 2, bounced: 3 })
  expect(status.mailings[0]!.reasons).toEqual([{ state: 'bounced', reason: '5.1.1', count: 3 }])
  expect(status.unreached).toEqual([{ reason: 'bounced', count: 3 }])
  const log = JSON.stringify(await urna.work.read((tx) => readLog(tx, { action: 'bounces-taken' })))
  expect(log).not.toMatch(/voter\d|100\d/)
})

test('of 220 mails 200 come back, and letters go to those 200', async () => {
  await sent(220)
  const returned = server.received.slice(0, 200)
  const mbox = join(urna.folder, 'mbox')
  const text = returned.map((mail) => `From x Mon\n${notice(mail).replaceAll('\r\n', '\n')}\n`)
  writeFileSync(mbox, text.join(''))
  expect(await take(mbox)).toMatchObject({ messages: 200, bounced: 200 })
  const { unreached } = await mailingStatus(urna.work, { election: undefined, out: undefined })
  expect(unreached).toEqual([{ reason: 'bounced', count: 200 }])
  const { election, tokens, subject, language, links } = mailing(urna)
  const written = await writeLetterFile(
    { work: urna.work, group, clock: urna.clock },
    {
      ...{ election, tokens: tokens!, subject, language, links, template: ownTemplate('letter.en.txt') },
      ...{ out: join(urna.folder, 'letters.pdf'), only: ['bounced', 'missing'], address: '' },
      ...{ sender: undefined, envelope: 'din-b', duplex: false },
    },
  )
  expect(written).toMatchObject({ letters: 200, pages: 200 })
}, 120_000)

test('a delay is no bounce, and a notice of a mail that nobody sent changes nothing', async () => {
  await sent(2)
  const folder = join(urna.folder, 'eml')
  mkdirSync(folder)
  writeFileSync(join(folder, '1.eml'), notice(mailTo(1), { action: 'delayed', status: '4.4.1' }))
  const forged = notice(mailTo(2)).replace(/urna-[a-z2-7]{22}/g, `urna-${'a'.repeat(22)}`)
  writeFileSync(join(folder, '2.eml'), forged)
  writeFileSync(join(folder, '3.eml'), Buffer.from([0, 255, 13, 10, 1, 2, 3]))
  expect(await take(folder)).toMatchObject({ messages: 3, bounced: 0, foreign: 1, others: 2 })
})

test('what a notice names carries no token, and a notice is asked for without the text of the mail', async () => {
  await sent(2, { bounces: 'bounces+{key}@chapter.example' })
  for (const { from, raw } of server.received) {
    const head = raw.split('\r\n\r\n')[0]!.replace(/\r\n\s+/g, ' ')
    for (const token of urna.tokens.values()) expect(head).not.toContain(token.slice(0, 11))
    const [, key] = /^bounces\+([a-z2-7]{22})@chapter\.example$/.exec(from) ?? []
    expect(head).toContain(`Message-ID: <urna-${key}@chapter.example>`)
    expect(head).toContain(`List-Unsubscribe: <mailto:${from}?subject=unsubscribe%20urna-${key}>`)
  }
})

describe('who unsubscribed', () => {
  test('by the button of their mail programme, or by the officer, gets no mail and is listed for letters', async () => {
    await sent(3, { bounces: 'bounces@chapter.example' })
    const key = /urna-([a-z2-7]{22})@/.exec(mailTo(2).raw)![1]
    const mbox = join(urna.folder, 'mbox')
    writeFileSync(mbox, `From x Mon\nFrom: voter2@example.org\nSubject: unsubscribe urna-${key}\n\n\n`)
    expect(await take(mbox)).toMatchObject({ unsubscribed: 1, others: 0 })
    expect(await take(mbox)).toMatchObject({ unsubscribed: 0, known: 1 })
    const member = { organisation: undefined, channel: 'email', undo: false } as const
    expect(await unsubscribe(urna.work, { ...member, number: '1003' })).toMatchObject({ changed: true })
    expect(await unsubscribe(urna.work, { ...member, number: '1003' })).toMatchObject({ changed: false })
    const again = await send(urna, server, { name: 'again' })
    expect(again.reasons).toEqual([{ state: 'skipped', reason: 'unsubscribed', count: 2 }])
    await unsubscribe(urna.work, { ...member, number: '1003', undo: true })
    expect(someOf((await send(urna, server, { name: 'again' })).states)).toEqual({ sent: 2, skipped: 1 })
  })
})

test('who has no address or whose mail was refused is listed as CSV, for its owner alone', async () => {
  urna = await openedElection({ voters: 4, contests: 'committee' })
  server = await mailServer((to) => (to.startsWith('voter2') ? 550 : 'take'))
  const report = await send(urna, server)
  expect(someOf(report.states)).toEqual({ sent: 3, failed: 1 })
  const out = join(urna.folder, 'unreached.csv')
  const { unreached } = await mailingStatus(urna.work, { election: undefined, out })
  expect(unreached).toEqual([{ reason: 'failed', count: 1 }])
  expect(readFileSync(out, 'utf8')).toBe(
    '\ufeffnumber,name,email,phone,reason\n1002,Voter Number 2,voter2@example.org,+34 600 000 102,failed\n',
  )
  await expect(mailingStatus(urna.work, { election: undefined, out })).rejects.toMatchObject({
    code: 'output-exists',
  })
})
