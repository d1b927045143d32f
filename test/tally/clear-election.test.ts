import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Selections } from '../../src/ballot/selections.ts'
import { certifyElection } from '../../src/election/certify-election.ts'
import { parseClearElection } from '../../src/election/clear-election.ts'
import { closeElection } from '../../src/election/close-election.ts'
import { editElection } from '../../src/election/edit-election.ts'
import { findElection } from '../../src/election/find-election.ts'
import { credentialSecret, generateToken } from '../../src/sealing/credential.ts'
import { generateTrusteeKey } from '../../src/sealing/trustee-key.ts'
import { anonymiseElection } from '../../src/tally/anonymise.ts'
import type { ClearArchive } from '../../src/tally/clear-archive.ts'
import { readResultDocument } from '../../src/tally/read-result.ts'
import { runTally } from '../../src/tally/run-tally.ts'
import { addTrustee, listTrustees } from '../../src/tally/trustees.ts'
import { verifySource } from '../../src/tally/verify-archive.ts'
import { writeArchive } from '../../src/tally/write-archive.ts'
import { signBallot } from '../../src/voting/clear-ballot.ts'
import { asCertifier } from '../support/certifier.ts'
import { draftElection, group, ingestAll, type Opened, openedElection, sealVote } from '../voting/fixtures.ts'

let box: Opened
afterEach(() => box.close())

const deps = () => ({ work: box.work, group })
const choose = (option: number): Selections => ({ kind: 'options', options: [option] })
const rank = (...options: number[]): Selections => ({ kind: 'ranking', ranks: options.map((each) => [each]) })

async function count() {
  await closeElection(deps(), box.slug)
  await runTally(deps(), { slug: box.slug, seed: undefined })
  return readResultDocument(deps(), box.slug)
}

test('an open election is counted at once after the close, without trustees, the last ballot of a voter alone', async () => {
  box = await openedElection({ visibility: 'open' })
  const cast = await ingestAll(box.work, [
    sealVote(box, '1001', [choose(1), rank(0, 1)]),
    sealVote(box, '1001', [choose(0), rank(2, 1)]),
    sealVote(box, '1002', [choose(0), rank(2)]),
    sealVote(box, '1003', [{ kind: 'blank' }, rank(1)]),
  ])
  expect(cast.map(({ outcome }) => outcome)).toEqual(['accepted', 'recast', 'accepted', 'accepted'])
  const result = await count()
  expect(result.trustees).toEqual([])
  expect(result.ballots).toEqual({ counted: 3, replaced: 1 })
  expect(result.contests.map(({ winners }) => winners)).toEqual([['Ada'], ['Flo']])
  expect(result.contests[0]?.tabulation.statistics).toMatchObject({ valid: '2', blank: '1', invalid: '0' })
  expect(result.secrecy.kind).toBe('open')
  expect(result.votes).toBeNull()
})

test('the result of a vote by name says who voted what', async () => {
  box = await openedElection({ visibility: 'named' })
  await ingestAll(box.work, [
    sealVote(box, '1003', [{ kind: 'blank' }, rank(1)]),
    sealVote(box, '1001', [choose(0), rank(2, 1)]),
  ])
  const result = await count()
  expect(result.votes).toEqual([
    { number: '1001', name: expect.any(String), weight: '1', choices: ['Ada', '1 Flo, 2 Eli'] },
    { number: '1003', name: expect.any(String), weight: '1', choices: ['blank', '1 Eli'] },
  ])
})

