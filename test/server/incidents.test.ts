import { afterAll, beforeAll, expect, test } from 'vitest'
import { readLog } from '../../src/audit/read-log.ts'
import { publishResult } from '../../src/election/publication.ts'
import { createKey } from '../../src/organisation/keys.ts'
import { addOfficer } from '../../src/organisation/officers.ts'
import type { Role } from '../../src/organisation/roles.ts'
import { ask } from '../support/office.ts'
import { type Serving, serve } from '../support/serving.ts'
import { chair, choice, type SmallElection, talliedElection } from '../tally/small-election.ts'

let election: SmallElection
let serving: Serving
const keys = new Map<Role, string>()
beforeAll(async () => {
  election = await talliedElection({
    contests: [chair],
    votes: [
      [0, [choice(0)]],
      [1, [choice(0)]],
    ],
  })
  const { work } = election
  for (const role of ['owner', 'moderator', 'observer', 'auditor'] as const) {
    const officer = `${role}@example.org`
    await addOfficer(work, { organisation: undefined, name: `The ${role}`, email: officer, role })
    const made = { organisation: undefined, officer, scopes: ['all'], days: 1, dryRun: false }
    keys.set(role, (await createKey(work, made)).key)
  }
  serving = await serve(election)
})
afterAll(async () => {
  await serving?.close()
  await election?.close()
})

const incidents = () => `${serving.url}/api/elections/${election.slug}/incidents/`
const by = (role: Role) => ({ key: keys.get(role)! })
const record = (role: Role, body: object) => ask(incidents(), { method: 'POST', body, ...by(role) })

async function listedFor(role: Role): Promise<unknown[]> {
  return ((await ask(incidents(), by(role))).body as { incidents: unknown[] }).incidents
}

test('what goes wrong is recorded over the network, in the name of who recorded it, and stays until it is resolved', async () => {
  const text = 'The server was down for ten minutes.'
  const recorded = await record('moderator', { kind: 'technical', text, affected: 1, affectedKind: 'voters' })
  expect(recorded).toMatchObject({ status: 201, body: { number: 1, text, affected: 1, resolution: null } })
  expect(await listedFor('observer')).toMatchObject([
    { number: 1, officer: expect.stringContaining('moderator') },
  ])
  const resolve = { method: 'POST', body: { resolution: 'All voted later.' } }
  const address = `${incidents()}1/resolve/`
  expect(await ask(address, { ...resolve, ...by('moderator') })).toMatchObject({ status: 403 })
  expect(await ask(address, { ...resolve, ...by('owner') })).toMatchObject({
    ...{ status: 200, body: { number: 1, resolution: 'All voted later.' } },
  })
  expect(await ask(address, { ...resolve, ...by('owner') })).toMatchObject({
    body: { error: { code: 'incident-invalid' } },
  })
  expect(await ask(`${incidents()}9/resolve/`, { ...resolve, ...by('owner') })).toMatchObject({
    ...{ status: 404, body: { error: { code: 'incident-not-found' } } },
  })
  const log = await election.work.read((tx) => readLog(tx, { election: election.slug }))
  expect(log.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['incident-recorded', 'incident-resolved']),
  )
})

test('voters whom an incident names are told to who may see the roll, and named by them alone', async () => {
  const contested = { kind: 'contested', text: 'Somebody else voted.', voters: ['1001'] }
  expect(await record('moderator', contested)).toMatchObject({
    ...{ status: 403, body: { error: { code: 'not-allowed', details: { action: 'roll:read' } } } },
  })
  expect(await record('owner', contested)).toMatchObject({ status: 201 })
  const named = { affected: 1, contested: { ballots: [], voters: ['1001'] } }
  expect((await listedFor('auditor')).at(-1)).toMatchObject(named)
  for (const role of ['moderator', 'observer'] as const) {
    expect((await listedFor(role)).at(-1)).toMatchObject({ affected: 1, contested: { voters: [] } })
  }
})

test('how close a result was is told to nobody by an incident who may not see the result yet', async () => {
  // Two votes to none: by two voters more it would be a tie, by one it would not.
  for (const affected of [1, 2]) {
    const close = { kind: 'technical', text: 'A try.', affected, affectedKind: 'voters' }
    expect(await record('moderator', close)).toMatchObject({ status: 201, body: { effect: 'no-result' } })
  }
  const effects = async (role: Role) =>
    (await listedFor(role)).slice(-2).map((each) => (each as { effect: string }).effect)
  expect(await effects('observer')).toEqual(['none', 'could'])
  expect(await effects('moderator')).toEqual(['no-result', 'no-result'])
  await publishResult(election.work, { election: election.slug })
  expect(await effects('moderator')).toEqual(['none', 'could'])
})
