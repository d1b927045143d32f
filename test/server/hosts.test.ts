import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createElection } from '../../src/election/create-election.ts'
import { deleteElection } from '../../src/election/delete-election.ts'
import { editOrganisation } from '../../src/organisation/edit-organisation.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { electionDraft } from '../support/election.ts'
import { board, elsewhere, home, type Office, openOffice, southern } from '../support/office.ts'
import { type Serving, serve } from '../support/serving.ts'
import { temporaryUrna } from '../support/urna.ts'

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

/** The status of what a client gets that believes it talks to `host`. */
function statusAt(host: string, path: string, key?: string, url = serving.url): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { host, ...(key !== undefined && { authorization: `Bearer ${key}` }) }
    const sent = request(url + path, { headers }, (reply) => {
      reply.resume().on('end', () => resolve(reply.statusCode!))
    })
    sent.on('error', reject).end()
  })
}

test('a host leads to its organisation and to no other', async () => {
  const south = office.keyOf('owner', elsewhere)
  const list = (organisation: string) => `/api/organizations/${organisation}/elections/`
  expect(await statusAt('south.example', list(elsewhere), south)).toBe(200)
  expect(await statusAt('SOUTH.example.:8443', list(elsewhere), south)).toBe(200)
  expect(await statusAt('south.example', list(home), south)).toBe(404)
  expect(await statusAt('south.example', `/api/elections/${southern}/`, south)).toBe(200)
  expect(await statusAt('south.example', `/api/elections/${board}/`, south)).toBe(404)
  expect(await statusAt('127.0.0.1', `/api/elections/${board}/`, office.keyOf('owner'))).toBe(200)
})

test('a key of one organisation is none on the host of another', async () => {
  expect(await statusAt('south.example', `/api/elections/${southern}/`, office.keyOf('owner'))).toBe(401)
  expect(await statusAt('127.0.0.1', '/api/session', office.keyOf('owner', elsewhere))).toBe(401)
})

test('voters, pages and the live channel see the elections of their own host only', async () => {
  for (const path of [
    `/vote/${southern}`,
    `/board/${southern}`,
    `/results/${southern}`,
    `/api/elections/${southern}/ballot/`,
    `/api/elections/${southern}/votes/`,
  ]) {
    expect(await statusAt('127.0.0.1', path), path).toBe(404)
  }
  expect(await statusAt('south.example', `/vote/${southern}`)).toBe(200)
})

test('a name that somebody else had point to this machine leads nowhere', async () => {
  for (const host of [
    'evil.example',
    'localhost',
    'north',
    'south.example.evil.example',
    'x@south.example',
  ]) {
    expect(await statusAt(host, '/'), host).toBeGreaterThanOrEqual(400)
    expect(await statusAt(host, '/officer'), host).toBeGreaterThanOrEqual(400)
  }
  // Whoever keeps the server running asks by its address.
  expect(await statusAt('10.0.0.7', '/api/health')).toBe(200)
})

test('a short name that was given up leads to whoever took it next, at once', async () => {
  const { work } = office
  const make = async (organisation: string) =>
    createElection({ work, group: await loadGroup() }, electionDraft({ slug: 'picnic' }), organisation)
  await make(home)
  expect(await statusAt('127.0.0.1', '/api/elections/picnic/', office.keyOf('owner'))).toBe(200)
  await deleteElection(work, 'picnic')
  await make(elsewhere)
  const path = '/api/elections/picnic/'
  expect(await statusAt('south.example', path, office.keyOf('owner', elsewhere))).toBe(200)
  expect(await statusAt('127.0.0.1', path, office.keyOf('owner'))).toBe(404)
})

test('in a file with one organisation every name leads to it, until it has hosts', async () => {
  const urna = await temporaryUrna({ organisation: 'North' })
  const alone = await serve(urna)
  try {
    expect(await statusAt('anything.example', '/', undefined, alone.url)).toBe(200)
    await editOrganisation(urna.work, { organisation: home, changes: { addHosts: ['vote.example'] } })
    await expect
      .poll(() => statusAt('anything.example', '/', undefined, alone.url), { timeout: 5000 })
      .toBe(404)
    expect(await statusAt('vote.example', '/', undefined, alone.url)).toBe(200)
  } finally {
    await alone.close()
    await urna.close()
  }
}, 20_000)
