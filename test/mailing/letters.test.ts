import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { readLog } from '../../src/audit/read-log.ts'
import type { LettersInput } from '../../src/mailing/prepare-letters.ts'
import { writeLetterFile } from '../../src/mailing/write-letters.ts'
import { type MailServer, mailServer } from '../support/mail-server.ts'
import { hasPoppler, pagesOf, squareOn } from '../support/pdf.ts'
import { group, ingestAll, type Opened, openAnother, openedElection, sealVote } from '../voting/fixtures.ts'
import { mailing, ownTemplate, send } from './fixtures.ts'

let urna: Opened
let server: MailServer | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
  await urna?.close()
})

const streets = ['Mole Lane 2', 'Ash Road 1', 'Zoo Street 9', 'Bay Road 7', 'Elm Row 3']

/** Voters with addresses in the register, the third without one. */
async function opened(voters = 5): Promise<Opened> {
  const made = await openedElection({ voters, contests: 'committee' })
  await made.work.write('test', async ({ db }) => {
    for (let index = 0; index < voters; index++) {
      const address = { Street: streets[index % 5], 'Post code': `2800${index % 3}`, City: 'Madrid' }
      await db
        .updateTable('member')
        .set({ custom: JSON.stringify(index === 2 ? { Street: '', 'Post code': '', City: '' } : address) })
        .where('number', '=', String(1001 + index))
        .execute()
    }
  })
  return made
}

function write(changes: Partial<LettersInput> = {}) {
  const { election, tokens, subject, language, links } = mailing(urna)
  return writeLetterFile(
    { work: urna.work, group, clock: urna.clock },
    {
      ...{ election, tokens: tokens!, subject, language, links, template: ownTemplate('letter.en.txt') },
      ...{ out: join(urna.folder, 'letters.pdf'), only: undefined, address: undefined, sender: undefined },
      ...{ envelope: 'din-b', duplex: false },
      ...changes,
    },
  )
}

const file = () => join(urna.folder, 'letters.pdf')

