import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cancelElection } from '../../src/election/cancel-election.ts'
import { createElection } from '../../src/election/create-election.ts'
import { editElection } from '../../src/election/edit-election.ts'
import { findElection } from '../../src/election/find-election.ts'
import { openElection } from '../../src/election/open-election.ts'
import { issueTokens } from '../../src/voting/issue-tokens.ts'
import { electionDraft } from '../support/election.ts'
import { ask, board, home, type Office, openOffice } from '../support/office.ts'
import { type Serving, serve } from '../support/serving.ts'
import { formOf, group, ingestAll, sealVote, tokensIn } from '../voting/fixtures.ts'

let office: Office
let serving: Serving
beforeAll(async () => {
  office = await openOffice()
  serving = await serve(office)
})
afterAll(async () => {
  await serving?.close()
  await office?.close()
})

function electionsAt(host: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const sent = request(`${serving.url}/api/elections/`, { headers: { host } }, (reply) => {
      let text = ''
      reply.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
      })
      reply.on('end', () => resolve(JSON.parse(text)))
    })
    sent.on('error', reject).end()
  })
}

const dashboard = (key: string) => ask(`${serving.url}/api/elections/${board}/dashboard/`, { key })

test('of a draft an officer sees what keeps it from opening', async () => {
  const { status, body } = await dashboard(office.keyOf('observer'))
  expect(status).toBe(200)
  expect(body).toMatchObject({ status: 'draft', openedAt: null, history: [], health: { lastVoteAt: null } })
  expect(body).toMatchObject({
    findings: expect.arrayContaining([expect.objectContaining({ level: 'blocks' })]),
  })
})

test('a draft is examined once in half a minute, however many pages ask', async () => {
  const codes = async () => {
    const { body } = await dashboard(office.keyOf('observer'))
    return (body as { findings: { code: string }[] }).findings.map(({ code }) => code)
  }
  const before = await codes()
  await editElection(
    { work: office.work, group },
    {
      ...{ election: board, rehearsal: false },
      changes: { closes: '2020-01-01 10:00' },
    },
  )
  expect(await codes()).toEqual(before)
  office.clock.advance(30)
  expect(await codes()).toContain('closes-in-the-past')
  await editElection(
    { work: office.work, group },
    { election: board, changes: { closes: null }, rehearsal: false },
  )
})

test('drafts and what was cancelled are on no public list, and neither is what others hold', async () => {
  const { work, folder } = office
  expect(await electionsAt('127.0.0.1')).toEqual({ organisation: 'North', elections: [] })
  const draft = electionDraft({ slug: 'withdrawn', title: 'Withdrawn' })
  await createElection({ work, group }, draft, home)
  await cancelElection(work, { election: 'withdrawn', reason: 'not needed' })
  const out = join(folder, 'tokens.csv')
  await issueTokens({ work, group }, { election: board, out, reserve: 0, expires: undefined })
  await openElection({ work, group }, board)
  expect(await electionsAt('127.0.0.1')).toMatchObject({
    organisation: 'North',
    elections: [{ election: board, status: 'open', zone: 'Europe/Madrid', publishedAt: null }],
  })
  expect(await electionsAt('south.example')).toEqual({ organisation: 'South', elections: [] })
})

test('turnout over time is totals at whole stretches of time, never the moment of one vote', async () => {
  const { work, folder, clock } = office
  const opened = clock.now().getTime()
  const { sealed_json } = await work.read((tx) => findElection(tx, board))
  const box = { form: formOf(sealed_json!), tokens: tokensIn(join(folder, 'tokens.csv')) }
  for (const [seconds, number] of [
    [61, '001'],
    [17, '002'],
    [1900, '003'],
  ] as const) {
    clock.advance(seconds)
    await ingestAll(work, [sealVote(box, number)], { election: board })
  }
  clock.advance(3600)
  const { body } = await dashboard(office.keyOf('observer'))
  const after = (minutes: number) => new Date(opened + minutes * 60_000).toISOString()
  expect(body).toMatchObject({
    history: [
      { at: after(5), voted: 2 },
      { at: after(35), voted: 3 },
    ],
    health: { queue: 0, disk: { file: expect.any(Number), free: expect.any(Number) } },
  })
  expect(JSON.stringify(body)).not.toMatch(/Member|"00[123]"/)
})
