import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as BoardWatch from '../../commands/board/watch.ts'
import { archiveAddress } from '../../src/audit/watch/board-address.ts'
import { openBallotEnvelope } from '../../src/sealing/ballot.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { verify } from '../../src/verify/node.ts'
import { approval, archiveOf, boardSteps, holdElection } from '../support/held-election.ts'
import { json, refused, runCommand } from '../support/run-command.ts'
import { type Serving, serve } from '../support/serving.ts'
import { startUrna } from '../support/urna-process.ts'
import { ingestAll, type Opened, openedElection, sealVote } from '../voting/fixtures.ts'

const group = await loadGroup()
const plan = {
  questions: [approval],
  trustees: 1,
  weights: [1n, 1n, 1n],
  ballots: [0, 1, 2].map((voter) => [voter, [[1, 0, 0]]] as const),
}
const { texts, sealed } = await holdElection(group, plan)
const { texts: otherTexts } = await holdElection(group, plan)
/** The setup, three ballots, the end of ballots, the tally, a decryption, the result. */
const steps = boardSteps(group, texts)
const upTo = (events: number) => archiveOf(steps.slice(0, events))
const [first, second, third] = texts.ballots.map((text) => {
  const envelope = openBallotEnvelope(group, sealed, text)
  return 'refused' in envelope ? '' : envelope.trackingCode
})

