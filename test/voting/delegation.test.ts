import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { SplitChoice } from '../../src/ballot/clear-choice.ts'
import type { Selections } from '../../src/ballot/selections.ts'
import { certifyElection } from '../../src/election/certify-election.ts'
import { closeElection } from '../../src/election/close-election.ts'
import { openElection } from '../../src/election/open-election.ts'
import { readElection } from '../../src/election/read-election.ts'
import { giveVote } from '../../src/register/give-vote.ts'
import { listDelegations } from '../../src/register/list-delegations.ts'
import { setPresence } from '../../src/register/presence.ts'
import { setWeight } from '../../src/register/set-weight.ts'
import { takeVoteBack } from '../../src/register/take-vote-back.ts'
import { anonymiseElection } from '../../src/tally/anonymise.ts'
import { readNamedVotes } from '../../src/tally/named-votes.ts'
import { readResultDocument } from '../../src/tally/read-result.ts'
import { runTally } from '../../src/tally/run-tally.ts'
import { verifySource } from '../../src/tally/verify-archive.ts'
import { writeArchive } from '../../src/tally/write-archive.ts'
import { issueTokens } from '../../src/voting/issue-tokens.ts'
import { asCertifier } from '../support/certifier.ts'
import {
  type Draft,
  draftElection,
  formOf,
  group,
  ingestAll,
  type Opened,
  sealVote,
  tokensIn,
} from './fixtures.ts'

let box: Draft
afterEach(() => box.close())

const deps = () => ({ work: box.work, group })
const choose = (option: number): Selections => ({ kind: 'options', options: [option] })
const rank = (...options: number[]): Selections => ({ kind: 'ranking', ranks: options.map((each) => [each]) })
const give = (represented: string, acting: string, options: { election?: string; expires?: string } = {}) =>
  giveVote(box.work, {
    ...{ represented, acting, reason: 'a signed letter', expires: options.expires },
    ...{ organisation: undefined, election: options.election },
  })
const takeBack = (represented: string, election?: string) =>
  takeVoteBack(box.work, { represented, election, organisation: undefined, reason: 'came after all' })

async function draft(options: Parameters<typeof draftElection>[0] = {}): Promise<void> {
  box = await draftElection({
    ...options,
    rights: { allowDelegation: true, ...options.rights },
  })
}

async function open({ reserve = 0 } = {}): Promise<Opened> {
  const out = join(box.folder, 'tokens.csv')
  await issueTokens(deps(), { election: box.slug, out, reserve, expires: undefined })
  await openElection(deps(), box.slug)
  const { sealed_json } = await readElection(box.work, box.slug)
  return { ...box, form: formOf(sealed_json ?? ''), tokens: tokensIn(out) }
}

async function count() {
  await closeElection(deps(), box.slug)
  await runTally(deps(), { slug: box.slug, seed: undefined })
  return readResultDocument(deps(), box.slug)
}

async function archiveText(): Promise<string> {
  const chunks: Buffer[] = []
  await box.work.read(async (tx) => {
    const election = await tx.db.selectFrom('election').selectAll().executeTakeFirstOrThrow()
    await writeArchive(tx, election, (bytes) => {
      chunks.push(Buffer.from(bytes))
    })
  })
  return Buffer.concat(chunks).toString('utf8')
}

const outcomes = async (...ballots: string[]) =>
  (await ingestAll(box.work, ballots)).map((each) => ('code' in each ? each.code : each.outcome))

