import { afterEach, describe, expect, test } from 'vitest'
import type { Selections } from '../../src/ballot/selections.ts'
import { cancelElection } from '../../src/election/cancel-election.ts'
import { findElection } from '../../src/election/find-election.ts'
import { publishResult } from '../../src/election/publication.ts'
import { partialDecryptionRecords, shuffleRecords } from '../../src/sealing/board.ts'
import type { UnitOfWork } from '../../src/store/unit-of-work.ts'
import { appendStep } from '../../src/tally/append-step.ts'
import { verifyArchiveFile } from '../../src/tally/archive-file.ts'
import { readResultDocument } from '../../src/tally/read-result.ts'
import { runTally } from '../../src/tally/run-tally.ts'
import { readStoredBoard } from '../../src/tally/stored-board.ts'
import {
  blank,
  chair,
  choice,
  closedElection,
  committee,
  contestOf,
  contributionOf,
  exportedArchive,
  group,
  ranking,
  receive,
  type SmallElection,
  talliedElection,
  tally,
  votedElection,
} from './small-election.ts'

let election: SmallElection | undefined
afterEach(async () => election?.close())

const votes = [
  [0, [choice(0), ranking(0, 1)]],
  [1, [choice(1), ranking(1)]],
  [2, [choice(0), ranking(1, 0)]],
] as const

async function resultOf({ work, slug }: SmallElection) {
  return readResultDocument({ work, group }, slug)
}

async function actionsOf({ work }: SmallElection): Promise<string[]> {
  const rows = await work.read(({ db }) =>
    db.selectFrom('audit_entry').select('action').orderBy('position').execute(),
  )
  return rows.map(({ action }) => action)
}

async function secretOf({ work }: SmallElection): Promise<Uint8Array | null> {
  const row = await work.read(({ db }) =>
    db.selectFrom('trustee').select('secret').where('kind', '=', 'server').executeTakeFirstOrThrow(),
  )
  return row.secret
}

test('an election with two trustees goes from the close to its result, each waited for by name', async () => {
  election = await closedElection({ contests: [chair, committee], trustees: ['Ruth', 'Sam'], votes })
  await expect(tally(election)).rejects.toThrow('waits for the shuffle of Ruth')
  await receive(election, await contributionOf(election, 'Ruth', 'shuffle'))
  await expect(tally(election)).rejects.toThrow('waits for the shuffle of Sam')
  await receive(election, await contributionOf(election, 'Sam', 'shuffle'))
  await expect(tally(election)).rejects.toThrow('waits for the decryption of Ruth and Sam')
  await receive(election, await contributionOf(election, 'Sam', 'decryption'))
  await expect(tally(election)).rejects.toThrow('waits for the decryption of Ruth;')
  expect(await secretOf(election)).not.toBeNull()
  await receive(election, await contributionOf(election, 'Ruth', 'decryption'))
  expect(await tally(election)).toEqual({ election: 'chapter', changed: true })
  expect(await tally(election)).toEqual({ election: 'chapter', changed: false })
  const { contests, election: about } = await resultOf(election)
  expect(contests.map(({ winners }) => winners)).toEqual([['Ada'], ['Eli']])
  expect(about.status).toBe('tallied')
  expect(await secretOf(election)).toBeNull()
  expect((await actionsOf(election)).slice(-4)).toEqual([
    'result-opened',
    'tabulation-started',
    'election-tallied',
    'tabulation-completed',
  ])
})

test('a contest without rankings is opened without a shuffle', async () => {
  election = await closedElection({
    contests: [chair],
    trustees: ['Ruth'],
    votes: votes.map(([voter, [first]]) => [voter, [first]]),
  })
  await expect(tally(election)).rejects.toThrow('waits for the decryption of Ruth')
  await receive(election, await contributionOf(election, 'Ruth', 'decryption'))
  expect(await tally(election)).toMatchObject({ changed: true })
  expect((await actionsOf(election)).filter((action) => action.includes('shuffle'))).toEqual([])
})