/** Serves whatever it is told to, as urna would. */
let served: { bytes: Buffer; tag?: string } | 'no election' | 'broken'
let asked: (string | undefined)[]
/** What it says of the audit log, and of which heads it was asked. */
let told: { auditHead: string | null; auditHeadInLog: boolean | null } | undefined
let toldOf: (string | null)[]
let liar: Server
let url: string
let folder: string
beforeAll(async () => {
  liar = createServer((request, reply) => {
    if (request.url?.includes('/board/?')) {
      toldOf.push(new URL(request.url, url).searchParams.get('auditHead'))
      return reply.writeHead(told === undefined ? 404 : 200).end(JSON.stringify(told ?? {}))
    }
    asked.push(request.headers['if-none-match'])
    if (served === 'no election') {
      return reply.writeHead(404).end('{"error":{"code":"election-not-found","message":"","details":{}}}')
    }
    if (served === 'broken') return reply.writeHead(502).end('<html>')
    const { bytes, tag } = served
    if (tag !== undefined && request.headers['if-none-match'] === tag) return reply.writeHead(304).end()
    reply.writeHead(200, tag === undefined ? {} : { etag: tag }).end(bytes)
  })
  await new Promise<void>((resolve) => liar.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(liar.address() as AddressInfo).port}/board/board-2026`
})
afterAll(() => liar.close())
beforeEach(() => {
  asked = []
  toldOf = []
  told = undefined
  folder = mkdtempSync(join(tmpdir(), 'urna-watch-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function look(bytes: Buffer) {
  served = { bytes }
  return json(BoardWatch, url, '--keep', folder, '--once', '--jobs', '1')
}

function alarmOver(what: typeof served) {
  served = what
  return refused(BoardWatch, url, '--keep', folder, '--once', '--jobs', '1')
}

const kept = () => readFileSync(join(folder, 'archive.bel'))
const evidence = () => readdirSync(folder).filter((name) => name.startsWith('found-'))

describe('a board that only grows', () => {
  test('is kept, and what is new is verified', async () => {
    expect(await look(upTo(2))).toMatchObject({ last: { outcome: 'first', ballots: 1, head: { height: 1 } } })
    expect(await look(upTo(2))).toMatchObject({ last: { outcome: 'same' } })
    expect(await look(upTo(4))).toMatchObject({ last: { outcome: 'grown', ballots: 3, head: { height: 3 } } })
    expect(await look(upTo(8))).toMatchObject({ last: { outcome: 'grown', stage: 'finished' } })
    expect(kept().equals(upTo(8))).toBe(true)
    expect((await verify(join(folder, 'archive.bel'))).outcome).toBe('verified')
    expect(readdirSync(folder).sort()).toEqual(['archive.bel', 'kept.json'])
  })

  test('is asked for whole with --once, whatever its tag says', async () => {
    served = { bytes: upTo(3), tag: '"a"' }
    await json(BoardWatch, url, '--keep', folder, '--once')
    expect(await alarmOver({ bytes: upTo(2), tag: '"a"' })).toMatchObject({ status: 6 })
    expect(asked).toEqual([undefined, undefined])
  })
})

describe('the alarm is raised, with both copies kept,', () => {
  beforeEach(() => look(upTo(4)))

  /** The known copy stays as it is, and what was found stands beside it. */
  function expectEvidence(found: Buffer): void {
    expect(kept().equals(upTo(4))).toBe(true)
    expect(evidence()).toHaveLength(1)
    expect(readFileSync(join(folder, evidence()[0]!)).equals(found)).toBe(true)
  }

  async function sentenceOn(found: Buffer): Promise<string> {
    const { status, code, message, hint } = await alarmOver({ bytes: found })
    expect({ status, code }).toEqual({ status: 6, code: 'history-changed' })
    expectEvidence(found)
    expect(hint).toContain('archive.bel and ')
    return message
  }

  test('when a ballot disappeared and everything was chained anew', async () => {
    const ballots = texts.ballots.filter((_, i) => i !== 1)
    const found = archiveOf(boardSteps(group, { ...texts, ballots }).slice(0, 3))
    expect(await sentenceOn(found)).toBe(`Alarm: a ballot has disappeared from the board: ${second}.`)
  })

  test('when the last ballots are gone', async () => {
    expect(await sentenceOn(upTo(2))).toBe(
      `Alarm: 2 ballots have disappeared from the board: ${second}, ${third}.`,
    )
  })

  test('when a byte of a ballot was altered', async () => {
    const found = upTo(4)
    const at = found.indexOf('"response":"', upTo(1).length) + 20
    found[at] = found[at] === 0x31 ? 0x32 : 0x31
    expect(await sentenceOn(found)).toContain(`altered at event 1, where ballot ${first} was (`)
  })

  test('when ballots stand in another order', async () => {
    const ballots = [texts.ballots[1]!, texts.ballots[0]!, texts.ballots[2]!]
    const found = archiveOf(boardSteps(group, { ...texts, ballots }).slice(0, 4))
    expect(await sentenceOn(found)).toBe('Alarm: the board was written anew from event 1 (Ballot) on.')
  })

  test('when the setup was changed', async () => {
    const credentials = texts.credentials.replace(/^\["[^"]+",/, '[')
    const found = archiveOf(boardSteps(group, { ...texts, credentials }).slice(0, 4))
    expect(await sentenceOn(found)).toBe(
      'Alarm: the setup was changed after the opening: the list of tokens that may vote.',
    )
  })

  test('when another election is at its address', async () => {
    const found = archiveOf(boardSteps(group, otherTexts).slice(0, 4))
    expect(await sentenceOn(found)).toMatch(
      new RegExp(`another election is at this address: \\S+ in the place of ${sealed.parameters.uuid}`),
    )
  })

  test('when what is new does not hold', async () => {
    const forged = { ...texts, result: texts.result.replace('3', '2') }
    const found = archiveOf(boardSteps(group, forged))
    expect(await sentenceOn(found)).toContain('not-what-was-opened')
  })

  test('when the election is gone, and not when a proxy says so', async () => {
    expect(await alarmOver('no election')).toMatchObject({ status: 6, code: 'history-changed' })
    expect(await alarmOver('broken')).toMatchObject({ status: 8, code: 'board-unreachable' })
    expect(kept().equals(upTo(4))).toBe(true)
  })

  test('when the audit log has a head no more that was told, or none is told any more', async () => {
    const [before, after] = ['a', 'b'].map((digit) => digit.repeat(64)) as [string, string]
    told = { auditHead: before, auditHeadInLog: null }
    await look(upTo(4))
    told = { auditHead: after, auditHeadInLog: true }
    expect(await look(upTo(4))).toMatchObject({ last: { outcome: 'same', auditHead: after } })
    for (const lie of [
      { auditHead: after, auditHeadInLog: false },
      { auditHead: null, auditHeadInLog: null },
    ]) {
      told = lie
      const alarm = await alarmOver({ bytes: upTo(4) })
      expect(alarm).toMatchObject({ status: 6, code: 'history-changed' })
      expect(alarm.message).toContain(`the board told its head ${after} on 2`)
    }
    told = undefined
    expect(await alarmOver({ bytes: upTo(4) })).toMatchObject({ status: 8, code: 'board-unreachable' })
    expect(toldOf.slice(-5)).toEqual([null, before, after, after, after])
    const heads = readFileSync(join(folder, 'audit-heads.jsonl'), 'utf8').trimEnd().split('\n')
    expect(heads.map((line) => JSON.parse(line).auditHead)).toEqual([before, after])
  })

  test('again and again, and it is over when the history is back', async () => {
    await alarmOver({ bytes: upTo(3) })
    expect((await alarmOver({ bytes: upTo(3) })).status).toBe(6)
    expect(evidence()).toHaveLength(1)
    expect(await look(upTo(5))).toMatchObject({ last: { outcome: 'grown' } })
  })
})

describe('what is no alarm', () => {
  test('a server that is down is said, with status 8, and what is kept stays', async () => {
    const closed = url.replace(/:\d+/, ':9')
    expect(await refused(BoardWatch, closed, '--keep', folder, '--once')).toMatchObject({
      status: 8,
      code: 'board-unreachable',
    })
    expect(existsSync(join(folder, 'archive.bel'))).toBe(false)
  })

  test('an election that never was there', async () => {
    expect(await alarmOver('no election')).toMatchObject({ status: 3, code: 'election-not-found' })
  })

  test('a folder that keeps another board', async () => {
    await look(upTo(2))
    const other = url.replace('board-2026', 'other')
    const { status, message } = await refused(BoardWatch, other, '--keep', folder, '--once')
    expect(status).toBe(2)
    expect(message).toContain('keeps what was at')
  })

  test.each(['vote', 'board', 'results'])('the address of any page of the election: /%s/', (page) => {
    expect(archiveAddress(`https://vote.example.org/${page}/board-2026`)).toBe(
      'https://vote.example.org/api/elections/board-2026/archive/',
    )
  })

  test('but a token in an address that is none is not repeated', async () => {
    const link = 'https://vote.example.org/elsewhere#t=SECRET'
    const { stderr, status } = await runCommand(BoardWatch.default, [link, '--keep', folder])
    expect(status).toBe(2)
    expect(stderr).not.toContain('SECRET')
  })
})

