import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readLog } from '../../src/audit/read-log.ts'
import { MessageNotSent } from '../../src/delivery/refusals.ts'
import { closeElection } from '../../src/election/close-election.ts'
import { type Casting, openCasting } from '../../src/voting/casting.ts'
import { wrongTriesAnHour } from '../../src/voting/check-code.ts'
import { codesAnHour } from '../../src/voting/make-code.ts'
import { codesAMinute, type OneTimeCodes } from '../../src/voting/one-time-code.ts'
import {
  askForCode,
  codeIn,
  codesOf,
  type Outbox,
  otherThan,
  outbox,
  signedRequest,
} from './code-fixtures.ts'
import { correct, group, ingestAll, type Opened, openedElection, sealVote } from './fixtures.ts'

let box: Opened
let codes: OneTimeCodes
let casting: Casting
let mail: Outbox
/** Numbers of voters, each for one test. */
let voter: string
let other: string
let voters = 0

async function open(options: Parameters<typeof openedElection>[0]): Promise<void> {
  box = await openedElection({ contests: 'committee', code: 'email', ...options })
  mail = outbox()
  codes = await codesOf(box, { email: mail })
  casting = openCasting({ work: box.work, group })
}

async function close(): Promise<void> {
  await codes.close()
  await casting.close()
  await box.close()
}

const nextNumber = () => String(1000 + ++voters)
const idOf = (number: string) => Number(number) - 1000
const addressOf = (number: string) => `voter${idOf(number)}@example.org`

/** Instead of the election that all tests share. */
async function openAnother(options: Parameters<typeof openedElection>[0]): Promise<void> {
  await close()
  voters = 0
  await open({ voters: 50, ...options })
  voter = nextNumber()
  other = nextNumber()
}

beforeAll(() => open({ voters: 50 }))
beforeEach(() => {
  voter = nextNumber()
  other = nextNumber()
  mail.messages.length = 0
})
afterAll(close)

/** @returns the code of the refusal, or what became of the ballot */
async function cast(
  number: string,
  code: string | undefined,
  ballot = sealVote(box, number),
): Promise<string> {
  const verdict = await casting.cast(box.slug, { ballot, address: '192.0.2.7', code })
  return verdict.outcome === 'refused' ? verdict.code : verdict.outcome
}

const ask = (number: string) => askForCode(box, codes, number)
const lastCode = () => codeIn(mail.messages.at(-1))
const logged = async (action: string) =>
  (await box.work.read((tx) => readLog(tx))).filter((entry) => entry.action === action)

