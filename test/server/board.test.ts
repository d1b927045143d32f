import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openElection } from '../../src/election/open-election.ts'
import { pauseElection } from '../../src/election/pause-election.ts'
import { publishResult } from '../../src/election/publication.ts'
import { readBoard } from '../../src/sealing/board-reader.ts'
import { verifyArchive } from '../../src/sealing/verification.ts'
import { type Serving, serve } from '../support/serving.ts'
import {
  chair,
  choice,
  closedElection,
  contributionOf,
  exportedArchive,
  receive,
  type SmallElection,
  talliedElection,
  tally,
} from '../tally/small-election.ts'
import { draftElection, group, ingestAll, type Opened, openedElection, sealVote } from '../voting/fixtures.ts'

const body = z.object({
  status: z.string(),
  ballots: z.int(),
  counting: z.int(),
  head: z.object({ hash: z.string(), height: z.int() }),
  list: z.array(z.object({ trackingCode: z.string(), counts: z.boolean() })),
  next: z.int().nullable(),
})

async function boardAt(url: string): Promise<z.infer<typeof body>> {
  return body.parse(await (await fetch(url)).json())
}

async function json(url: string): Promise<{ status: number; body: unknown }> {
  const reply = await fetch(url)
  return { status: reply.status, body: await reply.json() }
}

async function eventsOf(url: string): Promise<string[]> {
  const archive = new Uint8Array(await (await fetch(`${url}/archive/`)).arrayBuffer())
  const events: string[] = []
  for await (const piece of readBoard(group, [archive])) {
    if (piece.kind === 'refused') throw new Error(piece.reason)
    events.push(piece.entry.type)
  }
  return events
}

describe('while an election is open', () => {
  let box: Opened
  let serving: Serving
  let board: string
  let codes: string[]
  beforeAll(async () => {
    box = await openedElection({ voters: 5, contests: 'committee' })
    const blank = [{ kind: 'blank' } as const]
    const ballots = ['1001', '1002', '1003', '1001'].map((number) => sealVote(box, number, blank))
    const ingested = await ingestAll(box.work, ballots)
    codes = ingested.map((each) => ('trackingCode' in each ? each.trackingCode : ''))
    serving = await serve(box)
    board = `${serving.url}/api/elections/${box.slug}`
  })
  afterAll(async () => {
    await serving?.close()
    await box?.close()
  })

  test('the board lists its sealed ballots, page by page', async () => {
    const whole = await boardAt(`${board}/board/`)
    expect(whole).toMatchObject({ ballots: 4, counting: 3, next: null, status: 'open' })
    expect(whole.list.map(({ trackingCode }) => trackingCode)).toEqual(codes)
    expect(whole.list.map(({ counts }) => counts)).toEqual([false, true, true, true])
    const paged: unknown[] = []
    for (let after: number | null = 0; after !== null; ) {
      const page = await boardAt(`${board}/board/?after=${after}&limit=3`)
      paged.push(...page.list)
      after = page.next
    }
    expect(paged).toEqual(whole.list)
  })

  test('a voter finds the ballot by its tracking code, and learns if a later one took its place', async () => {
    const at = (code: string) => `${board}/board/?code=${encodeURIComponent(code)}`
    const find = (code: string) => boardAt(at(code))
    expect((await find(codes[1]!)).list).toEqual([{ trackingCode: codes[1], counts: true }])
    expect((await find(codes[0]!)).list).toEqual([{ trackingCode: codes[0], counts: false }])
    expect(await json(at('nobody'))).toMatchObject({
      status: 404,
      body: { error: { code: 'ballot-not-found' } },
    })
  })

  test('it says nothing of who voted, nor when', async () => {
    const text = JSON.stringify(await boardAt(`${board}/board/`))
    expect(text).not.toMatch(/1001|Voter|example\.org|\d\d:\d\d/)
  })

  test('the archive holds the sealed ballots and nothing else, to the byte what urna export archive writes', async () => {
    const reply = await fetch(`${board}/archive/`)
    const archive = Buffer.from(await reply.arrayBuffer())
    expect(await eventsOf(board)).toEqual(['Setup', 'Ballot', 'Ballot', 'Ballot', 'Ballot'])
    const exported = readFileSync(await exportedArchive({ ...box, keys: new Map(), uuid: '' }))
    expect(archive.equals(exported)).toBe(true)
    const { head } = await boardAt(`${board}/board/`)
    expect(reply.headers.get('etag')).toBe(`"${head.hash}"`)
    const again = await fetch(`${board}/archive/`, { headers: { 'if-none-match': `"${head.hash}"` } })
    expect(again.status).toBe(304)
    expect(await verifyArchive(group, [archive])).toMatchObject({ outcome: 'verified', head: head.hash })
  })

  test('whoever downloads the archive slowly holds up no voter, and gets what there was at the beginning', async () => {
    const before = (await boardAt(`${board}/board/`)).head
    const slow = await fetch(`${board}/archive/`)
    const reader = slow.body!.getReader()
    const first = await reader.read()
    const [cast] = await ingestAll(box.work, [sealVote(box, '1004', [{ kind: 'blank' }])])
    expect(cast!.outcome).toBe('accepted')
    const chunks = [first.value!]
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) chunks.push(piece.value)
    expect(await verifyArchive(group, chunks)).toMatchObject({ outcome: 'verified', head: before.hash })
  })

  test('there is no result, for anybody', async () => {
    for (const path of ['results/', 'results/export/']) {
      const reply = await json(`${board}/${path}`)
      expect(reply).toMatchObject({ status: 404, body: { error: { code: 'result-not-published' } } })
    }
  })

  test('a pause changes nothing of what is public', async () => {
    const before = await boardAt(`${board}/board/`)
    await pauseElection(box.work, box.slug)
    expect(await boardAt(`${board}/board/`)).toEqual({ ...before, status: 'paused' })
    await openElection({ work: box.work, group }, box.slug)
  })
})