test('the box of a cancelled election is never opened, not even by a step that was under way', async () => {
  election = await closedElection({ contests: [chair], trustees: ['Ruth'], votes: [] })
  const { work, slug } = election
  await expect(tally(election)).rejects.toMatchObject({ code: 'tally-waits' })
  const decryption = await contributionOf(election, 'Ruth', 'decryption')
  const before = await work.read(async (tx) => readStoredBoard(tx, await findElection(tx, slug)))
  await cancelElection(work, { election: slug, reason: undefined })
  for (const attempt of [tally, (of: SmallElection) => receive(of, decryption)]) {
    await expect(attempt(election)).rejects.toMatchObject({
      code: 'wrong-state',
      message: 'chapter is cancelled: its box is never opened.',
    })
  }
  const late = partialDecryptionRecords(group, before.head, { owner: 2, partialDecryption: '{}' })
  const appended = await work.write('test', async (tx) =>
    appendStep(tx, await findElection(tx, slug), { after: before.head, step: late }),
  )
  expect(appended).toBe(false)
})

test('an election in which nobody voted is counted and verifies, though its trustees have the same to say', async () => {
  election = await talliedElection({ contests: [committee], trustees: ['Ruth', 'Sam'], votes: [] })
  const { contests } = await resultOf(election)
  expect(contests[0]?.tabulation.statistics).toMatchObject({ valid: '0' })
  const report = await verifyArchiveFile(group, await exportedArchive(election))
  expect(report).toMatchObject({ outcome: 'verified', stage: 'finished', ballots: 0 })
})

test('nothing of an open election is opened or shown', async () => {
  election = await votedElection({ contests: [chair, committee], votes })
  await expect(tally(election)).rejects.toMatchObject({ code: 'wrong-state' })
  await expect(resultOf(election)).rejects.toMatchObject({ code: 'result-not-found' })
  await expect(exportedArchive(election)).resolves.toMatch(/\.bel$/)
})

test('a box without a ballot is counted too', async () => {
  election = await talliedElection({
    contests: [contestOf('Chair', 'majority', ['Ada', 'Bo']), committee],
    votes: [],
  })
  const { contests, ballots } = await resultOf(election)
  expect(ballots).toEqual({ counted: 0, replaced: 0 })
  expect(contests.map(({ tabulation }) => tabulation.statistics.valid)).toEqual(['0', '0'])
})

test('of several ballots of a voter the last counts', async () => {
  election = await talliedElection({
    contests: [chair, committee],
    votes: [...votes, [0, [choice(2), ranking(2)]], [1, [choice(2), ranking(2)]]],
  })
  const { contests, ballots } = await resultOf(election)
  expect(contests.map(({ winners }) => winners)).toEqual([['Cy'], ['Flo']])
  expect(ballots).toEqual({ counted: 3, replaced: 2 })
})

test('scores are sealed, shuffled, opened, counted and verified like any ballot', async () => {
  const scores = (...given: number[]): Selections => ({ kind: 'scores', scores: given })
  election = await talliedElection({
    contests: [
      contestOf('Logo', 'star', ['Sun', 'Tree', 'Wave']),
      contestOf('Days', 'score', ['Monday', 'Friday'], { rules: { highestScore: 10 } }),
    ],
    votes: [
      [0, [scores(5, 4, 0), scores(10, 0)]],
      [1, [scores(0, 3, 5), scores(4, 9)]],
      [2, [blank, scores(0, 6)]],
    ],
  })
  const { contests } = await resultOf(election)
  const [logo, days] = contests.map(({ tabulation }) => tabulation)
  expect(logo!.statistics).toMatchObject({ valid: '2', blank: '1', invalid: '0' })
  expect(logo!.rounds[0]!.votes).toEqual(['5', '7', '5'])
  expect(days!.rounds[0]!.votes).toEqual(['14', '15'])
  expect(contests[1]!.winners).toEqual(['Friday'])
  const report = await verifyArchiveFile(group, await exportedArchive(election))
  expect(report).toMatchObject({ outcome: 'verified', stage: 'finished' })
})