describe('a ballot over the network', () => {
  test('needs the code that went to the address on the roll', async () => {
    expect(await cast(voter, undefined)).toBe('code-needed')
    expect(await cast(voter, '123456')).toBe('code-expired')
    await ask(voter)
    expect(mail.messages).toMatchObject([
      { to: addressOf(voter), subject: 'Your code for “Northern Chapter 2026”' },
    ])
    expect(await cast(voter, otherThan(lastCode()))).toBe('code-wrong')
    expect(await cast(voter, lastCode())).toBe('accepted')
  })

  test('needs a code of its own voter', async () => {
    await ask(voter)
    await ask(other)
    const [first, second] = mail.messages.map(codeIn)
    expect(await cast(other, first === second ? otherThan(first!) : first)).toBe('code-wrong')
    expect(await cast(other, second)).toBe('accepted')
  })

  test('that is sent again after a lost connection needs no second code', async () => {
    await ask(voter)
    const ballot = sealVote(box, voter)
    expect(await cast(voter, lastCode(), ballot)).toBe('accepted')
    expect(await cast(voter, lastCode(), ballot)).toBe('already')
    expect(await cast(voter, undefined, ballot)).toBe('already')
  })

  test('uses its code up: another ballot of the voter needs another one', async () => {
    await ask(voter)
    const code = lastCode()
    expect(await cast(voter, code)).toBe('accepted')
    expect(await cast(voter, code)).toBe('code-expired')
    await ask(voter)
    expect(await cast(voter, lastCode())).toBe('recast')
  })

  test('uses it up once, from twenty connections at once', async () => {
    await ask(voter)
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => cast(voter, lastCode())))
    expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'code-expired')).toHaveLength(19)
  })

  test('finds its code good for ten minutes, and for none after', async () => {
    await ask(voter)
    box.clock.advance(599.999)
    expect(await cast(voter, otherThan(lastCode()))).toBe('code-wrong')
    box.clock.advance(0.001)
    expect(await cast(voter, lastCode())).toBe('code-expired')
  })

  test('may miss five times; then a new code is needed, and the right one helps no more', async () => {
    await ask(voter)
    for (let miss = 0; miss < 5; miss++) expect(await cast(voter, otherThan(lastCode()))).toBe('code-wrong')
    expect(await cast(voter, lastCode())).toBe('code-expired')
    await ask(voter)
    expect(await cast(voter, lastCode())).toBe('accepted')
  })

  test('needs the latest code: earlier ones are good no longer', async () => {
    await ask(voter)
    const first = lastCode()
    await ask(voter)
    const second = lastCode()
    if (first !== second) expect(await cast(voter, first)).toBe('code-wrong')
    expect(await cast(voter, second)).toBe('accepted')
  })

  test('that is not of the holder of the token uses up no try', async () => {
    await ask(voter)
    const genuine = sealVote(box, voter)
    const forged = genuine.replace(
      /"response":"(\d+)"\}\}\}$/,
      (_all, digits) => `"response":"${BigInt(digits) - 1n}"}}}`,
    )
    expect(forged).not.toBe(genuine)
    for (let attempt = 0; attempt < 6; attempt++) {
      expect(await cast(voter, otherThan(lastCode()), forged)).toBe('wrong-signature')
    }
    expect(await cast(voter, lastCode())).toBe('accepted')
  })

  test('finds no code looked at once a thousand wrong ones came within the hour', async () => {
    await ask(voter)
    await ask(other)
    await box.work.write('test', (tx) =>
      tx.db
        .updateTable('one_time_code')
        .set({ tries: wrongTriesAnHour })
        .where('voter_id', '=', idOf(other))
        .execute(),
    )
    expect(await cast(voter, codeIn(mail.messages[0]))).toBe('codes-suspended')
    box.clock.advance(3600)
    await ask(voter)
    expect(await cast(voter, lastCode())).toBe('accepted')
  })
})

test('a ballot that an officer takes in from a file needs no code', async () => {
  expect(await ingestAll(box.work, [sealVote(box, voter)])).toMatchObject([{ outcome: 'accepted' }])
})

describe('the answer to a request', () => {
  test('is the same whoever asks, and comes before anything is sent', async () => {
    await box.work.write('test', (tx) =>
      tx.db
        .updateTable('token')
        .set({ state: 'revoked', revoked_at: tx.now })
        .where('voter_id', '=', idOf(other))
        .execute(),
    )
    const { challenge } = await codes.challenge(box.slug)
    const genuine = signedRequest(box, voter, challenge)
    const stranger = signedRequest(
      { ...box, tokens: new Map([[voter, '11111-111111-11111-111111']]) },
      voter,
      challenge,
    )
    const requests = [
      stranger,
      { ...genuine, signature: stranger.signature },
      { ...genuine, signature: 'nonsense' },
      { ...genuine, credential: 'ff'.repeat(32) },
      { ...genuine, credential: `${'00'.repeat(31)}01` },
      signedRequest(box, other, challenge),
      genuine,
    ]
    for (const request of requests) expect(await codes.request(box.slug, request)).toBeUndefined()
    expect(mail.messages).toEqual([])
    await codes.settled()
    expect(mail.messages.map(({ to }) => to)).toEqual([addressOf(voter)])
  })

  test('does not wait for a mail server that never answers', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const slow = await codesOf(box, { email: { send: () => promise, close: async () => {} } })
    const { challenge } = await slow.challenge(box.slug)
    for (let asked = 0; asked < 20; asked++) {
      await slow.request(box.slug, signedRequest(box, voter, challenge))
    }
    resolve()
    await slow.close()
    await expect(slow.request(box.slug, signedRequest(box, voter, challenge))).rejects.toMatchObject({
      code: 'codes-busy',
    })
  })

  test('is a refusal where the challenge is old, of another election, or made up', async () => {
    const { challenge, expiresAt } = await codes.challenge(box.slug)
    const made = { code: 'challenge-invalid' }
    const forgeries = [
      challenge.replace(/^\w+/, 'abcdefghijkmno'),
      challenge.replace(/\.(\d+)\./, (_all, digits) => `.${Number(digits) + 1}.`),
      `${challenge}x`,
      challenge.slice(0, -1),
      '',
      '.'.repeat(200),
    ]
    for (const forged of forgeries) {
      await expect(codes.request(box.slug, signedRequest(box, voter, forged))).rejects.toMatchObject(made)
    }
    box.clock.set(expiresAt)
    await expect(codes.request(box.slug, signedRequest(box, voter, challenge))).rejects.toMatchObject(made)
  })
})

