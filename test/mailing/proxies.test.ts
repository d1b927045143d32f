import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { openElection } from '../../src/election/open-election.ts'
import { readElection } from '../../src/election/read-election.ts'
import type { Rights } from '../../src/election/rights.ts'
import { mailingStatus } from '../../src/mailing/mailing-status.ts'
import { takeBounces } from '../../src/mailing/take-bounces.ts'
import { writeLetterFile } from '../../src/mailing/write-letters.ts'
import { giveVote } from '../../src/register/give-vote.ts'
import { takeVoteBack } from '../../src/register/take-vote-back.ts'
import { issueTokens } from '../../src/voting/issue-tokens.ts'
import { type MailServer, mailServer } from '../support/mail-server.ts'
import { hasPoppler, pagesOf, squareOn } from '../support/pdf.ts'
import {
  draftElection,
  formOf,
  group,
  ingestAll,
  type Opened,
  sealVote,
  tokensIn,
} from '../voting/fixtures.ts'
import { mailing, ownTemplate, send } from './fixtures.ts'

let urna: Opened
let server: MailServer
afterEach(async () => {
  await server?.close()
  await urna?.close()
})

/** 1001 has given the vote to 1002; 1003 votes alone. The mail server takes everything. */
async function given(visibility: 'secret' | 'open', rights: Partial<Rights> = {}): Promise<void> {
  const draft = await draftElection({
    ...{ contests: 'committee', visibility, rights: { allowDelegation: true, ...rights } },
  })
  const deps = { work: draft.work, group }
  const scope = { organisation: undefined, election: undefined }
  const reason = 'a signed letter'
  await giveVote(draft.work, { represented: '1001', acting: '1002', reason, expires: undefined, ...scope })
  const out = join(draft.folder, 'tokens.csv')
  await issueTokens(deps, { election: draft.slug, out, reserve: 1, expires: undefined })
  await openElection(deps, draft.slug)
  const { sealed_json } = await readElection(draft.work, draft.slug)
  urna = { ...draft, form: formOf(sealed_json ?? ''), tokens: tokensIn(out) }
  server = await mailServer()
}

const textOf = (raw: string) => raw.replace(/=\r\n/g, '').replaceAll('=3D', '=').replaceAll('\r\n', '\n')
const letters = () => server.received.map(({ to, raw }) => ({ to, text: textOf(raw) }))
const mailWith = (token: string) => letters().find(({ text }) => text.includes(token))
const addresses = () => server.received.map(({ to }) => to).sort()
const remind = () => send(urna, server, { kind: 'reminder', name: 'first', tokens: undefined, template })
const template = ownTemplate('reminder.mail.en.txt')
const stead = 'This is about the vote of 1001 Voter Number 1, which was given to you'

describe('a vote that was given to another', () => {
  test('comes by mail to who casts it, who reads whose it is; nothing goes to who gave it', async () => {
    await given('secret')
    const report = await send(urna, server)
    expect(report).toMatchObject({ recipients: 3, due: 3 })
    expect(report.leftOut).toEqual([{ reason: 'reserve-not-assigned', count: 1, firstLine: 5 }])
    expect(addresses()).toEqual(['voter2@example.org', 'voter2@example.org', 'voter3@example.org'])
    const forOther = mailWith(urna.tokens.get('1002 for 1001')!)
    expect(forOther?.to).toBe('voter2@example.org')
    expect(forOther?.text).toContain(`${stead}: you cast it in their stead.\n\nDear Voter Number 2,`)
    expect(mailWith(urna.tokens.get('1002')!)?.text).not.toContain('in their stead')
    expect(await send(urna, server)).toMatchObject({ due: 0 })
  })

  test('goes to both where both may cast it', async () => {
    await given('open')
    await send(urna, server)
    expect(mailWith(urna.tokens.get('1001')!)?.to).toBe('voter1@example.org')
    expect(mailWith(urna.tokens.get('1002 for 1001')!)?.to).toBe('voter2@example.org')
    expect(server.received).toHaveLength(4)
  })

  test('is left out for who may not cast it any more, and the officer reads why', async () => {
    await given('open', { forbidDelegatorToVote: true })
    const { leftOut } = await send(urna, server)
    expect(leftOut.map(({ reason }) => reason)).toContain('vote-given-away')
    expect(addresses()).not.toContain('voter1@example.org')
  })

  test('is in a meeting written about before anybody is in the room', async () => {
    await given('open', { presenceRequired: true })
    expect(await send(urna, server)).toMatchObject({ recipients: 4, states: { sent: 4 } })
  })
})