describe.skipIf(!hasPoppler)('letters', () => {
  test('each voter with an address gets a page in the order of the post, and the square votes', async () => {
    urna = await opened()
    expect(await write()).toMatchObject({
      letters: 4,
      pages: 4,
      altered: 0,
      withoutAddress: ['1003'],
      leftOut: [],
    })
    expect(statSync(file()).mode & 0o777).toBe(0o600)
    const pages = pagesOf(file())
    const order = [1004, 1001, 1002, 1005]
    expect(pages).toHaveLength(4)
    for (const [index, number] of order.entries()) {
      const token = urna.tokens.get(String(number))!
      expect(pages[index]).toContain(`Dear Voter Number ${number - 1000},`)
      expect(pages[index]!.replaceAll(' ', '')).toContain(token.split('-').slice(0, 2).join('-'))
      for (const [other, theirs] of urna.tokens) {
        if (other !== String(number)) expect(pages[index]).not.toContain(theirs.slice(0, 11))
      }
    }
    expect(squareOn(file(), 1)).toBe(`https://vote.example/vote/chapter#t=${urna.tokens.get('1004')}`)
    const log = JSON.stringify(await urna.work.read((tx) => readLog(tx, { action: 'letters-written' })))
    expect(log).toContain('"letters":4')
    expect(log).not.toMatch(/100\d/)
  }, 60_000)

  test('go to those alone whose mail came to nothing, and to nobody who has voted', async () => {
    urna = await opened()
    server = await mailServer((to) => (/voter[145]/.test(to) ? 550 : 'take'))
    await send(urna, server)
    await ingestAll(urna.work, [sealVote(urna, '1005', [{ kind: 'blank' }])])
    const written = await write({ only: ['failed'] })
    expect(written).toMatchObject({
      letters: 2,
      withoutAddress: [],
      leftOut: [{ reason: 'voted', count: 1 }],
    })
  }, 60_000)

  test('a second side begins each letter on a new sheet, and a text that is too long prints nothing', async () => {
    urna = await opened(2)
    const { text } = ownTemplate('letter.en.txt')
    const template = { name: 'own.txt', text: `${text}\n---\nOn the back, {name}.\n` }
    expect(await write({ template, duplex: true })).toMatchObject({ letters: 2, pages: 4 })
    expect(pagesOf(file()).map((page) => page.includes('On the back'))).toEqual([false, true, false, true])
    const out = join(urna.folder, 'long.pdf')
    const long = { name: 'long.txt', text: `${text}\n${'And so on and on. '.repeat(300)}` }
    await expect(write({ template: long, out })).rejects.toMatchObject({ code: 'template-invalid' })
    expect(readdirSync(urna.folder).filter((name) => name.includes('long.pdf'))).toEqual([])
    await expect(write({})).rejects.toMatchObject({ code: 'output-exists' })
  }, 60_000)

  test('hostile names stay within their window, and change no page', async () => {
    urna = await opened(4)
    const names = ['Ada\r\nBcc: eve\u2028x', '\u202eevil\u2066 name', '👩‍👩‍👧‍👦 Zoë', 'x'.repeat(10_000)]
    await urna.work.write('test', async ({ db }) => {
      for (const [index, name] of names.entries()) {
        await db
          .updateTable('member')
          .set({ name })
          .where('number', '=', String(1001 + index))
          .execute()
      }
    })
    const fresh = await openAnother(urna)
    const written = await write({
      election: fresh.slug,
      tokens: join(urna.folder, 'small.csv'),
      envelope: 'us-10',
      address: '',
    })
    expect(written).toMatchObject({ letters: 4, pages: 4, altered: 2 })
    const pages = pagesOf(file())
    expect(pages).toHaveLength(4)
    expect(pages.join('')).toContain('Dear Ada Bcc: eve x,')
    expect(pages.join('')).not.toMatch(/[\u202e\u2066]/)
  }, 60_000)

  test.each(['en', 'es', 'fr'] as const)(
    "urna's own text fits every paper: %s",
    async (language) => {
      urna = await openedElection({ voters: 1, contests: 'committee' })
      const own = { language, address: '', template: ownTemplate(`letter.${language}.txt`) }
      for (const envelope of ['din-b', 'us-10'] as const) {
        const out = join(urna.folder, `${envelope}.pdf`)
        expect(await write({ ...own, envelope, out })).toMatchObject({ letters: 1, pages: 1 })
      }
    },
    60_000,
  )

  test('who has no field for an address is told which there are, and may hand letters out by name', async () => {
    urna = await openedElection({ voters: 2, contests: 'committee' })
    await expect(write()).rejects.toMatchObject({ code: 'template-invalid', details: { known: [] } })
    await expect(write({ address: '{stret}' })).rejects.toMatchObject({ code: 'template-invalid' })
    expect(await write({ address: '' })).toMatchObject({ letters: 2, withoutAddress: [] })
  }, 60_000)
})

test('the same token on letter and e-mail: the first use wins', async () => {
  urna = await openedElection({ voters: 2, contests: 'committee', recast: 'refuse' })
  server = await mailServer()
  await send(urna, server)
  await write({ address: '' })
  const mailed = server.received.find(({ to }) => to === 'voter1@example.org')!.raw.replace(/=\r\n/g, '')
  const token = /\b\w{5}-\w{6}-\w{5}-\w{6}\b/.exec(mailed)![0]
  expect(token).toBe(urna.tokens.get('1001'))
  const vote = () => sealVote({ ...urna, tokens: new Map([['paper', token]]) }, 'paper', [{ kind: 'blank' }])
  const ingested = await ingestAll(urna.work, [vote(), vote()])
  expect(ingested.map(({ outcome }) => outcome)).toEqual(['accepted', 'refused'])
  expect(readFileSync(file()).length).toBeGreaterThan(1000)
  // Whoever voted with one gets neither a reminder nor another letter.
  expect(await write({ address: '', out: join(urna.folder, 'again.pdf') })).toMatchObject({ letters: 1 })
})