test('a voter gets five codes an hour at the most', async () => {
  for (let asked = 0; asked < codesAnHour + 3; asked++) await ask(voter)
  expect(mail.messages).toHaveLength(codesAnHour)
  await ask(other)
  expect(mail.messages).toHaveLength(codesAnHour + 1)
  box.clock.advance(3601)
  await ask(voter)
  expect(mail.messages).toHaveLength(codesAnHour + 2)
  // What is older than an hour is forgotten.
  const kept = await box.work.read((tx) => tx.db.selectFrom('one_time_code').selectAll().execute())
  expect(kept).toHaveLength(1)
})

test('all elections together send so many codes a minute; then everybody is asked to wait', async () => {
  box.clock.advance(60)
  await box.work.write('test', async (tx) => {
    const row = {
      ...{ election_id: 1, voter_id: idOf(other), hash: new Uint8Array(32) },
      ...{ created_at: tx.now, expires_at: tx.now },
    }
    for (let made = 1; made < codesAMinute; made++) {
      await tx.db.insertInto('one_time_code').values(row).execute()
    }
  })
  box.clock.advance(30)
  await ask(voter)
  expect(mail.messages).toHaveLength(1)
  await expect(ask(voter)).rejects.toMatchObject({ code: 'codes-busy' })
  const stranger = signedRequest(box, voter, (await codes.challenge(box.slug)).challenge)
  const unknown = codes.request(box.slug, { ...stranger, credential: 'ff'.repeat(32) })
  await expect(unknown).rejects.toMatchObject({ code: 'codes-busy' })
  box.clock.advance(31)
  await ask(voter)
  expect(mail.messages).toHaveLength(2)
})

test.each([
  ['en', 'Your one-time code to vote'],
  ['es', 'Su código de un solo uso'],
  ['fr', 'Votre code à usage unique'],
] as const)('a code comes in the language of the page: %s', async (language, words) => {
  const { challenge } = await codes.challenge(box.slug)
  await codes.request(box.slug, { ...signedRequest(box, voter, challenge), language })
  await codes.settled()
  expect(mail.messages[0]?.text).toContain(words)
  expect(mail.messages[0]?.text).toContain('Rail Workers, Northern Chapter')
  expect(mail.messages[0]?.text).not.toContain('{')
})

test('codes are six digits without bias, zeros at the front among them', async () => {
  const drawn: number[] = []
  for (let round = 0; round < 20_000; round++) drawn.push(group.randomBelow(1_000_000))
  const tenths = Array.from({ length: 10 }, (_, digit) =>
    drawn.filter((n) => Math.floor(n / 100_000) === digit),
  )
  for (const { length } of tenths) expect(Math.abs(length - 2000)).toBeLessThan(300)
  for (let asked = 0; asked < 3; asked++) {
    await ask(voter)
    expect(lastCode()).toMatch(/^\d{6}$/)
  }
})

test('the way in which codes are sent is fixed at the opening', async () => {
  const change = box.work.write('test', (tx) =>
    tx.db.updateTable('election').set({ code: 'none' }).where('slug', '=', box.slug).execute(),
  )
  await expect(change).rejects.toThrow('the one-time code is fixed at opening')
})