describe('methods that need every ballot, or their order', () => {
  test('count what is not sealed, a ballot cast again in its new place, and the archive gives the same', async () => {
    box = await openedElection({ visibility: 'open', contests: 'unsealable' })
    const approve: Selections = { kind: 'options', options: [0, 1] }
    await ingestAll(box.work, [
      sealVote(box, '1001', [approve, rank(0, 1)]),
      sealVote(box, '1002', [approve, rank(0, 1)]),
      sealVote(box, '1003', [choose(1), rank(0, 1)]),
      sealVote(box, '1001', [approve, rank(0, 2)]),
    ])
    const result = await count()
    expect(result.contests.map(({ winners }) => winners)).toEqual([
      ['Ada', 'Bo'],
      ['Di', 'Flo'],
    ])
    const { report, contests } = await verify(await archiveText())
    expect(report.outcome).toBe('verified')
    expect(contests?.map(({ tabulation }) => tabulation.rounds)).toEqual(
      result.contests.map(({ tabulation }) => tabulation.rounds),
    )
    await expect(anonymiseElection(deps(), box.slug)).rejects.toThrow(
      'in the order in which its ballots came',
    )
  })

  test('are refused where ballots are sealed, and where they are to be', async () => {
    await expect(openedElection({ contests: 'unsealable' })).rejects.toMatchObject({
      code: 'contest-invalid',
    })
    const draft = await draftElection({ visibility: 'open', contests: 'unsealable' })
    const sealing = editElection(
      { work: draft.work, group },
      { election: draft.slug, changes: { visibility: 'secret' }, rehearsal: false },
    )
    await expect(sealing).rejects.toThrow('needs every ballot')
    await draft.close()
  })

  test('count no part of a vote by its place', async () => {
    const weighted = openedElection({ visibility: 'open', contests: 'unsealable', weights: [1.5, 1, 1] })
    await expect(weighted).rejects.toThrow('no whole number of votes')
  })
})

async function archiveText(): Promise<string> {
  const chunks: Uint8Array[] = []
  await box.work.read(async (tx) =>
    writeArchive(tx, await findElection(tx, box.slug), (bytes) => void chunks.push(bytes)),
  )
  return Buffer.concat(chunks).toString()
}

const verify = (text: string) =>
  verifySource(group, { name: 'an archive', open: () => [Buffer.from(text)] }, { seed: undefined })

describe('the public archive of an election in the clear', () => {
  beforeEach(async () => {
    box = await openedElection({ visibility: 'open' })
    await ingestAll(box.work, [
      sealVote(box, '1001', [choose(1), rank(0, 1)]),
      sealVote(box, '1001', [choose(0), rank(2, 1)]),
      sealVote(box, '1002', [choose(0), rank(2)]),
    ])
  })

  test('is not there before the close, where it would be a partial result', async () => {
    await expect(archiveText()).rejects.toMatchObject({ code: 'wrong-state' })
  })

  test('verifies, counts the same winners and has the head of the board', async () => {
    const result = await count()
    const { report, complete, contests } = await verify(await archiveText())
    expect(report).toMatchObject({ outcome: 'verified', ballots: 3, recasts: 1, voters: 3 })
    expect(report.head).toBe(result.board.head)
    expect(complete).toBe(true)
    expect(contests?.map(({ tabulation }) => tabulation.winners)).toEqual(
      result.contests.map(({ tabulation }) => tabulation.winners),
    )
    const certified = await asCertifier(box, (by) => certifyElection(deps(), box.slug, by))
    expect(certified.archiveHash).toBe(report.archiveHash)
  })

  test.each<[string, (archive: Archive) => void, string]>([
    ['a ballot of somebody else', ({ box }) => box.ballots.push(strange()), 'ballots'],
    ['a ballot twice', ({ box }) => box.ballots.push(box.ballots[0]!), 'ballots'],
    ['a changed choice', ({ box }) => change(box.ballots, (text) => text.replace('[0]', '[1]')), 'ballots'],
    ['a ballot less', ({ box }) => box.ballots.splice(1, 2), 'result'],
    ['another winner', ({ result }) => result![0]!.winners.splice(0, 1, 'Cy'), 'result'],
    ['another election', spoilElection, 'ballots'],
  ])('fails with %s', async (_, spoil, check) => {
    await count()
    const archive = JSON.parse(await archiveText()) as Archive
    spoil(archive)
    const { report } = await verify(JSON.stringify(archive))
    expect(report.outcome).toBe('failed')
    expect(report.checks.find(({ outcome }) => outcome === 'failed')?.id).toBe(check)
  })
})

type Archive = Omit<ClearArchive, 'box'> & { box: { kind: 'signed'; ballots: string[] } }

function spoilElection(archive: Archive): void {
  archive.election = archive.election.replace('Ada', 'Ida')
}