describe('between the close and the publication', () => {
  const votes = [0, 1, 0].map((option, voter) => [voter, [choice(option)]] as const)

  test('the public archive ends before anything is opened, and goes on from there once it is published', async () => {
    const election: SmallElection = await talliedElection({ contests: [chair], trustees: ['Ruth'], votes })
    const serving = await serve(election)
    try {
      const url = `${serving.url}/api/elections/${election.slug}`
      const closed = ['Setup', 'Ballot', 'Ballot', 'Ballot', 'EndBallots', 'EncryptedTally']
      expect(await eventsOf(url)).toEqual(closed)
      const early = Buffer.from(await (await fetch(`${url}/archive/`)).arrayBuffer())
      expect(await verifyArchive(group, [early])).toMatchObject({ outcome: 'verified', stage: 'tallied' })
      expect(early.includes('"result"')).toBe(false)
      await publishResult(election.work, { election: election.slug })
      const whole = Buffer.from(await (await fetch(`${url}/archive/`)).arrayBuffer())
      expect((await eventsOf(url)).at(-1)).toBe('Result')
      expect(whole.subarray(0, early.length).equals(early)).toBe(true)
    } finally {
      await serving.close()
      await election.close()
    }
  })

  test('nor is a decryption of one trustee shown while another is awaited', async () => {
    const election = await closedElection({ contests: [chair], trustees: ['Ruth', 'Sam'], votes })
    const serving = await serve(election)
    try {
      await tally(election).catch(() => {})
      await receive(election, await contributionOf(election, 'Ruth', 'decryption'))
      const url = `${serving.url}/api/elections/${election.slug}`
      expect(await eventsOf(url)).not.toContain('PartialDecryption')
      expect((await boardAt(`${url}/board/`)).head.height).toBe((await eventsOf(url)).length - 1)
    } finally {
      await serving.close()
      await election.close()
    }
  })
})

test('nobody learns of a draft', async () => {
  const draft = await draftElection({ voters: 1, contests: 'committee' })
  const serving = await serve(draft)
  try {
    for (const path of ['board/', 'archive/', 'results/', 'results/export/', 'board/?code=x']) {
      const reply = await json(`${serving.url}/api/elections/${draft.slug}/${path}`)
      expect(reply).toMatchObject({ status: 404, body: { error: { code: 'election-not-found' } } })
    }
  } finally {
    await serving.close()
    await draft.close()
  }
})

test('a page that there can not be is refused', async () => {
  const draft = await draftElection({ voters: 1, contests: 'committee' })
  const serving = await serve(draft)
  try {
    for (const query of ['after=-1', 'after=x', 'limit=0', 'limit=5000']) {
      expect((await json(`${serving.url}/api/elections/x/board/?${query}`)).status).toBe(400)
    }
  } finally {
    await serving.close()
    await draft.close()
  }
})