describe('totals', () => {
  test('are what counting the same ballots one by one gives', async () => {
    const chosen = [choice(0), choice(1), blank, choice(1), choice(2), choice(1), blank]
    election = await talliedElection({
      contests: [chair],
      weightsMicros: chosen.map(() => 1_000_000),
      votes: chosen.map((selections, voter) => [voter, [selections]]),
    })
    const [contest] = (await resultOf(election)).contests
    const counted = [0, 1, 2].map((option) =>
      String(chosen.filter((each) => each.kind === 'options' && each.options.includes(option)).length),
    )
    expect(contest!.tabulation.rounds[0]!.votes).toEqual(counted)
    expect(contest!.tabulation.statistics).toMatchObject({ valid: '5', blank: '2', invalid: '0' })
  })

  test('are told in votes where voters weigh fractions of one', async () => {
    election = await talliedElection({
      contests: [chair],
      weightsMicros: [2_500_000, 1_250_000, 3_000_000],
      votes: [
        [0, [choice(1)]],
        [1, [choice(1)]],
        [2, [choice(0)]],
      ],
    })
    const [contest] = (await resultOf(election)).contests
    expect(contest!.tabulation.rounds[0]!.votes).toEqual(['3', '3.75', '0'])
    expect(contest!.winners).toEqual(['Bo'])
  })

  test('of rankings are told in votes where every voter weighs the same', async () => {
    election = await talliedElection({
      contests: [committee],
      weightsMicros: [500_000, 500_000, 500_000],
      votes: votes.map(([voter, [, second]]) => [voter, [second]]),
    })
    const [contest] = (await resultOf(election)).contests
    expect(contest!.tabulation.statistics.valid).toBe('1.5')
  })
})

describe('a tie', () => {
  const tied = [
    [0, [choice(0)]],
    [1, [choice(1)]],
  ] as const

  test('is a result, and a seed decides it once and for all', async () => {
    election = await talliedElection({ contests: [chair], votes: tied })
    const outcome = async () => (await resultOf(election!)).contests[0]!
    expect((await outcome()).tabulation.outcome.kind).toBe('tied')
    expect(await tally(election)).toMatchObject({ changed: false })
    expect(await tally(election, 'drawn in public: 7 12 23')).toMatchObject({ changed: true })
    const decided = await outcome()
    expect(decided.tabulation.outcome.kind).toBe('decided')
    expect(decided.tabulation.ties[0]?.decisions[0]).toMatchObject({
      by: 'lot',
      seed: 'drawn in public: 7 12 23',
    })
    for (const seed of ['a', 'b', 'c', 'd', 'e']) {
      expect(await tally(election, seed)).toMatchObject({ changed: false })
    }
    expect((await outcome()).winners).toEqual(decided.winners)
  })

  test('that stays open does not let the lot of another contest be drawn again', async () => {
    const never = { ...contestOf('Treasurer', 'plurality', ['Di', 'Eli']), rules: { ties: ['backwards'] } }
    const both = tied.map(([voter, [first]]) => [voter, [first, choice(voter)]] as const)
    election = await talliedElection({ contests: [chair, never], votes: both }, 'first')
    const winners = async () => (await resultOf(election!)).contests.map(({ winners }) => winners)
    const drawn = await winners()
    expect(drawn.map(({ length }) => length)).toEqual([1, 0])
    for (const seed of ['a', 'b', 'c', 'd', 'e', 'f']) {
      expect(await tally(election, seed)).toMatchObject({ changed: false })
      expect(await winners()).toEqual(drawn)
    }
  })

  test('a published result is not changed by a lot any more', async () => {
    election = await talliedElection({ contests: [chair], votes: tied })
    await publishResult(election.work, { election: election.slug })
    const before = await actionsOf(election)
    await expect(tally(election, 'drawn too late')).rejects.toThrow(
      'has a published result, so no lot is drawn',
    )
    expect(await actionsOf(election)).toEqual(before)
    expect((await resultOf(election)).contests[0]!.tabulation.outcome.kind).toBe('tied')
  })

  test('of a result that is published while the lot is drawn stays open', async () => {
    election = await talliedElection({ contests: [chair], votes: tied })
    const { work, slug } = election
    const slow = overtakenBefore(work, 2, () => publishResult(work, { election: slug }))
    await expect(runTally({ work: slow, group }, { slug, seed: 'drawn' })).rejects.toThrow('no lot is drawn')
    expect((await resultOf(election)).contests[0]!.tabulation.outcome.kind).toBe('tied')
  })

  test('is decided at once where the seed was published before the count', async () => {
    election = await talliedElection({ contests: [chair], votes: tied }, 'published')
    expect((await resultOf(election)).contests[0]!.tabulation.outcome.kind).toBe('decided')
  })

  test('is decided by the same lot where the rules leave it to people', async () => {
    const asked = { ...chair, rules: { ties: ['ask'] } }
    election = await talliedElection({ contests: [asked], votes: tied }, 'published')
    expect((await resultOf(election)).contests[0]!.tabulation.ties[0]?.decisions).toEqual([{ by: 'ask' }])
  })
})