/** Signed as it should be, by a credential that is on no list. */
function strange(): string {
  const token = generateToken(group)
  return sealVote({ form: box.form, tokens: new Map([['x', token]]) }, 'x')
}

function change(ballots: string[], by: (text: string) => string): void {
  ballots[0] = by(ballots[0]!)
}

test('ballots that break the rules are refused with the reason, and where they are taken count as invalid', async () => {
  box = await openedElection({ visibility: 'open' })
  const broken = (options: number[]) => forged('1001', [{ kind: 'options', options }, rank(0)])
  expect(await ingestAll(box.work, [broken([0, 1]), broken([7]), forged('1001', ['???', rank(0)])])).toEqual([
    expect.objectContaining({
      code: 'invalid-vote',
      reason: 'In the contest “Chair”: 2 chosen, and at most 1 may be.',
    }),
    expect.objectContaining({ reason: 'In the contest “Chair”: one choice is none of its options.' }),
    expect.objectContaining({ reason: 'In the contest “Chair”: this is no vote of this contest.' }),
  ])
  await box.close()
  box = await openedElection({ visibility: 'open', allowInvalid: true })
  const taken = [
    broken([0, 1]),
    forged('1002', ['???', rank(0)]),
    sealVote(box, '1003', [choose(0), rank(1)]),
  ]
  expect((await ingestAll(box.work, taken)).map(({ outcome }) => outcome)).toEqual([
    'accepted',
    'accepted',
    'accepted',
  ])
  const { contests } = await count()
  expect(contests[0]?.tabulation.statistics).toMatchObject({ valid: '1', invalid: '2' })
  expect(contests[0]?.tabulation.invalidBallots).toEqual([
    { reason: 'too-many', ballots: 1 },
    { reason: 'unreadable', ballots: 1 },
  ])
  expect(contests[1]?.tabulation.statistics).toMatchObject({ valid: '3', invalid: '0' })
})

/** A ballot that is signed and may say anything. */
function forged(number: string, choices: readonly unknown[]): string {
  const election = parseClearElection(group, box.form.json)
  if ('refused' in election) throw new Error(election.refused)
  const secret = credentialSecret(group, { uuid: box.form.uuid, token: box.tokens.get(number)! })
  return signBallot(group, { election, secret, choices }).json
}

test('nobody but the holder of the token can cast a ballot, the office included', async () => {
  box = await openedElection({ visibility: 'open' })
  const mine = sealVote(box, '1001', [choose(0), rank(0)])
  const forgeries = [
    mine.replace('"options":[0]', '"options":[1]'),
    mine.replace(/"response":"\d+"/, '"response":"5"'),
    strange(),
    ` ${mine}`,
  ]
  const refused = await ingestAll(box.work, forgeries)
  expect(refused.map((each) => ('code' in each ? each.code : each.outcome))).toEqual([
    'wrong-hash',
    'wrong-signature',
    'unknown-credential',
    'not-canonical',
  ])
})

test('decimal weights count exactly as they are, by a ranking too', async () => {
  box = await openedElection({ visibility: 'open', voters: 3, weights: [0.5, 1.25, 1.000001] })
  await ingestAll(box.work, [
    sealVote(box, '1001', [choose(0), rank(0)]),
    sealVote(box, '1002', [choose(1), rank(1, 0)]),
    sealVote(box, '1003', [choose(0), rank(2, 0)]),
  ])
  const { contests } = await count()
  expect(contests[0]?.tabulation.rounds[0]?.votes).toEqual(['1.500001', '1.25', '0'])
  expect(contests[1]?.tabulation.rounds[0]?.votes).toEqual(['0.5', '1.25', '1.000001'])
  expect(contests[1]?.winners).toEqual(['Eli'])
})

test('it has no trustees, and whoever adds one is told why not', async () => {
  box = await openedElection({ visibility: 'open' })
  const { trustees } = await listTrustees(box.work, box.slug)
  expect(trustees).toEqual([])
  const file = { name: 'Bea', publicKey: generateTrusteeKey(group).publicKey }
  await expect(addTrustee(deps(), { slug: box.slug, file: file as never })).rejects.toThrow('are not sealed')
})
