import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readLog } from '../../src/audit/read-log.ts'
import { findElection } from '../../src/election/find-election.ts'
import { makePolynomial, polynomialFormat } from '../../src/sealing/polynomial.ts'
import { declareGroup } from '../../src/tally/ceremony/declare-group.ts'
import { readBoxOpening, readTrusteeProgress } from '../../src/tally/remote/trustee-progress.ts'
import { runTally } from '../../src/tally/run-tally.ts'
import { verify } from '../../src/verify/node.ts'
import type { Fate } from '../support/middleman.ts'
import { group } from '../voting/fixtures.ts'
import { type RemoteStage, remoteStage } from './remote-stage.ts'
import { certificates, keysOf, liedAnswer } from './small-ceremony.ts'
import { closedElection, committee, exportedArchive } from './small-election.ts'

const names = ['Ruth', 'Sam', 'Tess']
let stage: RemoteStage
const begin = async () => {
  stage = await remoteStage({ threshold: 2, names, besides: 'Zoë' })
}
const end = () => stage.close()

const progress = () =>
  stage.work.read(async (tx) => {
    const election = await findElection(tx, stage.slug)
    return readTrusteeProgress(tx, election, (of) => readBoxOpening(tx, group, of))
  })
const tally = () => runTally({ work: stage.work, group }, { slug: stage.slug, seed: 'a seed' })
const statesOf = async () => (await progress()).trustees.map(({ name, state }) => [name, state])

/** The file that a trustee would send now, made by hand. */
const byHand = async (name: string) => (await stage.go(name, await stage.message())).file
const contentOf = (file: string) => JSON.parse(readFileSync(file, 'utf8'))

const standingOf = async (name: string) => (await progress()).trustees.find((each) => each.name === name)
const log = () => stage.work.read(async (tx) => JSON.stringify(await readLog(tx)))
const keyFileOf = (name: string) =>
  join(stage.home(name), readdirSync(stage.home(name)).find((file) => file.endsWith('.private.json'))!)

/** Neither an invitation nor a key is in an address, a body, a log line or the audit log. */
async function expectNoSecret(): Promise<void> {
  const invitations = names.map((name) => stage.secretOf(name))
  const keys = names.map((name) => contentOf(keyFileOf(name)).secretKey as string)
  expect(keys.join('')).toMatch(/^[0-9a-f]{192}$/)
  const sent = stage.between.seen.map(({ what, body }) => `${what} ${body}`).join()
  const all = [stage.log(), sent, await log()].join()
  for (const secret of [...invitations, ...keys]) expect(all.includes(secret)).toBe(false)
  expect(stage.log()).toContain('/api/elections/:id/trustee/answers/')
  expect(sent).toContain('POST /api/elections/chapter/trustee/contributions/')
  expect(await log()).toContain('trustees-invited')
  expect(statSync(stage.invitation('Ruth')).mode & 0o777).toBe(0o600)
}