describe('a server of urna that is watched', () => {
  let box: Opened
  let serving: Serving
  beforeAll(async () => {
    box = await openedElection({ voters: 2, contests: 'committee' })
    serving = await serve(box)
  })
  afterAll(async () => {
    await serving.close()
    await box.close()
  })

  test('tells of each ballot, is tried again when it is down, and Ctrl-C ends the watch', async () => {
    const board = `${serving.url}/board/${box.slug}`
    const watch = startUrna(['board', 'watch', board, '--keep', folder, '--every', '1'], box)
    let said = ''
    watch.child.stderr!.on('data', (text: string) => {
      said += text
    })
    await expect.poll(() => watch.printed(), { timeout: 20_000 }).toContain('Kept: 1 event')
    const [cast] = await ingestAll(box.work, [sealVote(box, '1001', [{ kind: 'blank' }])])
    expect(cast!.outcome).toBe('accepted')
    await expect.poll(() => watch.printed(), { timeout: 20_000 }).toContain('1 new event')
    await serving.close()
    await expect.poll(() => said, { timeout: 20_000 }).toMatch(/can't be reached: \w+\. Trying again in/)
    watch.child.kill('SIGINT')
    const { status } = await watch.finished
    expect(status).toBe(0)
    expect(readdirSync(folder).sort()).toEqual(['archive.bel', 'audit-heads.jsonl', 'kept.json'])
    serving = await serve(box)
  }, 60_000)
})