describe('giving a vote to another', () => {
  test('a vote is passed on once: chains and cycles are refused, and the sentence names them', async () => {
    await draft()
    await give('1001', '1002')
    await expect(give('1002', '1003')).rejects.toThrow(
      'The vote of 1001 would be passed on: 1001 → 1002 → 1003.',
    )
    await expect(give('1003', '1001')).rejects.toThrow('1003 → 1001 → 1002')
    await expect(give('1002', '1001')).rejects.toThrow(
      '1002 and 1001 would give their votes to each other (1002 → 1001 → 1002).',
    )
    await expect(give('1001', '1001')).rejects.toThrow("can't give the vote to themselves")
    await expect(give('1003', '1002', { election: box.slug })).resolves.toMatchObject({ changed: true })
    await expect(give('1002', '1003', { election: box.slug })).rejects.toMatchObject({
      code: 'delegation-refused',
    })
  })

  test('a vote is given once at a time; the same again changes nothing, an expired one is over', async () => {
    await draft()
    await give('1001', '1002', { expires: '2026-03-02 12:00' })
    expect(await give('1001', '1002', { expires: '2026-03-02 12:00' })).toMatchObject({ changed: false })
    await expect(give('1001', '1003')).rejects.toThrow('1001 has given the vote to 1002 already')
    box.clock.set('2026-03-02T12:00:00.000Z')
    expect(await give('1001', '1003')).toMatchObject({ changed: true, acting: { number: '1003' } })
    await takeBack('1001')
    await expect(takeBack('1001')).rejects.toMatchObject({ code: 'delegation-not-found' })
    await expect(give('1001', '7777')).rejects.toMatchObject({ code: 'member-not-found' })
    await expect(give('1001', '1002', { expires: '2026-03-01 12:00' })).rejects.toThrow('is past')
  })

  test('one person represents no more than the election allows, however the votes were given', async () => {
    await draft({ voters: 4, rights: { maxRepresented: 1 } })
    await give('1001', '1004', { election: box.slug })
    await expect(give('1002', '1004', { election: box.slug })).rejects.toThrow(
      '1004 represents 1 already, and in chapter one person may represent 1.',
    )
    await give('1002', '1004')
    await expect(open()).rejects.toThrow('1004 would represent 2 voters, and one person may represent 1.')
  })

  test('an election that does not allow it opens without, and refuses one of its own', async () => {
    await draft({ rights: { allowDelegation: false } })
    await give('1001', '1002')
    await expect(give('1003', '1002', { election: box.slug })).rejects.toThrow('no vote can be given')
    const opened = await open()
    expect([...opened.tokens.keys()]).toEqual(['1001', '1002', '1003'])
    expect(await listDelegations(box.work, { organisation: undefined, election: box.slug })).toEqual([])
  })
})