describe('through a server, trustees on machines of their own', () => {
  beforeEach(begin)
  afterEach(end)

  test('make a key, rehearse, shuffle and decrypt, and are told at each step who is awaited', async () => {
    const first = await stage.everybody()
    expect(first.get('Ruth')).toMatchObject({
      steps: [{ did: 'certificate', changed: true }],
      task: { step: 'certificate', state: 'done', awaited: [{ names: ['Sam', 'Tess'], needed: 2 }] },
    })
    // The last of a round begins the next one at once.
    expect(first.get('Tess')!.steps.map(({ did }) => did)).toEqual(['certificate', 'shares'])
    expect(await stage.act('Zoë')).toMatchObject({ steps: [], task: { state: 'later' } })
    await stage.ceremony()
    expect(await progress()).toMatchObject({ awaited: [{ names: ['Zoë'], needed: 1 }] })
    expect(await stage.act('Zoë')).toMatchObject({ steps: [{ did: 'checked' }] })
    expect(await progress()).toMatchObject({ step: 'rehearsal', awaited: [] })

    await stage.vote()
    await expect(tally()).rejects.toThrow('waits for the shuffle of Zoë')
    const whoShuffles = async (zoe: string, others: string) => {
      const group = names.map((name) => [name, others])
      expect(await statesOf()).toEqual([['server', 'done'], ['Zoë', zoe], ...group])
    }
    await whoShuffles('awaited', 'later')
    expect(await stage.act('Zoë')).toMatchObject({ steps: [{ did: 'shuffle' }] })
    await whoShuffles('done', 'awaited')
    // Two at the same moment: whoever is slower shuffles again what the other made.
    const both = await Promise.all([stage.act('Tess'), stage.act('Ruth')])
    expect(both.map(({ steps }) => steps.map(({ did }) => did))).toEqual([['shuffle'], ['shuffle']])
    expect(await stage.act('Sam')).toMatchObject({ steps: [], task: { state: 'spare', office: true } })
    await expect(tally()).rejects.toThrow('waits for the decryption of Zoë and 2 of Ruth, Sam or Tess')
    // Sam did not shuffle, and sees by their signatures that enough others did.
    for (const name of ['Zoë', 'Sam', 'Tess']) {
      expect(await stage.act(name)).toMatchObject({ steps: [{ did: 'decryption' }] })
    }
    expect(await stage.act('Ruth')).toMatchObject({ steps: [], task: { state: 'spare' } })
    await tally()
    expect(await stage.act('Ruth')).toMatchObject({ task: { step: null, election: { status: 'tallied' } } })
    const { uuid } = await stage.work.read((tx) => findElection(tx, stage.slug))
    expect((await verify(await exportedArchive({ ...stage, uuid } as never))).outcome).toBe('verified')
    expect((await stage.send(stage.secretOf('Ruth'), 'answers/', { kind: 'nonsense' })).status).toBe(400)
    await expectNoSecret()
  }, 120_000)

  test('go on where they were, wherever the connection was lost', async () => {
    const fates: readonly Fate[] = ['never arrives', 'is not answered', 'passes']
    /** How often each kind of request was lost, and how it is lost now: the first time it never arrives. */
    const tries = new Map<string, number>()
    let lost = 0
    stage.between.meddle(({ what, answer }) => {
      const count = tries.get(what) ?? 0
      const fate = fates[count % 3]!
      // Asked twice of each request, before and after it went on.
      if (answer !== '' || fate === 'never arrives') tries.set(what, count + 1)
      if (answer === '' && fate !== 'never arrives') return 'passes'
      if (fate !== 'passes') lost += 1
      return fate
    })
    for (let round = 0; (await progress()).awaited.length > 0; round++) {
      expect(round).toBeLessThan(12)
      for (const name of [...names, 'Zoë']) {
        for (let attempt = 0; attempt < 40; attempt++) {
          const ended = await stage.act(name).catch((error: unknown) => error)
          if (!(ended instanceof Error)) break
          expect(ended).toMatchObject({
            code: 'server-unreachable',
            hint: expect.stringContaining('nothing is done twice'),
          })
        }
      }
    }
    expect(lost).toBeGreaterThan(40)
    expect(await progress()).toMatchObject({ step: 'rehearsal', awaited: [] })
    const { trustees } = await progress()
    expect(trustees.filter(({ refused }) => refused !== null)).toEqual([])
    // Nobody began twice.
    for (const name of names) {
      expect(readdirSync(stage.home(name)).filter((file) => file.endsWith('.private.json'))).toHaveLength(1)
    }
  }, 120_000)
})

