import { renameSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterEach, describe, expect, test } from 'vitest'
import { readLog } from '../../src/audit/read-log.ts'
import { findElection } from '../../src/election/find-election.ts'
import { pauseElection } from '../../src/election/pause-election.ts'
import { generateToken } from '../../src/sealing/credential.ts'
import { addressHash } from '../../src/voting/address-hash.ts'
import type { BacklogLimits } from '../../src/voting/backlog.ts'
import type { Verdict } from '../../src/voting/candidates.ts'
import { type AcceptedBallots, type Casting, openCasting, usualLimits } from '../../src/voting/casting.ts'
import { openCastingThread } from '../../src/voting/casting-thread.ts'
import { openVerifierThreads } from '../../src/voting/verifier-pool.ts'
import { expectSoundBox } from '../support/box-check.ts'
import {
  draftElection,
  group,
  ingestAll,
  type Opened,
  openAnother,
  openedElection,
  sealVote,
} from './fixtures.ts'

let box: Opened
let casting: Casting
afterEach(async () => {
  await casting.close()
  await box.close()
})

type Place = 'in this thread' | 'in a thread of its own'

async function opened(
  options: Parameters<typeof openedElection>[0] & { place?: Place; limits?: Partial<BacklogLimits> } = {},
): Promise<void> {
  const { place, limits, ...election } = options
  box = await openedElection({ contests: 'committee', ...election })
  const all = { ...usualLimits, ...limits }
  casting =
    place === 'in a thread of its own'
      ? openCastingThread({ path: box.path, passphrase: box.passphrase, officer: 'server', limits: all })
      : openCasting({ work: box.work, group, limits: all })
}

function cast(ballot: string): Promise<Verdict> {
  return casting.cast(box.slug, { ballot, address: '192.0.2.7' })
}

/** One ballot a voter. */
function sealAll(): string[] {
  return [...box.tokens.keys()].map((number) => sealVote(box, number))
}

function outcomes(verdicts: readonly Verdict[]): Record<string, number> {
  const named = verdicts.map((verdict) => (verdict.outcome === 'refused' ? verdict.code : verdict.outcome))
  return Object.fromEntries([...new Set(named)].map((name) => [name, named.filter((n) => n === name).length]))
}

async function entries(action: string): Promise<Record<string, unknown>[]> {
  const log = await box.work.read((tx) => readLog(tx))
  return log.filter((entry) => entry.action === action).map(({ details }) => details)
}

describe('the same token from 50 connections', () => {
  const place = 'in a thread of its own'

  test('where only one ballot is allowed, one is accepted and 49 are told so', async () => {
    await opened({ place, recast: 'refuse' })
    const ballots = Array.from({ length: 50 }, () => sealVote(box, '1001'))
    expect(outcomes(await Promise.all(ballots.map(cast)))).toEqual({
      accepted: 1,
      'recast-not-allowed': 49,
    })
    expect(await expectSoundBox(box.work, group)).toHaveLength(1)
  })

  test('where voters may vote again, all are accepted and one is effective', async () => {
    await opened({ place })
    const ballots = Array.from({ length: 50 }, () => sealVote(box, '1001'))
    expect(outcomes(await Promise.all(ballots.map(cast)))).toEqual({ accepted: 1, recast: 49 })
    expect(await expectSoundBox(box.work, group)).toHaveLength(50)
  })

  test('the same ballot is in the box once', async () => {
    await opened({ place })
    const ballot = sealVote(box, '1001')
    const verdicts = await Promise.all(Array.from({ length: 50 }, () => cast(ballot)))
    expect(outcomes(verdicts)).toEqual({ accepted: 1, already: 49 })
    expect(await expectSoundBox(box.work, group)).toHaveLength(1)
  })
})