describe('reminders', () => {
  test.each([
    ['secret', {}, ['voter2', 'voter2', 'voter3']],
    ['open', { forbidDelegatorToVote: true }, ['voter2', 'voter2', 'voter3']],
    ['open', {}, ['voter1', 'voter2', 'voter2', 'voter3']],
  ] as const)('in a %s election with %o go to who can vote', async (visibility, rights, expected) => {
    await given(visibility, rights)
    await remind()
    expect(addresses()).toEqual(expected.map((name) => `${name}@example.org`))
    expect(letters().filter(({ text }) => text.includes(stead))).toHaveLength(1)
  })

  test('stop for a vote that was cast, and go to its voter when it was taken back', async () => {
    await given('open', { forbidDelegatorToVote: true })
    await ingestAll(urna.work, [sealVote(urna, '1002', [{ kind: 'blank' }])])
    await takeVoteBack(urna.work, {
      ...{ organisation: undefined, election: urna.slug, represented: '1001', reason: 'came after all' },
    })
    await remind()
    expect(addresses()).toEqual(['voter1@example.org', 'voter3@example.org'])
  })

  test('that wait are not sent to who has given the vote away meanwhile', async () => {
    await given('secret')
    await server.close()
    server = await mailServer((to, attempt) => (to === 'voter3@example.org' && attempt === 1 ? 451 : 'take'))
    const scope = { organisation: undefined, election: urna.slug, expires: undefined }
    const meanwhile = () =>
      giveVote(urna.work, { represented: '1003', acting: '1002', reason: 'is ill', ...scope })
    const changes = { kind: 'reminder', name: 'first', tokens: undefined, template } as const
    const { reasons } = await send(urna, { url: server.url, meanwhile }, changes)
    expect(addresses()).toEqual(['voter2@example.org', 'voter2@example.org'])
    expect(reasons).toEqual([{ state: 'skipped', reason: 'given-away', count: 1 }])
  })
})

test('who holds a vote and was not reached is listed with it, and nothing is said of who gave it away', async () => {
  await given('secret')
  await server.close()
  server = await mailServer((to) => (to === 'voter2@example.org' ? 550 : 'take'))
  await send(urna, server)
  const out = join(urna.folder, 'unreached.csv')
  const { unreached } = await mailingStatus(urna.work, { election: undefined, out })
  expect(unreached).toEqual([{ reason: 'failed', count: 2 }])
  expect(readFileSync(out, 'utf8').split('\n').slice(0, 3)).toEqual([
    '\ufeffnumber,name,email,phone,reason,proxy for',
    '1002,Voter Number 2,voter2@example.org,+34 600 000 102,failed,',
    '1002,Voter Number 2,voter2@example.org,+34 600 000 102,failed,1001 Voter Number 1',
  ])
})

test('a mail about another vote that comes back, or is wanted no more, is counted for who got it', async () => {
  await given('open')
  await send(urna, { url: server.url, bounces: 'bounces@chapter.example' })
  const token = urna.tokens.get('1002 for 1001')!
  const mail = server.received.find(({ raw }) => textOf(raw).includes(token))!
  const folder = join(urna.folder, 'inbox')
  mkdirSync(folder)
  const key = /urna-([a-z2-7]{22})/.exec(mail.raw)?.[1]
  writeFileSync(join(folder, '1.eml'), `From: voter2@example.org\r\nSubject: unsubscribe urna-${key}\r\n\r\n`)
  expect(await takeBounces(urna.work, { election: undefined, path: folder })).toMatchObject({
    unsubscribed: 1,
  })
  server.received.length = 0
  await remind()
  expect(addresses()).toEqual(['voter1@example.org', 'voter3@example.org'])
})

describe.skipIf(!hasPoppler)('letters', () => {
  test('a letter to who holds another vote says whose, with the square for it', async () => {
    await given('secret')
    await urna.work.write('test', ({ db }) =>
      db
        .updateTable('member')
        .set({ custom: JSON.stringify({ Street: 'Mole Lane 2', City: 'Madrid' }) })
        .execute(),
    )
    const { election, tokens, subject, language, links } = mailing(urna)
    const out = join(urna.folder, 'letters.pdf')
    const written = await writeLetterFile(
      { work: urna.work, group, clock: urna.clock },
      {
        ...{ election, tokens: tokens!, subject, language, links, template: ownTemplate('letter.en.txt') },
        ...{ out, only: undefined, address: undefined, sender: undefined, envelope: 'din-b', duplex: false },
      },
    )
    expect(written).toMatchObject({ letters: 3, withoutAddress: [] })
    const pages = pagesOf(out).map((page) => page.replaceAll(/\s+/g, ' '))
    const index = pages.findIndex((page) => page.includes(stead))
    expect(pages[index]).toContain('Dear Voter Number 2,')
    expect(squareOn(out, index + 1)).toContain(urna.tokens.get('1002 for 1001'))
    expect(pages.filter((page) => page.includes('1001'))).toHaveLength(1)
  }, 60_000)
})