test.each([
  ['its first step', 1],
  ['its count', 6],
])('a tally that somebody else overtakes before %s does nothing twice', async (_, write) => {
  election = await closedElection({ contests: [chair, committee], votes })
  const { work, slug } = election
  const slow = overtakenBefore(work, write, () => tally(election!))
  expect(await runTally({ work: slow, group }, { slug, seed: undefined })).toMatchObject({ changed: false })
  const actions = await actionsOf(election)
  for (const action of ['ballots-shuffled', 'tally-decrypted', 'result-opened', 'election-tallied']) {
    expect(actions.filter((each) => each === action)).toHaveLength(1)
  }
})

test('a step computed from an older board is not added', async () => {
  election = await closedElection({ contests: [committee], votes: [] })
  const { work, slug } = election
  const { found, board } = await work.read(async (tx) => {
    const found = await findElection(tx, slug)
    return { found, board: await readStoredBoard(tx, found) }
  })
  const step = shuffleRecords(group, board.head, { owner: 1, shuffle: '{}' })
  await tally(election)
  const added = await work.write('test', (tx) => appendStep(tx, found, { after: board.head, step }))
  expect(added).toBe(false)
})

test('a tally that is interrupted after any step goes on from there to the same result', async () => {
  election = await closedElection({ contests: [chair, committee], votes })
  const { work, slug } = election
  // The shuffle, the end of the shuffles, the decryption, the result, the start of the count.
  for (let step = 1; step <= 5; step++) {
    const dying = runTally({ work: interruptedAfterOneStep(work), group }, { slug, seed: undefined })
    await expect(dying).rejects.toThrow('interrupted')
  }
  expect(await tally(election)).toMatchObject({ changed: true })
  expect((await resultOf(election)).contests.map(({ winners }) => winners)).toEqual([['Ada'], ['Eli']])
  const actions = await actionsOf(election)
  expect(actions.filter((action) => action === 'result-opened')).toHaveLength(1)
})

/** A unit of work whose process dies when, after one step, it is about to write the next. */
function interruptedAfterOneStep(work: UnitOfWork): UnitOfWork {
  return beforeWrite(work, (number) => {
    if (number > 1) throw new Error('interrupted')
  })
}

function overtakenBefore(work: UnitOfWork, write: number, overtake: () => Promise<unknown>): UnitOfWork {
  return beforeWrite(work, async (number) => {
    if (number === write) await overtake()
  })
}

/** The same unit of work, on which something happens before each write; the first is number 1. */
function beforeWrite(work: UnitOfWork, happen: (number: number) => Promise<void> | void): UnitOfWork {
  let written = 0
  return new Proxy(work, {
    get(target, name) {
      if (name !== 'write') return Reflect.get(target, name).bind(target)
      return async (deed: string, change: Parameters<UnitOfWork['write']>[1]) => {
        await happen(++written)
        return target.write(deed, change)
      }
    },
  })
}