describe('what a voter is told', () => {
  test('is what the command says of the same ballot', async () => {
    await opened()
    const unknown = sealVote({ ...box, tokens: new Map([['x', generateToken(group)]]) }, 'x')
    const good = sealVote(box, '1001')
    const forged = good.replace(/"response":"\d+"}}}$/, '"response":"5"}}}')
    const verdicts = await Promise.all(['{}', unknown, forged, good].map(cast))
    expect(outcomes(verdicts)).toEqual({
      ...{ 'wrong-shape': 1, 'unknown-credential': 1 },
      ...{ 'wrong-signature': 1, accepted: 1 },
    })
    const told = await ingestAll(box.work, ['{}', unknown, forged])
    expect(verdicts.slice(0, 3)).toEqual(told.map(({ name: _, ...verdict }) => verdict))
  })

  test('follows the election: paused, it takes no new ballot and still knows the old ones', async () => {
    await opened()
    const [old, late] = sealAll()
    await cast(old!)
    await pauseElection(box.work, undefined)
    expect(outcomes(await Promise.all([cast(old!), cast(late!)]))).toEqual({
      already: 1,
      'election-paused': 1,
    })
  })

  test('before the opening, or of an election that is not there, is just that', async () => {
    const draft = await draftElection()
    box = draft as Opened
    casting = openCasting({ work: draft.work, group })
    await expect(cast('{}')).rejects.toMatchObject({ code: 'wrong-state' })
    await expect(casting.cast('nothing', { ballot: '{}', address: '::1' })).rejects.toMatchObject({
      code: 'election-not-found',
    })
  })

  test('comes from a thread with the code, the sentence and the details of the refusal', async () => {
    await opened({ place: 'in a thread of its own' })
    await expect(casting.cast('nothing', { ballot: '{}', address: '::1' })).rejects.toMatchObject({
      name: 'ElectionNotFound',
      code: 'election-not-found',
      message: expect.stringContaining('nothing'),
    })
  })
})

describe('the log', () => {
  test('has a keyed hash of the address: the same for the same network, another in another election', async () => {
    await opened()
    const [first, second, third] = sealAll()
    await casting.cast(box.slug, { ballot: first!, address: '2001:db8:1:2::1' })
    await casting.cast(box.slug, { ballot: second!, address: '2001:db8:1:2:ffff::9' })
    await casting.cast(box.slug, { ballot: third!, address: '2001:db8:1:3::1' })
    const [one, two, three] = (await entries('ballot-accepted')).map(({ address }) => address)
    expect(one).toMatch(/^[0-9a-f]{32}$/)
    expect(two).toBe(one)
    expect(three).not.toBe(one)
    const log = await box.work.read(({ db }) => db.selectFrom('audit_entry').selectAll().execute())
    expect(JSON.stringify(log)).not.toContain('2001:db8')
    const elsewhere = await box.work.read(async (tx) => {
      const election = await findElection(tx, undefined)
      return addressHash(tx, { ...election, uuid: 'anotherElection' })
    })
    expect(elsewhere('2001:db8:1:2::1')).not.toBe(one)
  })

  test('has the number of refused ballots, and not an entry for each', async () => {
    await opened()
    await Promise.all(Array.from({ length: 30 }, () => cast('rubbish')))
    await casting.close()
    expect(await entries('ballots-refused')).toEqual([{ 'not-json': 30 }])
    expect(await entries('ballot-refused')).toEqual([])
  })
})