describe('in an open election', () => {
  test('who is given a vote casts it with a token for it, and the right counts once', async () => {
    await draft({ visibility: 'named', weights: [2.5, 1, 1] })
    await give('1001', '1002')
    const opened = await open()
    expect([...opened.tokens.keys()].sort()).toEqual(['1001', '1002', '1002 for 1001', '1003'])
    expect(
      await outcomes(
        sealVote(opened, '1002', [choose(1), rank(1)]),
        sealVote(opened, '1002 for 1001', [choose(0), rank(0)]),
        sealVote(opened, '1001', [choose(2), rank(2)]),
        sealVote(opened, '1003', [choose(2), rank(2)]),
      ),
    ).toEqual(['accepted', 'accepted', 'recast', 'accepted'])
    const votes = await box.work.read(async (tx) => {
      const election = await tx.db.selectFrom('election').selectAll().executeTakeFirstOrThrow()
      return readNamedVotes(tx, group, election)
    })
    expect(votes.map(({ number, weight, choices }) => [number, weight, choices[0]])).toEqual([
      ['1001', '2.5', 'Cy'],
      ['1002', '1', 'Bo'],
      ['1003', '1', 'Cy'],
    ])
    const result = await count()
    expect(result.ballots).toEqual({ counted: 3, replaced: 1 })
    expect(result.contests[0]?.tabulation.rounds[0]?.votes).toEqual(['0', '1', '3.5'])
    const text = await archiveText()
    expect(JSON.parse(text).box.proxies).toHaveLength(1)
    const { report } = await verifySource(
      group,
      { name: 'an archive', open: () => [Buffer.from(text)] },
      { seed: undefined },
    )
    expect(report).toMatchObject({ outcome: 'verified', ballots: 4, recasts: 1 })
    const certified = await asCertifier(box, (by) => certifyElection(deps(), box.slug, by))
    expect(certified.archiveHash).toMatch(/^[0-9a-f]{64}$/)
  })

  test('who acts for another is told with the vote, and in the log', async () => {
    await draft({ visibility: 'named' })
    await give('1001', '1002')
    const opened = await open()
    await outcomes(sealVote(opened, '1002 for 1001', [choose(0), rank(0)]))
    const [vote] = await box.work.read(async (tx) => {
      const election = await tx.db.selectFrom('election').selectAll().executeTakeFirstOrThrow()
      return readNamedVotes(tx, group, election)
    })
    expect(vote).toMatchObject({ number: '1001', actedBy: '1002 Voter Number 2' })
  })

  test('who gave the vote away casts none where the election says so, until it is taken back', async () => {
    await draft({ visibility: 'open', rights: { forbidDelegatorToVote: true } })
    await give('1001', '1002')
    const opened = await open()
    expect(await outcomes(sealVote(opened, '1001'))).toEqual(['vote-given-away'])
    await takeBack('1001', box.slug)
    expect(await outcomes(sealVote(opened, '1001'), sealVote(opened, '1002 for 1001'))).toEqual([
      'accepted',
      'revoked-token',
    ])
  })

  test('a vote that was cast by the other is not taken back', async () => {
    await draft({ visibility: 'open' })
    await give('1001', '1002')
    const opened = await open()
    await outcomes(sealVote(opened, '1002 for 1001'))
    await expect(takeBack('1001', box.slug)).rejects.toThrow('1002 has cast the vote of 1001 already.')
  })

  test('one that ends while the election is open ends with its moment', async () => {
    await draft({ visibility: 'open', rights: { forbidDelegatorToVote: true } })
    await give('1001', '1002', { expires: '2026-03-02 12:00' })
    const opened = await open()
    box.clock.set('2026-03-02T12:00:00.000Z')
    expect(await outcomes(sealVote(opened, '1002 for 1001'), sealVote(opened, '1001'))).toEqual([
      'expired-token',
      'accepted',
    ])
  })

  test('one that is given while it is open is a correction, and takes a reserve token', async () => {
    await draft({ visibility: 'open' })
    const opened = await open({ reserve: 1 })
    await give('1003', '1002')
    expect(await give('1001', '1002', { election: box.slug })).toMatchObject({ reserve: 'R-001' })
    expect(await outcomes(sealVote(opened, 'R-001', [choose(0), rank(0)]))).toEqual(['accepted'])
    await expect(give('1002', '1003', { election: box.slug })).rejects.toThrow('1001 → 1002 → 1003')
    const listed = await listDelegations(box.work, { organisation: undefined, election: box.slug })
    expect(listed).toMatchObject([{ represented: { number: '1001' }, corrected: true, officer: 'ada' }])
    const { contests } = await count()
    expect(contests[0]?.tabulation.rounds[0]?.votes).toEqual(['1', '0', '0'])
  })

  test('only who is present casts a ballot; whose vote it is need not be there', async () => {
    await draft({ visibility: 'open', rights: { presenceRequired: true } })
    await give('1001', '1002')
    const opened = await open()
    const present = (...numbers: string[]) =>
      setPresence(box.work, { organisation: undefined, present: numbers, absent: [], nobody: true })
    expect(await outcomes(sealVote(opened, '1003'))).toEqual(['not-present'])
    expect(await present('1002', '1003')).toMatchObject({ came: 2, left: 0, present: 2 })
    expect(
      await outcomes(sealVote(opened, '1003'), sealVote(opened, '1002 for 1001'), sealVote(opened, '1001')),
    ).toEqual(['accepted', 'accepted', 'not-present'])
    expect(await present('1003')).toMatchObject({ came: 0, left: 1, present: 1 })
    expect(await outcomes(sealVote(opened, '1002'))).toEqual(['not-present'])
  })
})

