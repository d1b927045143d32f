import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { readLog } from '../../src/audit/read-log.ts'
import type { Selections } from '../../src/ballot/selections.ts'
import { parseClearElection } from '../../src/election/clear-election.ts'
import { closeElection } from '../../src/election/close-election.ts'
import { editElection } from '../../src/election/edit-election.ts'
import { openElection } from '../../src/election/open-election.ts'
import { publishResult } from '../../src/election/publication.ts'
import { roles } from '../../src/organisation/roles.ts'
import { credentialSecret } from '../../src/sealing/credential.ts'
import { runTally } from '../../src/tally/run-tally.ts'
import { signBallot } from '../../src/voting/clear-ballot.ts'
import { issueTokens } from '../../src/voting/issue-tokens.ts'
import { ask, board, type Office, openOffice, post } from '../support/office.ts'
import { routesOf } from '../support/routes.ts'
import { type Serving, serve } from '../support/serving.ts'
import { formOf, group, sealVote, tokensIn } from '../voting/fixtures.ts'

let office: Office
let serving: Serving
afterEach(async () => {
  await serving.close()
  await office.close()
})

const ada: Selections = { kind: 'options', options: [0] }
/** What an invalid ballot says: it would be seen wherever a choice is. */
const planted = 'planted-choice-7719'

async function opened(changes: { live_voting: boolean }) {
  office = await openOffice()
  serving = await serve(office, { limits: { requests: 1e6, failedKeys: 1e6, sessions: 1e6, codes: 1e6 } })
  const deps = { work: office.work, group }
  await editElection(deps, {
    election: board,
    changes: { visibility: 'open', allow_invalid: true, ...changes },
    rehearsal: false,
  })
  const out = join(office.folder, 'tokens.csv')
  await issueTokens(deps, { election: board, out, reserve: 0, expires: undefined })
  const { sealedJson } = await openElection(deps, board)
  const box = { form: formOf(sealedJson), tokens: tokensIn(out) }
  const election = parseClearElection(group, sealedJson)
  if ('refused' in election) throw new Error(election.refused)
  const secret = credentialSecret(group, { uuid: box.form.uuid, token: box.tokens.get('002')! })
  const ballots = [
    sealVote(box, '001', [ada]),
    signBallot(group, { election, secret, choices: [planted] }).json,
  ]
  for (const ballot of ballots) {
    const reply = await ask(`${serving.url}/api/elections/${board}/votes/`, post({ ballot }))
    expect(reply.status).toBe(201)
  }
  return deps
}

/** All that the server tells to whoever may ask it. */
async function everythingTold(): Promise<string> {
  const told: string[] = []
  const paths = routesOf(serving.app)
    .filter((route) => /^GET .*:(id|election)/.test(route) && !/events$|^GET \/ws/.test(route))
    .map((route) =>
      route
        .slice('GET '.length)
        .replace(/:(id|election)/, board)
        .replace(/:\w+/g, '1'),
    )
  expect(paths.length).toBeGreaterThan(8)
  for (const path of paths) {
    for (const role of [undefined, ...roles]) {
      const answer = await ask(serving.url + path, role === undefined ? {} : { key: office.keyOf(role) })
      told.push(`${path} ${JSON.stringify(answer.body)}`)
    }
  }
  return told.join('\n')
}

test('before the close no answer to anybody holds a vote in the clear, whatever the officer asks', async () => {
  await opened({ live_voting: false })
  const told = await everythingTold()
  expect(told).not.toContain(planted)
  expect(told).not.toMatch(/"choices":|\\"choices\\"|signature|"winners"|"tabulation"/)
  expect(told).toContain('"votes":null')
})

test('with live voting officers see who voted what while it goes on, and nobody else does', async () => {
  await opened({ live_voting: true })
  const votes = `${serving.url}/api/elections/${board}/votes/`
  const { status, body } = await ask(votes, { key: office.keyOf('observer') })
  expect(status).toBe(200)
  expect(body).toEqual({
    election: board,
    status: 'open',
    votes: [
      { number: '001', name: expect.any(String), weight: '1', choices: ['Ana Duarte'] },
      { number: '002', name: expect.any(String), weight: '1', choices: ['invalid'] },
    ],
  })
  expect((await ask(votes)).status).toBe(401)
  expect((await ask(votes, { key: office.keyOf('credential-officer') })).status).toBe(403)
  const paper = await ask(`${serving.url}/api/elections/${board}/ballot/`)
  expect(paper.body).toMatchObject({ secrecy: { kind: 'open', live: true } })
})

test('the archive of ballots in the clear is there once the result is published, and not before', async () => {
  const deps = await opened({ live_voting: false })
  const archive = () => ask(`${serving.url}/api/elections/${board}/archive/`)
  expect((await archive()).status).toBe(404)
  await closeElection(deps, board)
  await runTally(deps, { slug: board, seed: undefined })
  expect((await archive()).status).toBe(404)
  expect(await everythingTold()).not.toContain(planted)
  await publishResult(office.work, { election: board })
  const { status, body } = await archive()
  expect(status).toBe(200)
  expect(body).toMatchObject({ format: 'urna-clear-archive', box: { kind: 'signed' } })
})

test('whoever looks at votes before the result is in the log, once in ten minutes, a key for trying out too', async () => {
  await opened({ live_voting: true })
  const look = (key: string) => ask(`${serving.url}/api/elections/${board}/votes/`, { key })
  const views = async () =>
    (await office.work.read((tx) => readLog(tx, { action: 'vote-viewed' }))).map(({ officer, details }) => [
      officer.replace(/ .*/, ''),
      details.viewed,
    ])
  const owner = office.keyOf('owner')
  for (let time = 0; time < 3; time++) expect((await look(owner)).status).toBe(200)
  expect(await views()).toHaveLength(1)
  await look(await office.makeKey({ dryRun: true, role: 'admin' }))
  expect(await views()).toHaveLength(2)
  office.clock.advance(600)
  await look(owner)
  expect(await views()).toHaveLength(3)
  expect((await views()).every(([, viewed]) => viewed === 'live votes')).toBe(true)
})