describe('more than it can take', () => {
  test('a full queue answers that it is busy, and when to come again; then the server recovers', async () => {
    await opened({ voters: 60, limits: { ballots: 20 } })
    const ballots = sealAll()
    const tried = await Promise.allSettled(ballots.map(cast))
    const busy = tried.filter((each) => each.status === 'rejected')
    expect(busy).toHaveLength(40)
    for (const { reason } of busy) {
      expect(reason).toMatchObject({ code: 'busy', details: { retryAfter: expect.any(Number) } })
      expect(reason.details.retryAfter).toBeGreaterThanOrEqual(1)
    }
    expect(await expectSoundBox(box.work, group)).toHaveLength(20)
    for (let first = 20; first < 60; first += 20) {
      const verdicts = await Promise.all(ballots.slice(first, first + 20).map(cast))
      expect(outcomes(verdicts)).toEqual({ accepted: 20 })
    }
  })

  test('large ballots fill the queue by their bytes', async () => {
    await opened({ voters: 3, limits: { bytes: 5000 } })
    const large = ' '.repeat(3000)
    const [taken, refused] = await Promise.allSettled([cast(large), cast(large)])
    expect(taken).toMatchObject({ status: 'fulfilled', value: { code: 'not-json' } })
    expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'busy' } })
  })

  test('while another urna has the file locked nothing stands still, and ballots go in once it is free', async () => {
    await opened({ voters: 40, place: 'in a thread of its own', limits: { stall: 300 } })
    const [first, ...others] = sealAll()
    await cast(first!)
    let waiting: Promise<PromiseSettledResult<Verdict>[]> | undefined
    await box.work.write('a long deed', async () => {
      waiting = Promise.allSettled(others.map(cast))
      const start = performance.now()
      for (let tick = 0; tick < 20; tick++) await sleep(25)
      expect(performance.now() - start).toBeLessThan(2000)
      expect(casting.busyFor()).toBeGreaterThanOrEqual(1)
    })
    expect(outcomes((await waiting!).map((each) => (each as PromiseFulfilledResult<Verdict>).value))).toEqual(
      {
        accepted: 39,
      },
    )
  })

  test('a full disk is told to everybody whose ballot found no room, and nobody else', async () => {
    await opened({ voters: 60 })
    const ballots = sealAll()
    const { pages } = await box.work.read(async ({ db }) => {
      const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db)
      return { pages: rows[0]!.page_count }
    })
    await box.work.read(({ db }) => sql.raw(`pragma max_page_count = ${pages + 12}`).execute(db))
    const tried: PromiseSettledResult<Verdict>[] = []
    for (let first = 0; first < 60; first += 10) {
      tried.push(...(await Promise.allSettled(ballots.slice(first, first + 10).map(cast))))
    }
    const promised = tried.flatMap((each) =>
      each.status === 'fulfilled' && each.value.outcome === 'accepted' ? [each.value.trackingCode] : [],
    )
    const failed = tried.filter((each) => each.status === 'rejected')
    expect(failed.length).toBeGreaterThan(0)
    expect(failed.map(({ reason }) => reason.code)).toEqual(failed.map(() => 'disk-full'))
    expect((await expectSoundBox(box.work, group)).sort()).toEqual(promised.sort())
    await box.work.read(({ db }) => sql`pragma max_page_count = 100000`.execute(db))
    expect(outcomes(await Promise.all(ballots.map(cast)))).toEqual({
      already: promised.length,
      accepted: 60 - promised.length,
    })
  })
})

test('a ballot that the file will not have, for whatever reason, does not take the others with it', async () => {
  await opened({ voters: 10 })
  await box.work.write('test', async ({ db }) => {
    const { id } = await db
      .selectFrom('voter')
      .select('id')
      .where('number', '=', '1004')
      .executeTakeFirstOrThrow()
    await sql
      .raw(
        `create trigger unforeseen before insert on ballot when new.voter_id = ${id} begin select raise(abort, 'no'); end`,
      )
      .execute(db)
  })
  const tried = await Promise.allSettled(sealAll().map(cast))
  expect(tried.map(({ status }) => status === 'fulfilled')).toEqual(
    [...box.tokens.keys()].map((number) => number !== '1004'),
  )
  expect(await expectSoundBox(box.work, group)).toHaveLength(9)
})