test('a one-time code is in no table, no log entry and no error, not even when it can not be sent', async () => {
  const third = nextNumber()
  const sent: string[] = []
  const faults: unknown[] = []
  const failing = await codesOf(
    box,
    {
      email: {
        send: async (message) => {
          sent.push(codeIn(message))
          throw new MessageNotSent('mail', '550', 'later')
        },
        close: async () => {},
      },
    },
    (error) => faults.push(error),
  )
  await askForCode(box, failing, voter)
  await ask(other)
  await ask(third)
  sent.push(...mail.messages.map(codeIn))
  expect(await cast(other, otherThan(sent[1]!))).toBe('code-wrong')
  expect(await cast(other, sent[1])).toBe('accepted')
  expect(sent).toHaveLength(3)
  expect(faults).toHaveLength(1)
  expect(await logged('code-not-sent')).toMatchObject([{ details: { voter: voter, reason: '550' } }])
  const everything = `${await dump()}\n${faults.map((error) => JSON.stringify(error) + String(error))}`
  expect(everything).toContain(addressOf(third))
  for (const code of sent) {
    // Digits inside longer numbers, hashes and proofs are there by chance.
    expect(everything).not.toMatch(new RegExp(`(?<![0-9A-Za-z+/.:])${code}(?![0-9A-Za-z+/.:])`))
  }
})

test('a code goes where the roll says, whatever the register says since', async () => {
  await box.work.write('test', (tx) =>
    tx.db.updateTable('member').set({ email: 'thief@example.org' }).where('number', '=', voter).execute(),
  )
  await ask(voter)
  expect(mail.messages.map(({ to }) => to)).toEqual([addressOf(voter)])
})

test('without an address on the roll a code goes nowhere, and the log says so', async () => {
  await openAnother({ code: 'sms' })
  const sms = outbox()
  await expect(codes.challenge(box.slug)).rejects.toMatchObject({ code: 'codes-unavailable' })
  codes = await codesOf(box, { sms })
  await ask(voter)
  expect(sms.messages).toEqual([])
  expect(await logged('code-not-sent')).toMatchObject([{ details: { voter: voter, reason: 'no address' } }])
  // Whoever asks on does not fill the log.
  for (let asked = 1; asked < codesAnHour + 3; asked++) await ask(voter)
  expect(await logged('code-not-sent')).toHaveLength(codesAnHour)
})

test('nobody gets a code who could not cast a ballot', async () => {
  await openAnother({ recast: 'refuse' })
  await ask(voter)
  expect(await cast(voter, lastCode())).toBe('accepted')
  await correct(box.work, 'strike', other)
  await ask(voter)
  await ask(other)
  expect(mail.messages).toHaveLength(1)
})

test('nobody can ask for a code once the vote is over', async () => {
  await openAnother({})
  const { challenge } = await codes.challenge(box.slug)
  await closeElection({ work: box.work, group }, box.slug)
  await expect(codes.challenge(box.slug)).rejects.toMatchObject({ code: 'wrong-state' })
  const request = codes.request(box.slug, signedRequest(box, voter, challenge))
  await expect(request).rejects.toMatchObject({ code: 'wrong-state' })
})

test('an election without codes asks for none and sends none', async () => {
  await openAnother({ code: 'none' })
  await expect(codes.challenge(box.slug)).rejects.toMatchObject({ code: 'code-not-used' })
  expect(await cast(voter, undefined)).toBe('accepted')
})

/** Every value of every table, as text. */
async function dump(): Promise<string> {
  return box.work.read(async ({ db }) => {
    const { rows } = await sql<{ name: string }>`select name from sqlite_schema where type = 'table'`.execute(
      db,
    )
    const lines: string[] = []
    for (const { name } of rows) {
      const table = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(db)
      for (const row of table.rows) {
        const values = Object.values(row)
        lines.push(
          values
            .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value))
            .join('\n'),
        )
      }
    }
    return lines.join('\n')
  })
}