describe('in a secret election', () => {
  test('the token of the vote goes to who casts it, and there is one for each right', async () => {
    await draft({ contests: 'committee' })
    const early = join(box.folder, 'early.csv')
    await issueTokens(deps(), { election: box.slug, out: early, reserve: 0, expires: undefined })
    await give('1001', '1002')
    const opened = await open({ reserve: 1 })
    expect([...opened.tokens.keys()].sort()).toEqual(['1002 for 1001', 'R-001'])
    const all = { ...opened, tokens: new Map([...tokensIn(early), ...opened.tokens]) }
    expect(
      await outcomes(
        sealVote(all, '1001', [rank(0)]),
        sealVote(all, '1002 for 1001', [rank(1)]),
        sealVote(all, '1002', [rank(1)]),
      ),
    ).toEqual(['revoked-token', 'accepted', 'accepted'])
    const rights = JSON.parse(
      (
        await box.work.read((tx) =>
          tx.db.selectFrom('board_record').select('body').where('position', '=', 3).executeTakeFirstOrThrow(),
        )
      ).body,
    ) as string[]
    // Three voters, and one in reserve.
    expect(rights).toHaveLength(4)
  })

  test('taken back before it was cast, the voter gets a token of the reserve', async () => {
    await draft({ contests: 'committee' })
    await give('1001', '1002')
    const opened = await open({ reserve: 1 })
    expect(await takeBack('1001', box.slug)).toMatchObject({ tokenNeeded: true })
    const again = await issueTokens(deps(), {
      election: box.slug,
      out: undefined,
      reserve: 0,
      expires: undefined,
    })
    expect(again.assigned).toEqual([{ number: '1001', reserve: 'R-001' }])
    expect(
      await outcomes(sealVote(opened, '1002 for 1001', [rank(0)]), sealVote(opened, 'R-001', [rank(0)])),
    ).toEqual(['revoked-token', 'accepted'])
  })
})

describe('a weight in parts', () => {
  const split = (...parts: [string, Selections][]): SplitChoice => ({
    kind: 'split',
    parts: parts.map(([weight, choice]) => ({ weight, choice })),
  })

  test('counts exactly, and what is left of it is not cast', async () => {
    await draft({ visibility: 'named', weights: [1, 2.5, 1], rights: { allowVoteSplit: true } })
    const opened = await open()
    expect(
      await outcomes(
        sealVote(opened, '1001', [split(['0.3', choose(0)], ['0.7', choose(1)]), rank(0)]),
        sealVote(opened, '1002', [
          split(['0.5', choose(0)], ['0.5', choose(2)], ['0.000001', { kind: 'blank' }]),
          split(['1.25', rank(1)], ['1.25', rank(2)]),
        ]),
        sealVote(opened, '1003', [split(['0.7', choose(0)], ['0.300001', choose(1)]), rank(0)]),
      ),
    ).toEqual(['accepted', 'accepted', 'parts-exceed-weight'])
    const { contests, votes } = await count()
    expect(contests[0]?.tabulation.rounds[0]?.votes).toEqual(['0.8', '0.7', '0.5'])
    expect(contests[0]?.tabulation.statistics).toMatchObject({ valid: '2', blank: '0.000001', invalid: '0' })
    expect(contests[1]?.tabulation.rounds[0]?.votes).toEqual(['1', '1.25', '1.25'])
    expect(votes?.[0]?.choices[0]).toBe('0.3 Ada; 0.7 Bo')
    await asCertifier(box, (by) => certifyElection(deps(), box.slug, by))
  })

  test('stays exact when the voters are forgotten', async () => {
    await draft({ visibility: 'open', rights: { allowVoteSplit: true } })
    const opened = await open()
    await outcomes(sealVote(opened, '1001', [split(['0.3', choose(0)], ['0.7', choose(1)]), rank(0)]))
    const before = await count()
    await anonymiseElection(deps(), box.slug)
    const after = await readResultDocument(deps(), box.slug)
    expect(after.contests).toEqual(before.contests)
  })

  test('is refused in a secret election with the reason, and where it is not allowed', async () => {
    await draft({ contests: 'committee' })
    const opened = await open()
    expect(() => sealVote(opened, '1001', [split(['1', rank(0)])])).toThrow(
      'In a secret election a weight is not divided: its parts would tell whose ballot it is.',
    )
  })
})

test('a member weighs in one election what is said of it there, and elsewhere what is usual', async () => {
  await draft({ visibility: 'open', weights: [2, 1, 1] })
  expect(await setWeight(box.work, { election: box.slug, number: '1001', weight: '3.000001' })).toMatchObject(
    {
      weight: '3.000001',
      usual: '2',
      changed: true,
    },
  )
  await expect(
    setWeight(box.work, { election: box.slug, number: '1001', weight: '0' }),
  ).rejects.toMatchObject({ code: 'weight-invalid' })
  const opened = await open()
  await outcomes(sealVote(opened, '1001', [choose(0), rank(0)]))
  const { contests } = await count()
  expect(contests[0]?.tabulation.rounds[0]?.votes).toEqual(['3.000001', '0', '0'])
})