test('a ballot with which the verifier cannot cope fails by itself', async () => {
  box = await openedElection({ contests: 'committee', voters: 10 })
  const ballots = sealAll()
  const threads = openVerifierThreads()
  casting = openCasting({
    ...{ work: box.work, group },
    pool: {
      ...threads,
      verify: async (election, handful) => {
        if (handful.includes(ballots[3]!)) throw new Error('unforeseen')
        return threads.verify(election, handful)
      },
    },
  })
  const tried = await Promise.allSettled(ballots.map(cast))
  expect(tried.map(({ status }) => status === 'fulfilled')).toEqual(ballots.map((_, index) => index !== 3))
  expect(tried[3]).toMatchObject({ reason: expect.objectContaining({ message: 'unforeseen' }) })
  expect(await expectSoundBox(box.work, group)).toHaveLength(9)
})

test('a small election does not wait until all ballots of a large one are verified', async () => {
  box = await openedElection({ contests: 'committee', voters: 200 })
  const small = await openAnother(box)
  const threads = openVerifierThreads()
  const order: string[] = []
  casting = openCasting({
    ...{ work: box.work, group },
    pool: {
      ...{ ...threads, width: 1 },
      verify: (election, handful) => {
        order.push(election.name)
        return threads.verify(election, handful)
      },
    },
  })
  const send = (slug: string, ballot: string) => casting.cast(slug, { ballot, address: '192.0.2.7' })
  const [first, ...others] = sealAll()
  const [one, two] = [sealVote(small, '1001'), sealVote(small, '1002')]
  // Both are known from here on.
  await Promise.all([send(box.slug, first!), send(small.slug, one)])
  order.length = 0
  await Promise.all([...others.map((ballot) => send(box.slug, ballot)), send(small.slug, two)])
  expect(order.length).toBeGreaterThan(5)
  expect(order.indexOf('Small')).toBeLessThan(3)
})

test('a thread that failed fails its own ballots, and those of the next one go in', async () => {
  box = await openedElection({ contests: 'committee', voters: 3 })
  const [first, second, third] = sealAll()
  const aside = `${box.path}.aside`
  await box.work.read(({ db }) => sql`pragma wal_checkpoint(truncate)`.execute(db))
  renameSync(box.path, aside)
  casting = openCastingThread({ path: box.path, passphrase: box.passphrase, officer: 'server' })
  await expect(Promise.all([cast(first!), cast(second!)])).rejects.toThrow('There is no file')
  renameSync(aside, box.path)
  // At once: the end of the thread that failed is still to be told.
  expect(outcomes(await Promise.all([cast(first!), cast(second!)]))).toEqual({ accepted: 2 })
  expect(outcomes([await cast(third!)])).toEqual({ accepted: 1 })
  expect(await expectSoundBox(box.work, group)).toHaveLength(3)
})

describe('the end', () => {
  test.each<Place>(['in this thread', 'in a thread of its own'])(
    'of a server that is stopped during a rush: what it took is in the box, and the rest is told so (%s)',
    async (place) => {
      await opened({ voters: 40, place })
      const ballots = sealAll()
      const taken = ballots.slice(0, 30).map(cast)
      // So that they are taken, and nothing more.
      await sleep(20)
      const closed = casting.close()
      await expect(cast(ballots[35]!)).rejects.toMatchObject({ code: 'busy' })
      await closed
      expect(outcomes(await Promise.all(taken))).toEqual({ accepted: 30 })
      expect(await expectSoundBox(box.work, group)).toHaveLength(30)
    },
  )

  test('of a listener: until it is called off, it hears how many ballots are in the box', async () => {
    await opened({ voters: 10 })
    const heard: AcceptedBallots[] = []
    const stop = casting.onAccepted((news) => heard.push(news))
    const ballots = sealAll()
    await Promise.all([...ballots.slice(0, 9), sealVote(box, '1001')].map(cast))
    stop()
    await cast(ballots[9]!)
    const sum = (count: 'accepted' | 'recast') => heard.reduce((total, news) => total + news[count], 0)
    expect([sum('accepted'), sum('recast')]).toEqual([9, 1])
    expect(heard.every(({ election }) => election === box.slug)).toBe(true)
  })
})
