import { afterAll, beforeAll, expect, test } from 'vitest'
import { findElection } from '../../src/election/find-election.ts'
import { pauseElection } from '../../src/election/pause-election.ts'
import type { BallotPaper } from '../../src/voting/ballot-paper-schema.ts'
import { replaceToken } from '../../src/voting/replace-token.ts'
import { rawClient, statusesIn } from '../support/raw-client.ts'
import { type Serving, serve } from '../support/serving.ts'
import { group, type Opened, openedElection, sealVote } from '../voting/fixtures.ts'

let urna: Opened
let serving: Serving

beforeAll(async () => {
  urna = await openedElection({ voters: 4, contests: 'committee', reserve: 2 })
  serving = await serve(urna)
})

afterAll(async () => {
  await serving?.close()
  await urna?.close()
})

const address = (path: string) => `${serving.url}/api/elections/${path}`

async function send(body: unknown): Promise<{ status: number; body: unknown }> {
  const reply = await fetch(address('chapter/votes/'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: reply.status, body: await reply.json() }
}

const ballotOf = (number: string) => sealVote(urna, number, [{ kind: 'ranking', ranks: [[0], [2]] }])

test('the ballot paper has the exact election to which ballots are bound', async () => {
  const paper = (await (await fetch(address('chapter/ballot/'))).json()) as BallotPaper
  const { sealed_json } = await urna.work.read((tx) => findElection(tx, 'chapter'))
  expect(paper).toMatchObject({ status: 'open', title: 'Northern Chapter 2026', zone: 'Europe/Madrid' })
  expect(paper.election).toBe(sealed_json)
  expect(paper.fingerprint).toBe(urna.form.fingerprint)
  expect(paper.contests[0]!.options.map(({ name }) => name)).toEqual(['Di', 'Eli', 'Flo'])
})

test('a browser can look up by itself whether a token is of this election', async () => {
  const reply = await fetch(address('chapter/credentials/'))
  const text = await reply.text()
  const paper = (await (await fetch(address('chapter/ballot/'))).json()) as BallotPaper
  expect(reply.headers.get('content-type')).toContain('application/json')
  expect(JSON.parse(text)).toHaveLength(6)
  expect(paper.credentialListSize).toBe(text.length)
})

test('a sealed ballot is accepted once, and the same bytes again are no second one', async () => {
  const ballot = ballotOf('1001')
  const first = await send({ ballot })
  expect(first).toMatchObject({ status: 201, body: { outcome: 'accepted' } })
  expect(await send({ ballot })).toEqual({
    status: 201,
    body: { ...(first.body as object), outcome: 'already' },
  })
  expect(await send({ ballot: ballotOf('1001') })).toMatchObject({ status: 201, body: { outcome: 'recast' } })
})

test('whoever has a token that is not, or no longer, good reads the same answer', async () => {
  const old = ballotOf('1002')
  await replaceToken(
    { work: urna.work, group },
    { election: undefined, number: '1002', reason: 'lost', out: `${urna.folder}/new.csv` },
  )
  const answers = [await send({ ballot: old }), await send({ ballot: ballotOf('R-002') })]
  expect(answers[0]).toMatchObject({ status: 422, body: { error: { details: { reason: 'not-entitled' } } } })
  expect(answers[1]).toEqual(answers[0])
})

test.each([
  ['nothing', {}, 400],
  ['a number for a ballot', { ballot: 7 }, 400],
  ['a token beside it', { ballot: 'x', token: 'x' }, 400],
  ['a code that is none', { ballot: 'x', code: 'abcdef' }, 400],
  ['what is no ballot', { ballot: '{}' }, 422],
])('%s is refused, and nothing of it is said again', async (_, body, status) => {
  expect((await send(body)).status).toBe(status)
})

test('an election that is not there is not found', async () => {
  for (const path of ['nowhere/ballot/', 'nowhere/credentials/']) {
    const reply = await fetch(address(path))
    expect([path, reply.status]).toEqual([path, 404])
  }
})

test('a ballot for which there is no room is told so before it is sent, and its connection goes on', async () => {
  const full = await serve(urna, { room: { ballots: 0 } })
  try {
    const client = await rawClient(full.url)
    const body = '{"ballot":"{}"}'
    client.socket.write(
      `POST /api/elections/chapter/votes/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`,
    )
    await expect.poll(() => statusesIn(client.received()), { timeout: 5000 }).toEqual([503])
    expect(client.received()).toMatch(/\r\nretry-after: 1\r\n/i)
    expect(client.received()).toMatch(/\r\ncache-control: no-store\r\n/i)
    expect(client.received()).toContain('{"error":{"code":"busy","message":"No more ballots')
    client.socket.write(`${body}GET /api/elections/chapter/ballot/ HTTP/1.1\r\nHost: x\r\n\r\n`)
    await expect.poll(() => statusesIn(client.received()), { timeout: 5000 }).toEqual([503, 200])
    client.socket.destroy()
    const metrics = await (await fetch(`${full.url}/api/metrics`)).text()
    expect(metrics).toContain('urna_votes_total{outcome="busy"} 1')
    expect((await fetch(`${full.url}/api/ready`)).status).toBe(503)
  } finally {
    await full.close()
  }
})

test('a paused election says so, and keeps the box as it is', async () => {
  await pauseElection(urna.work, 'chapter')
  expect(await send({ ballot: ballotOf('1003') })).toMatchObject({
    status: 422,
    body: { error: { details: { reason: 'election-paused' } } },
  })
})
