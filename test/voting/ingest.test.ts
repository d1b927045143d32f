import { afterEach, describe, expect, test } from 'vitest'
import { readLog } from '../../src/audit/read-log.ts'
import { findElection } from '../../src/election/find-election.ts'
import { pauseElection } from '../../src/election/pause-election.ts'
import { takeStep } from '../../src/election/take-step.ts'
import { openingBytes, recordBytes } from '../../src/sealing/archive.ts'
import { credentialSecret, generateToken, publicCredential } from '../../src/sealing/credential.ts'
import { elementToHex, scalarToDecimal, sha256Base64 } from '../../src/sealing/encoding.ts'
import { proveKnowledge } from '../../src/sealing/proof.ts'
import { verifyArchive } from '../../src/sealing/verification.ts'
import { findBallotBox } from '../../src/voting/ballot-box.ts'
import { boardRecords } from '../../src/voting/board-records.ts'
import { ingestBallots } from '../../src/voting/ingest.ts'
import { type BallotVerifier, verifyInProcess } from '../../src/voting/verify-ballots.ts'
import {
  correct,
  draftElection,
  group,
  ingestAll,
  type Opened,
  openedElection,
  sealVote,
} from './fixtures.ts'

let box: Opened
afterEach(() => box.close())

async function counts(): Promise<{ marks: number; effective: number; ballots: number }> {
  return box.work.read(async ({ db }) => {
    const ballots = await db.selectFrom('ballot').select('effective').execute()
    const marks = await db.selectFrom('mark').selectAll().execute()
    return {
      marks: marks.length,
      effective: ballots.filter((ballot) => ballot.effective === 1).length,
      ballots: ballots.length,
    }
  })
}

async function actions(): Promise<string[]> {
  const rows = await box.work.read(({ db }) =>
    db.selectFrom('audit_entry').select('action').orderBy('position').execute(),
  )
  return rows.map(({ action }) => action)
}

describe('each right counts once', () => {
  test('a sealed ballot is accepted once, however often it comes', async () => {
    box = await openedElection()
    const ballot = sealVote(box, '1001')
    const [first, again] = await ingestAll(box.work, [ballot, ballot])
    expect(first).toMatchObject({ outcome: 'accepted', trackingCode: expect.stringMatching(/^\S{43}$/) })
    expect(again).toMatchObject({ outcome: 'already' })
    const before = await actions()
    expect(await ingestAll(box.work, [ballot])).toMatchObject([{ outcome: 'already' }])
    expect(await counts()).toEqual({ marks: 1, effective: 1, ballots: 1 })
    expect(await actions()).toEqual(before)
  })

  test('of several ballots of a voter the last counts', async () => {
    box = await openedElection()
    const [first, second] = [sealVote(box, '1001'), sealVote(box, '1001')]
    expect(await ingestAll(box.work, [first, second, first])).toMatchObject([
      { outcome: 'accepted' },
      { outcome: 'recast' },
      { outcome: 'already' },
    ])
    expect(await counts()).toEqual({ marks: 1, effective: 1, ballots: 2 })
  })

  test('where only one is allowed, the second is refused', async () => {
    box = await openedElection({ recast: 'refuse' })
    expect(await ingestAll(box.work, [sealVote(box, '1001'), sealVote(box, '1001')])).toMatchObject([
      { outcome: 'accepted' },
      { outcome: 'refused', code: 'recast-not-allowed' },
    ])
    expect(await counts()).toEqual({ marks: 1, effective: 1, ballots: 1 })
  })

  test('a ballot that another urna accepted while the proofs were verified is not counted beside', async () => {
    box = await openedElection({ recast: 'refuse' })
    const other = await box.reopen()
    const [first, second] = [sealVote(box, '1001'), sealVote(box, '1001')]
    const verify: BallotVerifier = async (_, ballots) => {
      await ingestAll(other, [first])
      return ballots.map(() => undefined)
    }
    expect(await ingestAll(box.work, [first, second], { verify })).toMatchObject([
      { outcome: 'already' },
      { code: 'recast-not-allowed' },
    ])
    expect(await counts()).toEqual({ marks: 1, effective: 1, ballots: 1 })
  })
})