describe('a trustee who lies through the server', () => {
  beforeAll(begin)
  afterAll(end)

  test('does not speak for another', async () => {
    const certificate = contentOf(await byHand('Sam'))
    expect(await stage.send(stage.secretOf('Ruth'), 'answers/', certificate)).toMatchObject({
      status: 422,
      body: { error: { message: expect.stringContaining('it speaks for Sam, and was sent by Ruth') } },
    })
    expect(await statesOf()).toContainEqual(['Sam', 'awaited'])
  })

  test('is named and refused, for officers to see until the truth comes', async () => {
    const lie = await liedAnswer(stage, await byHand('Sam'), (answer) => {
      answer.payload = answer.payload.replace('\\"threshold\\":2', '\\"threshold\\":1')
    })
    const send = () => stage.send(stage.secretOf('Sam'), 'answers/', contentOf(lie))
    expect(await send()).toMatchObject({
      status: 422,
      body: { error: { code: 'trustee-contribution-invalid', message: expect.stringContaining('of Sam') } },
    })
    expect(await standingOf('Sam')).toMatchObject({
      state: 'awaited',
      refused: { reason: expect.stringContaining('not signed for place 2 of a group of 3') },
    })
    const before = (await log()).match(/"trustee-refused"/g)
    await send()
    expect((await log()).match(/"trustee-refused"/g)).toEqual(before)
    expect(await stage.act('Sam')).toMatchObject({ steps: [{ did: 'certificate' }] })
    expect(await standingOf('Sam')).toMatchObject({ refused: null })
  })

  test('to one other alone is named by whom it was told', async () => {
    await stage.everybody()
    const [ruth, sam] = [await byHand('Ruth'), await byHand('Sam')]
    const keys = await keysOf(stage, 'Sam')
    const other = JSON.parse(
      polynomialFormat(group).write(await makePolynomial(group, { keys, certs: await certificates(stage) })),
    )
    const lie = await liedAnswer(stage, sam, (answer) => {
      const text = JSON.parse(answer.payload)
      text.secrets[0] = other.secrets[0]
      answer.payload = JSON.stringify(text)
    })
    expect((await stage.send(stage.secretOf('Sam'), 'answers/', contentOf(lie))).status).toBe(200)
    expect((await stage.send(stage.secretOf('Ruth'), 'answers/', contentOf(ruth))).status).toBe(200)
    await expect(stage.act('Ruth')).rejects.toMatchObject({
      code: 'ceremony-refused',
      message: expect.stringContaining('the share that Sam sent you'),
      details: { trustee: 'Sam' },
    })
    // The officers see nothing of what is in the share: they have the word of its reader.
    expect(await standingOf('Ruth')).toMatchObject({
      state: 'awaited',
      refused: { reason: expect.stringMatching(/^Ruth does not go on: “the share that Sam sent you /) },
    })
    expect(await log()).toContain('"trustee-objected"')
    const again = { slug: stage.slug, threshold: 2, names, begun: 'restart' as const }
    await declareGroup({ work: stage.work, group }, again)
    expect(await standingOf('Ruth')).toMatchObject({ state: 'awaited', refused: null })
  })

  test('stops its reader all the same where the officers can not be told', async () => {
    stage.between.meddle(({ what, answer }) => {
      if (what.startsWith('POST')) return 'never arrives'
      if (answer === '') return 'passes'
      return { body: answer.replace('urna-ceremony-round', 'urna-ceremony-turn') }
    })
    await expect(stage.act('Ruth')).rejects.toMatchObject({ code: 'ceremony-refused' })
    stage.between.meddle(() => 'passes')
  })
})

describe('with the box of a closed election', () => {
  beforeAll(async () => {
    await begin()
    await stage.ceremony()
    await stage.act('Zoë')
    await stage.vote()
    await expect(tally()).rejects.toThrow('waits for the shuffle')
    await stage.act('Zoë')
  }, 60_000)
  afterAll(end)

  test('a server that has the box of another election opened gets nothing', async () => {
    const other = await closedElection({ contests: [committee], votes: [] })
    const archive = readFileSync(await exportedArchive(other))
    await other.close()
    stage.between.meddle(({ what, answer }) =>
      answer !== '' && what.includes('/archive/')
        ? { headers: { 'content-type': 'application/x-tar' }, body: archive }
        : 'passes',
    )
    await expect(stage.act('Ruth')).rejects.toMatchObject({
      code: 'ceremony-refused',
      message: expect.stringContaining('it is of another election'),
    })
    expect(readdirSync(stage.home('Ruth')).filter((file) => /shuffle|decryption/.test(file))).toEqual([])
    stage.between.meddle(() => 'passes')
  })

  test('a trustee who shuffles in the name of another, or wrongly, is named, and the box stays as it is', async () => {
    const { steps } = await stage.act('Ruth')
    const shuffle = contentOf(steps[0]!.file)
    const asSam = { ...shuffle, trustee: 4 }
    expect(await stage.send(stage.secretOf('Sam'), 'contributions/', asSam)).toMatchObject({
      status: 422,
      body: {
        error: { message: expect.stringMatching(/of Sam in the request .* not signed with their key/) },
      },
    })
    expect(await standingOf('Sam')).toMatchObject({
      state: 'awaited',
      refused: { reason: 'it is not signed with their key' },
    })
    expect(await stage.send(stage.secretOf('Sam'), 'contributions/', shuffle)).toMatchObject({
      status: 422,
      body: { error: { message: expect.stringContaining('it speaks for Ruth') } },
    })
    expect(await stage.act('Sam')).toMatchObject({ steps: [{ did: 'shuffle' }] })
    expect(await standingOf('Sam')).toMatchObject({ state: 'done', refused: null })
  })
})
