import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkElection } from '../../src/election/check-election.ts'
import { openElection } from '../../src/election/open-election.ts'
import { showElection } from '../../src/election/show-election.ts'
import { declareGroup } from '../../src/tally/ceremony/declare-group.ts'
import { readPrivateDocument } from '../../src/tally/key-file.ts'
import { removeTrustee } from '../../src/tally/remove-trustee.ts'
import { listTrustees } from '../../src/tally/trustees.ts'
import { issueTokens } from '../../src/voting/issue-tokens.ts'
import { group } from '../voting/fixtures.ts'
import { type CeremonyStage, ceremonyStage } from './small-ceremony.ts'

const names = ['Ruth', 'Sam', 'Tess']
let stage: CeremonyStage
beforeEach(async () => {
  stage = await ceremonyStage({ threshold: 2, names })
})
afterEach(() => stage.close())

const list = () => listTrustees(stage.work, stage.slug)
const declare = (threshold: number, others: readonly string[], begun: 'keep' | 'restart' = 'keep') =>
  declareGroup({ work: stage.work, group }, { slug: stage.slug, threshold, names: others, begun })

describe('the key ceremony of a group', () => {
  test('takes three rounds of one command, and says at each who is awaited', async () => {
    const first = await stage.message()
    expect(first).toMatch(/\.round-1\.json$/)
    const [ruth, sam, tess] = [
      await stage.go('Ruth', first),
      await stage.go('Sam', first),
      await stage.go('Tess', first),
    ]
    expect(ruth.did).toBe('certificate')
    expect(statSync(ruth.keyFile).mode & 0o777).toBe(0o600)
    expect(await stage.receive(sam.file)).toMatchObject([{ changed: true, awaited: ['Ruth', 'Tess'] }])
    expect((await list()).group).toEqual({
      ...{ threshold: 2, trustees: names },
      ceremony: { round: 1, awaited: ['Ruth', 'Tess'] },
    })
    expect(await stage.receive(ruth.file, tess.file)).toMatchObject([{}, { awaited: [] }])
    const second = await stage.message()
    expect(second).toMatch(/\.round-2\.json$/)
    const shared = await stage.go('Ruth', second)
    expect(shared).toMatchObject({ did: 'shares', certificates: expect.stringMatching(/^([0-9a-f]{4} ){7}/) })
    expect((await stage.go('Sam', second)).certificates).toBe(shared.certificates)
    await stage.round()
    const { findings } = await checkElection(stage.work, stage.slug)
    expect(findings).toContainEqual(
      expect.objectContaining({
        ...{ level: 'blocks', code: 'ceremony-unfinished' },
        message: expect.stringContaining('round 3 of 3, and waits for Ruth, Sam, Tess'),
      }),
    )
    expect((await list()).trustees.map(({ name }) => name)).toEqual(['server'])
    await stage.round()
    expect((await list()).group?.ceremony).toBeNull()
    expect((await list()).trustees.map(({ position, name, place }) => [position, name, place])).toEqual([
      [1, 'server', null],
      [2, 'Ruth', 1],
      [3, 'Sam', 2],
      [4, 'Tess', 3],
    ])
    const { trustees, group: declared } = await showElection(stage.work, stage.slug)
    expect(trustees).toHaveLength(4)
    expect(declared?.parameters).toContain('"threshold":2')
  })

  test('ends with a look at all keys and a rehearsal, after which only the key is kept', async () => {
    for (let round = 1; round <= 3; round++) await stage.round()
    const trustees = await stage.message()
    expect(trustees).toMatch(/\.trustees\.json$/)
    const { findings } = await checkElection(stage.work, stage.slug)
    expect(findings).toContainEqual(
      expect.objectContaining({
        level: 'warns',
        code: 'not-rehearsed',
        message: expect.stringContaining('Tess'),
      }),
    )
    const checked = await stage.go('Ruth', trustees)
    expect(checked.did).toBe('checked')
    expect(await readPrivateDocument(group, checked.keyFile)).toEqual({
      ...{
        kind: 'urna-trustee-private-key',
        name: 'Ruth',
        secretKey: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    })
    expect(await stage.receive(checked.file)).toMatchObject([
      { kind: 'rehearsal', trustee: { position: 2, name: 'Ruth' }, changed: true, awaited: ['Sam', 'Tess'] },
    ])
    // Whoever has the key may look again.
    expect((await stage.go('Ruth', trustees)).electionKey).toBe(checked.electionKey)
    expect(await stage.receive(checked.file)).toMatchObject([{ changed: false }])
    await stage.round()
    const after = await checkElection(stage.work, stage.slug)
    expect(after.findings.map(({ code }) => code)).not.toContain('not-rehearsed')
  })

  test('goes on wherever a trustee was interrupted, with the very same answer', async () => {
    for (const asked of ['certificate', 'shares', 'public-key']) {
      const message = await stage.message()
      const first = await stage.go('Ruth', message)
      expect(first.file).toContain(asked)
      const sent = readFileSync(first.file, 'utf8')
      // Killed after the key file was written, before the answer was.
      rmSync(first.file)
      expect(await stage.go('Ruth', message)).toMatchObject({ file: first.file, changed: false })
      expect(readFileSync(first.file, 'utf8')).toBe(sent)
      // Killed in the middle of the answer.
      writeFileSync(first.file, sent.slice(0, 40))
      await stage.go('Ruth', message)
      expect(readFileSync(first.file, 'utf8')).toBe(sent)
      await stage.round()
      expect(await stage.receive(first.file)).toMatchObject([{ changed: false }])
    }
  })

  test('leaves no secret of a trustee in what goes to the officer or in the file', async () => {
    const sent: string[] = []
    for (let round = 1; round <= 3; round++) {
      const message = await stage.message()
      sent.push(readFileSync(message, 'utf8'))
      for (const file of (await stage.round()).values()) sent.push(readFileSync(file, 'utf8'))
    }
    const secrets = await Promise.all(
      names.map(async (name) => {
        const file = readdirSync(stage.home(name)).find((each) => each.endsWith('.private.json'))!
        const { secretKey, ceremony } = await readPrivateDocument(group, join(stage.home(name), file))
        return [secretKey!, ceremony!.seed]
      }),
    )
    for (const secret of secrets.flat()) {
      expect(secret.length).toBeGreaterThan(20)
      expect(sent.filter((text) => text.includes(secret))).toEqual([])
    }
  })

  test('is void when the group is declared anew, and says so before', async () => {
    const old = await stage.round()
    await expect(declare(2, ['Ruth', 'Sam'])).rejects.toMatchObject({
      code: 'ceremony-restart-needed',
      message: expect.stringContaining('All trustees of the group would begin again'),
      hint: expect.stringContaining('--restart'),
    })
    expect(await declare(2, names)).toMatchObject({ changed: false })
    expect(await declare(2, ['Ruth', 'Sam'], 'restart')).toMatchObject({ changed: true, restarted: true })
    await expect(stage.receive(old.get('Sam')!)).rejects.toThrow('of a ceremony that is not held any more')
    expect((await list()).group?.trustees).toEqual(['Ruth', 'Sam'])
  })

  test('is held again without a trustee who is removed, who needs not agree', async () => {
    for (let round = 1; round <= 3; round++) await stage.round()
    const remove = (begun: 'keep' | 'restart') =>
      removeTrustee({ work: stage.work, group }, { slug: stage.slug, name: 'Sam', begun })
    await expect(remove('keep')).rejects.toMatchObject({ code: 'ceremony-restart-needed' })
    expect(await remove('restart')).toMatchObject({ kind: 'person', ceremony: expect.any(String) })
    expect(await list()).toMatchObject({
      trustees: [{ name: 'server' }],
      group: { threshold: 2, trustees: ['Ruth', 'Tess'], ceremony: { round: 1 } },
    })
    await expect(
      removeTrustee({ work: stage.work, group }, { slug: stage.slug, name: 'Ruth', begun: 'restart' }),
    ).rejects.toMatchObject({ code: 'trustee-group-invalid' })
    await expect(
      removeTrustee({ work: stage.work, group }, { slug: stage.slug, name: 'Zoë', begun: 'keep' }),
    ).rejects.toMatchObject({ code: 'trustee-not-found' })
  })

  test('can not be declared with a threshold or names that make no sense', async () => {
    for (const [threshold, others] of [
      [3, ['Ruth', 'Sam']],
      [0, ['Ruth', 'Sam']],
      [1, ['Ruth']],
      [2, ['Ruth', 'Ruth', 'Sam']],
    ] as const) {
      await expect(declare(threshold, others, 'restart')).rejects.toMatchObject({
        code: 'trustee-group-invalid',
      })
    }
    await expect(declare(1, ['server', 'Sam'], 'restart')).rejects.toMatchObject({ code: 'trustee-exists' })
  })

  test('keeps the election from opening while it goes on, and ends with the opening', async () => {
    const out = join(stage.folder, 'tokens.csv')
    await issueTokens(
      { work: stage.work, group },
      { election: stage.slug, out, reserve: 0, expires: undefined },
    )
    await expect(openElection({ work: stage.work, group }, stage.slug)).rejects.toMatchObject({
      code: 'election-not-ready',
    })
    for (let round = 1; round <= 3; round++) await stage.round()
    await openElection({ work: stage.work, group }, stage.slug)
    await expect(declare(2, ['Ruth', 'Sam'], 'restart')).rejects.toMatchObject({ code: 'wrong-state' })
    await expect(stage.message()).rejects.toMatchObject({ code: 'wrong-state' })
  })
})