describe('a refusal says why', () => {
  const broken: [string, string, (json: string) => string][] = [
    ['not-json', 'is not JSON', () => 'hello'],
    ['wrong-shape', 'has another field', (json) => json.replace('{', '{"extra":1,')],
    ['not-canonical', 'was printed prettily', (json) => JSON.stringify(JSON.parse(json), null, 1)],
    ['not-canonical', 'names a field twice', (json) => json.replace('{', '{"election_uuid":"x",')],
    [
      'other-election',
      'was sealed for a changed text of the election',
      (json) =>
        json.replace(/("election_hash":")(.)/, (_, field, first) => field + (first === 'A' ? 'B' : 'A')),
    ],
    ['wrong-hash', 'was changed after signing', (json) => swapFirstTwo(json)],
    [
      'wrong-signature',
      'has a signature of somebody else',
      (json) => json.replace(/"response":"\d+"}}}$/, '"response":"12345"}}}'),
    ],
  ]
  test.each(broken)('%s: a ballot that %s', async (code, _, breakIt) => {
    box = await openedElection()
    expect(await ingestAll(box.work, [breakIt(sealVote(box, '1001'))])).toMatchObject([
      { outcome: 'refused', code, reason: expect.stringMatching(/\.$/) },
    ])
    expect(await counts()).toEqual({ marks: 0, effective: 0, ballots: 0 })
    expect((await actions()).at(-1)).toBe('ballot-refused')
  })

  test('wrong-proof: a ballot copied under another credential', async () => {
    box = await openedElection()
    const copy = signedAs('1002', sealVote(box, '1001'))
    expect(await ingestAll(box.work, [copy])).toMatchObject([
      { code: 'wrong-proof', reason: expect.stringContaining('“Chair”') },
    ])
  })

  test('wrong-proof: an altered proof is found in its contest', async () => {
    box = await openedElection()
    const altered = signedAs('1001', sealVote(box, '1001'), (ballot) => {
      ballot.answers[1]!.proof!.response = '7'
    })
    expect(await ingestAll(box.work, [altered])).toMatchObject([
      { code: 'wrong-proof', reason: expect.stringContaining('“Committee”') },
    ])
  })

  test('unknown-credential: a token that nobody was given', async () => {
    box = await openedElection()
    const tokens = new Map([['1001', generateToken(group)]])
    expect(await ingestAll(box.work, [sealVote({ ...box, tokens }, '1001')])).toMatchObject([
      { code: 'unknown-credential' },
    ])
  })

  test('expired-token: after the hour that was set, and not before', async () => {
    box = await openedElection({ expires: '2026-03-05 10:00' })
    const [early, late] = [sealVote(box, '1001'), sealVote(box, '1002')]
    expect(await ingestAll(box.work, [early])).toMatchObject([{ outcome: 'accepted' }])
    box.clock.set('2026-03-05T09:00:00.000Z')
    expect(await ingestAll(box.work, [early, late])).toMatchObject([
      { outcome: 'already' },
      { code: 'expired-token' },
    ])
  })

  test('struck-voter: and once put back on the roll, the voter needs another token', async () => {
    box = await openedElection()
    const ballot = sealVote(box, '1001')
    await correct(box.work, 'strike', '1001')
    expect(await ingestAll(box.work, [ballot])).toMatchObject([{ code: 'struck-voter' }])
    await correct(box.work, 'add', '1001')
    expect(await ingestAll(box.work, [ballot])).toMatchObject([{ code: 'revoked-token' }])
  })

  test('what could not be read is refused beside the ballots that could', async () => {
    box = await openedElection()
    const faults = (['unreadable', 'too-large', 'not-text'] as const).map((fault) => ({ name: fault, fault }))
    expect(await ingestAll(box.work, [...faults, sealVote(box, '1001')])).toMatchObject([
      { code: 'unreadable' },
      { code: 'too-large' },
      { code: 'not-text' },
      { outcome: 'accepted' },
    ])
  })

  test('the log has the code of a refusal, and no name of a file', async () => {
    box = await openedElection()
    await ingestAll(box.work, [{ name: 'maria-lopez.json', json: 'x' }])
    const log = await box.work.read(({ db }) => db.selectFrom('audit_entry').selectAll().execute())
    expect(JSON.parse(log.at(-1)!.details)).toEqual({
      code: 'not-json',
      file: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(JSON.stringify(log)).not.toContain('maria')
  })
})

describe('the state of the election', () => {
  test('a draft takes no ballots at all', async () => {
    const draft = await draftElection()
    box = draft as Opened
    await expect(ingestAll(draft.work, ['x'])).rejects.toMatchObject({ code: 'wrong-state' })
  })

  test('paused or closed, it takes no new ballot and still knows the old ones', async () => {
    box = await openedElection()
    const [old, late] = [sealVote(box, '1001'), sealVote(box, '1002')]
    await ingestAll(box.work, [old])
    await pauseElection(box.work, undefined)
    expect(await ingestAll(box.work, [old, late])).toMatchObject([
      { outcome: 'already' },
      { code: 'election-paused' },
    ])
    await box.work.write('test', async (tx) =>
      takeStep(tx, await findElection(tx, undefined), { step: 'close' }),
    )
    expect(await ingestAll(box.work, [old, late])).toMatchObject([
      { outcome: 'already' },
      { code: 'election-closed' },
    ])
  })

  test.each([
    ['the election was closed', 'election-closed', () => step('close')],
    ['the token was revoked', 'revoked-token', () => revokeAll()],
    ['the voter was struck off', 'struck-voter', () => correct(box.work, 'strike', '1001')],
  ])('%s while the proofs were verified: the ballot is refused', async (_, code, meanwhile) => {
    box = await openedElection()
    const verify: BallotVerifier = async (_election, ballots) => {
      await meanwhile()
      return ballots.map(() => undefined)
    }
    expect(await ingestAll(box.work, [sealVote(box, '1001')], { verify })).toMatchObject([{ code }])
    expect(await counts()).toEqual({ marks: 0, effective: 0, ballots: 0 })
  })
})

describe('the box', () => {
  test('three hundred ballots make an archive that a stranger can verify', async () => {
    box = await openedElection({ voters: 300 })
    const ballots = [...box.tokens.keys()].map((number) => sealVote(box, number))
    const ingested = await ingestAll(box.work, [...ballots, sealVote(box, '1001')])
    expect(ingested.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(300)
    expect(ingested.at(-1)).toMatchObject({ outcome: 'recast' })
    expect(await counts()).toEqual({ marks: 300, effective: 300, ballots: 301 })
    const report = await verifyArchive(group, await archive())
    expect(report.checks.filter(({ outcome }) => outcome === 'failed')).toEqual([])
    expect(report.checks.find(({ id }) => id === 'ballots')).toMatchObject({ outcome: 'passed' })
  })

  test('a ballot is at the place that the box remembers', async () => {
    box = await openedElection()
    const ballot = sealVote(box, '1001')
    await ingestAll(box.work, [ballot])
    const stored = await box.work.read(({ db }) =>
      db
        .selectFrom('ballot as b')
        .innerJoin('board_record as r', 'r.position', 'b.board_position')
        .select(['r.body', 'r.kind'])
        .execute(),
    )
    expect(stored).toEqual([{ kind: 'data', body: ballot }])
  })

  test('nothing is acknowledged that is not on the disk', async () => {
    box = await openedElection({ voters: 70 })
    const other = await box.reopen()
    const ballots = [...box.tokens.keys()].map((number, index) => ({
      name: String(index),
      json: sealVote(box, number),
    }))
    const deps = { work: box.work, group, verify: verifyInProcess }
    let acknowledged = 0
    for await (const batch of ingestBallots(deps, await findBallotBox(deps, undefined), ballots)) {
      acknowledged += batch.length
      const { inBox } = await other.read(({ db }) =>
        db
          .selectFrom('ballot')
          .select(({ fn }) => fn.countAll<number>().as('inBox'))
          .executeTakeFirstOrThrow(),
      )
      expect(inBox).toBe(acknowledged)
    }
    expect(acknowledged).toBe(70)
  })

  test('the log says who voted and when, and nothing of what', async () => {
    box = await openedElection()
    await ingestAll(box.work, [sealVote(box, '1001')])
    const [last] = await box.work.read((tx) => readLog(tx, { last: 1 }))
    expect(last).toMatchObject({ action: 'ballot-accepted', officer: 'ada' })
    expect(last!.details).toEqual({ voter: '1001', recast: false })
  })
})

async function step(taken: 'close'): Promise<void> {
  await box.work.write('test', async (tx) => takeStep(tx, await findElection(tx, undefined), { step: taken }))
}

async function revokeAll(): Promise<void> {
  await box.work.write('test', ({ db, now }) =>
    db.updateTable('token').set({ state: 'revoked', revoked_at: now, revoked_reason: 'test' }).execute(),
  )
}

async function archive(): Promise<Uint8Array[]> {
  return box.work.read(async (tx) => {
    const pieces = [openingBytes(1)]
    for await (const record of boardRecords(tx, 1)) pieces.push(recordBytes(record, 1))
    return pieces
  })
}

interface LooseBallot {
  credential: string
  answers: { choices: unknown; proof?: { response: string } }[]
  signature?: unknown
}

/** The ballot with another credential, changed, and properly signed with that credential's token. */
function signedAs(number: string, json: string, change: (ballot: LooseBallot) => void = () => {}): string {
  const { signature: _, ...unsigned } = JSON.parse(json) as LooseBallot
  const { uuid } = box.form
  const secret = credentialSecret(group, { uuid, token: box.tokens.get(number)! })
  unsigned.credential = elementToHex(publicCredential(group, secret))
  change(unsigned)
  const hash = sha256Base64(group, JSON.stringify(unsigned))
  const { challenge, response } = proveKnowledge(group, {
    secret,
    bases: [group.base],
    prefix: `sig|${hash}|`,
  })
  const proof = { challenge: scalarToDecimal(challenge), response: scalarToDecimal(response) }
  return JSON.stringify({ ...unsigned, signature: { hash, proof } })
}

/** The ciphertexts of the first two options change places. */
function swapFirstTwo(json: string): string {
  const ballot = JSON.parse(json) as { answers: { choices: unknown[] }[] }
  const [choices] = ballot.answers.map((answer) => answer.choices)
  const [first, second] = choices!
  choices![0] = second
  choices![1] = first
  return JSON.stringify(ballot)
}
