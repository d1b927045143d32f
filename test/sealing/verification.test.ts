import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openingBytes, recordOf } from '../../src/sealing/archive.ts'
import { sealBallot } from '../../src/sealing/ballot.ts'
import type { BoardStep } from '../../src/sealing/board.ts'
import { crewOfOne } from '../../src/sealing/crew.ts'
import { partialDecryption, serializePartialDecryption } from '../../src/sealing/decryption.ts'
import { groupOrder } from '../../src/sealing/group.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { verifyArchive } from '../../src/sealing/verification.ts'
import type { VerificationReport } from '../../src/sealing/verification-report.ts'
import { vectorArchives, vectorsFolder } from '../support/corpus.ts'
import {
  approval,
  archiveOf,
  type BoardTexts,
  boardSteps,
  type HeldElection,
  holdElection,
  ranking,
} from '../support/held-election.ts'

const group = await loadGroup()

/** Two contests, two trustees, three voters, of whom the first votes again. */
const held = await holdElection(group, {
  questions: [approval, ranking],
  trustees: 2,
  weights: [1n, 1n, 1n],
  ballots: [
    [
      0,
      [
        [1, 0, 0],
        [1, 2, 3],
      ],
    ],
    [
      1,
      [
        [0, 1, 1],
        [3, 2, 1],
      ],
    ],
    [
      2,
      [
        [0, 0, 0],
        [2, 1, 3],
      ],
    ],
    [
      0,
      [
        [0, 1, 0],
        [1, 3, 2],
      ],
    ],
  ],
})
/** One contest, with weights. */
const weighted = await holdElection(group, {
  questions: [approval],
  trustees: 2,
  weights: [2n, 5n],
  ballots: [
    [0, [[1, 1, 0]]],
    [1, [[0, 1, 0]]],
  ],
})

async function verdictOn(texts: BoardTexts): Promise<VerificationReport> {
  return await verifyArchive(group, [archiveOf(boardSteps(group, texts))])
}

function failures({ checks }: VerificationReport) {
  return checks.filter(({ outcome }) => outcome === 'failed')
}

function outcomes({ checks }: VerificationReport): Record<string, string> {
  return Object.fromEntries(checks.map(({ id, outcome }) => [id, outcome]))
}

describe('an honest election', () => {
  test('is verified from its setup to its result', async () => {
    const archive = archiveOf(boardSteps(group, held.texts))
    const report = await verifyArchive(group, [archive])
    expect(failures(report)).toEqual([])
    expect(report).toMatchObject({
      outcome: 'verified',
      stage: 'finished',
      election: { name: 'Élection d’essai', fingerprint: held.sealed.fingerprint },
      ballots: 4,
      voters: 3,
      recasts: 1,
      head: boardSteps(group, held.texts).at(-1)!.head.hash,
      archiveHash: createHash('sha256').update(archive).digest('hex'),
    })
    expect(report.checks.map(({ id, outcome, count }) => ({ id, outcome, count }))).toEqual([
      { id: 'archive', outcome: 'passed', count: undefined },
      { id: 'chain', outcome: 'passed', count: 13 },
      { id: 'election', outcome: 'passed', count: undefined },
      { id: 'trustees', outcome: 'passed', count: 2 },
      { id: 'public-key', outcome: 'passed', count: undefined },
      { id: 'tokens', outcome: 'passed', count: 3 },
      { id: 'ballots', outcome: 'passed', count: 4 },
      { id: 'tally', outcome: 'passed', count: 3 },
      { id: 'shuffles', outcome: 'passed', count: 2 },
      { id: 'decryptions', outcome: 'passed', count: 2 },
      { id: 'result', outcome: 'passed', count: undefined },
    ])
    expect(report.result?.[0]).toEqual({ type: 'Homomorphic', totals: [0n, 2n, 1n] })
    const votes = report.result?.[1]?.type === 'NonHomomorphic' ? report.result[1].votes : []
    expect(votes.map(String).sort()).toEqual(['1,3,2', '2,1,3', '3,2,1'])
  })

  test('is told of in sentences that anybody can read', async () => {
    const sentences = (await verdictOn(held.texts)).checks.map(({ sentence }) => sentence)
    expect(sentences[6]).toBe(
      '4 ballots. Each is signed with a token of this election and proves to be well-formed.',
    )
    expect(sentences[8]).toBe(
      '2 of 2 trustees. Whoever shuffled the ballots proves to have changed, added and dropped none.',
    )
  })

  test('counts each ballot as its weight says, and needs no shuffle for totals', async () => {
    const report = await verdictOn(weighted.texts)
    expect(report.outcome).toBe('verified')
    expect(report.result).toEqual([{ type: 'Homomorphic', totals: [2n, 7n, 0n] }])
    expect(report.checks.map(({ id }) => id)).not.toContain('shuffles')
  })

  test('is verified as far as it is, at every step', async () => {
    const steps = boardSteps(group, held.texts)
    const stages = steps.map((_, i) => verifyArchive(group, [archiveOf(steps.slice(0, i + 1))]))
    const reports = await Promise.all(stages)
    expect(reports.every(({ outcome }) => outcome === 'verified')).toBe(true)
    expect(reports.map(({ stage }) => stage)).toEqual([
      ...['open', 'open', 'open', 'open', 'open', 'closed', 'tallied', 'shuffling', 'shuffling', 'shuffled'],
      ...['decrypting', 'decrypting', 'finished'].slice(0, steps.length - 10),
    ])
    expect(outcomes(reports[0]!)).toMatchObject({ tokens: 'passed', ballots: 'passed', tally: 'not-reached' })
    expect(outcomes(reports[7]!)).toMatchObject({ shuffles: 'passed', decryptions: 'not-reached' })
    expect(reports[7]?.checks.find(({ id }) => id === 'shuffles')?.sentence).toMatch(/^1 of 2 trustees/)
    expect(reports[2]).toMatchObject({ ballots: 2, recasts: 0, head: steps[2]!.head.hash })
  })

  test('without any ballot is an election too', async () => {
    const empty = await holdElection(group, {
      questions: [approval, ranking],
      trustees: 1,
      weights: [1n],
      ballots: [],
    })
    expect(await verdictOn(empty.texts)).toMatchObject({ outcome: 'verified', stage: 'finished', ballots: 0 })
  })

  test('is watched while it is verified', async () => {
    const steps: string[] = []
    const tenths = Array.from({ length: 10 }, (_, i) => `shuffles ${i + 1}/10`)
    const archive = archiveOf(boardSteps(group, held.texts))
    await verifyArchive(group, [archive], {
      progress: ({ check, done, total }) =>
        steps.push(`${check} ${done}${total === undefined ? '' : `/${total}`}`),
    })
    expect(steps).toEqual([
      ...['ballots 1', 'ballots 2', 'ballots 3', 'ballots 4'],
      ...[...tenths, ...tenths],
      ...['decryptions 1', 'decryptions 2'],
    ])
  })
})

/** What the forger writes on a board that is otherwise chained and written as it should be. */
interface Forgery {
  readonly does: string
  readonly election?: HeldElection
  readonly texts: (texts: BoardTexts) => Partial<BoardTexts>
  readonly check: string
  readonly reason: string
  readonly place?: object
}

const unshuffled = await unshuffledDecryption()

const stranger = await holdElection(group, {
  questions: [approval, ranking],
  trustees: 2,
  weights: [1n, 1n, 1n],
  ballots: [
    [
      0,
      [
        [1, 0, 0],
        [1, 2, 3],
      ],
    ],
    [
      1,
      [
        [1, 0, 0],
        [1, 2, 3],
      ],
    ],
    [
      2,
      [
        [1, 0, 0],
        [1, 2, 3],
      ],
    ],
  ],
})

const forgeries: Forgery[] = [
  {
    does: 'lets voters choose more answers than there are',
    texts: ({ election }) => ({ election: election.replace('"max":2', '"max":4') }),
    check: 'election',
    reason: 'more-choices-than-answers',
    place: { question: 1, part: 'questions[0]' },
  },
  {
    does: 'asks for more choices than it allows',
    texts: ({ election }) => ({ election: election.replace('"min":0', '"min":3') }),
    check: 'election',
    reason: 'wrong-shape',
  },
  {
    does: 'uses another group',
    texts: ({ election }) => ({ election: election.replace('Ed25519', 'RFC-3526-2048') }),
    check: 'election',
    reason: 'wrong-shape',
    place: { part: 'group' },
  },
  {
    does: 'changes a proof of a trustee’s key',
    texts: ({ trustees }) => ({ trustees: nextDigit(trustees, /"response":"(\d+)"/) }),
    check: 'trustees',
    reason: 'wrong-proof',
    place: { part: '[0].pok' },
  },
  {
    does: 'leaves out a trustee',
    texts: ({ trustees }) => ({ trustees: JSON.stringify(JSON.parse(trustees).slice(1)) }),
    check: 'public-key',
    reason: 'not-the-sum-of-the-trustees',
  },
  { does: 'has no trustee', texts: () => ({ trustees: '[]' }), check: 'trustees', reason: 'no-trustees' },
  {
    does: 'lists its tokens in the order they were made',
    texts: ({ credentials }) => ({ credentials: reordered(credentials) }),
    check: 'tokens',
    reason: 'not-sorted',
  },
  {
    does: 'lists a token twice',
    texts: ({ credentials }) => ({ credentials: credentials.replace(/\["(\w+)"/, '["$1","$1"') }),
    check: 'tokens',
    reason: 'wrong-shape',
    place: { part: '[1]' },
  },
  {
    does: 'gives a weight to one token only',
    texts: ({ credentials }) => ({ credentials: credentials.replace(/\["(\w+)"/, '["$1,1"') }),
    check: 'tokens',
    reason: 'weights-for-some-only',
  },
  {
    does: 'gives weights to votes that are opened one by one',
    texts: ({ credentials }) => ({ credentials: credentials.replaceAll(/"(\w+)"/g, '"$1,2"') }),
    check: 'tokens',
    reason: 'weight-would-name-a-vote',
  },
  {
    does: 'takes away a vote with a weight of zero',
    election: weighted,
    texts: ({ credentials }) => ({ credentials: credentials.replace(',5"', ',0"') }),
    check: 'tokens',
    reason: 'weight-zero',
  },
  {
    does: 'lets weights add up beyond the order of the group, where they count backwards',
    election: weighted,
    texts: ({ credentials }) => ({ credentials: credentials.replace(',5"', `,${groupOrder - 1n}"`) }),
    check: 'tokens',
    reason: 'weights-too-large',
    place: { height: 0 },
  },
  {
    does: 'gives a token a weight that is no number of the group',
    election: weighted,
    texts: ({ credentials }) => ({ credentials: credentials.replace(',5"', `,${'9'.repeat(76)}"`) }),
    check: 'tokens',
    reason: 'weights-too-large',
  },
  {
    does: 'puts in a ballot of nobody on the list',
    texts: ({ ballots }) => ({ ballots: [...ballots, strangersBallot()] }),
    check: 'ballots',
    reason: 'token-not-of-this-election',
    place: { height: 5, part: 'credential' },
  },
  {
    does: 'puts in a ballot of another election',
    texts: ({ ballots }) => ({ ballots: [...ballots, stranger.texts.ballots[0]!] }),
    check: 'ballots',
    reason: 'other-election',
    place: { height: 5, part: 'election_uuid' },
  },
  {
    does: 'rewrites the text of a ballot',
    texts: ({ ballots }) => ({ ballots: ballots.with(1, ballots[1]!.replace('{', '{ ')) }),
    check: 'ballots',
    reason: 'not-canonical',
    place: { height: 2 },
  },
  {
    does: 'changes a signature',
    texts: ({ ballots }) => ({
      ballots: ballots.with(2, nextDigit(ballots[2]!, /"response":"(\d+)"\}\}\}$/)),
    }),
    check: 'ballots',
    reason: 'wrong-signature',
    place: { height: 3, part: 'signature.proof' },
  },
  {
    does: 'puts in the same ballot twice',
    texts: ({ ballots }) => ({ ballots: [...ballots, ballots[0]!] }),
    check: 'chain',
    reason: 'ballot-repeated',
    place: { height: 5 },
  },
  {
    does: 'drops the last ballot and counts it all the same',
    texts: ({ ballots }) => ({ ballots: ballots.slice(0, -1) }),
    check: 'tally',
    reason: 'not-the-sum-of-the-ballots',
  },
  {
    does: 'counts the first ballot of a voter instead of the last',
    texts: ({ ballots }) => ({ ballots: [ballots[3]!, ballots[1]!, ballots[2]!, ballots[0]!] }),
    check: 'tally',
    reason: 'not-the-sum-of-the-ballots',
  },
  {
    does: 'says that more ballots were counted',
    texts: ({ tallied }) => ({ tallied: { ...tallied, num_tallied: 4 } }),
    check: 'tally',
    reason: 'wrong-number-of-ballots',
    place: { height: 6, part: 'num_tallied' },
  },
  {
    does: 'says that they weigh more',
    election: weighted,
    texts: ({ tallied }) => ({ tallied: { ...tallied, total_weight: 8n } }),
    check: 'tally',
    reason: 'wrong-total-weight',
  },
  {
    does: 'opens the votes without a shuffle',
    texts: () => ({ shuffles: [] }),
    check: 'shuffles',
    reason: 'not-shuffled',
  },
  {
    does: 'shuffles twice in the name of one trustee',
    texts: ({ shuffles }) => ({ shuffles: shuffles.map(({ shuffle }) => ({ owner: 1, shuffle })) }),
    check: 'shuffles',
    reason: 'trustee-twice',
    place: { height: 8, trustee: 1 },
  },
  {
    does: 'shuffles in the name of nobody',
    texts: ({ shuffles }) => ({ shuffles: shuffles.with(1, { ...shuffles[1]!, owner: 3 }) }),
    check: 'shuffles',
    reason: 'no-such-trustee',
    place: { height: 8, trustee: 3 },
  },
  {
    does: 'turns the order of the shuffles',
    texts: ({ shuffles }) => ({ shuffles: shuffles.toReversed() }),
    check: 'shuffles',
    reason: 'commitment-chain',
    place: { height: 7, trustee: 2, question: 2 },
  },
  {
    does: 'takes the shuffles of another election',
    texts: () => ({ shuffles: stranger.texts.shuffles }),
    check: 'shuffles',
    reason: 'commitment-chain',
    place: { height: 7, trustee: 1, question: 2 },
  },
  {
    does: 'writes a shuffle in another way',
    texts: ({ shuffles }) => ({
      shuffles: shuffles.with(0, { owner: 1, shuffle: ` ${shuffles[0]!.shuffle}` }),
    }),
    check: 'shuffles',
    reason: 'not-canonical',
  },
  {
    does: 'shuffles where there is nothing to shuffle',
    election: weighted,
    texts: () => ({ shuffles: held.texts.shuffles.slice(0, 1) }),
    check: 'shuffles',
    reason: 'nothing-to-shuffle',
  },
  {
    does: 'decrypts what was there before the shuffles',
    texts: ({ decryptions }) => ({ decryptions: decryptions.with(0, unshuffled) }),
    check: 'decryptions',
    reason: 'wrong-proof',
    place: { height: 10, trustee: 1, part: 'decryption_proofs[1][0]' },
  },
  {
    does: 'exchanges the decryptions of two trustees',
    texts: ({ decryptions: [a, b] }) => ({
      decryptions: [
        { ...b!, owner: 1 },
        { ...a!, owner: 2 },
      ],
    }),
    check: 'decryptions',
    reason: 'wrong-proof',
    place: { height: 10, trustee: 1, part: 'decryption_proofs[0][0]' },
  },
  {
    does: 'decrypts in the name of nobody',
    texts: ({ decryptions }) => ({ decryptions: decryptions.with(1, { ...decryptions[1]!, owner: 7 }) }),
    check: 'decryptions',
    reason: 'no-such-trustee',
  },
  {
    does: 'decrypts twice in the name of one trustee',
    texts: ({ decryptions }) => ({ decryptions: [decryptions[0]!, unshuffled] }),
    check: 'decryptions',
    reason: 'trustee-twice',
    place: { height: 11, trustee: 1 },
  },
  {
    does: 'leaves out a trustee’s decryption',
    texts: ({ decryptions }) => ({ decryptions: decryptions.slice(1) }),
    check: 'result',
    reason: 'decryptions-missing',
  },
  {
    does: 'publishes another total',
    texts: ({ result }) => ({ result: result.replace('[0,2,1]', '[1,1,1]') }),
    check: 'result',
    reason: 'not-what-was-opened',
    place: { height: 12, part: 'result[0][0]' },
  },
  {
    does: 'publishes another vote',
    texts: ({ result }) => ({ result: result.replace('[1,3,2]', '[3,1,2]') }),
    check: 'result',
    reason: 'not-what-was-opened',
  },
  {
    does: 'leaves a vote out of the result',
    texts: ({ result }) => ({ result: withoutFirstVote(result) }),
    check: 'result',
    reason: 'not-what-was-opened',
    place: { part: 'result[1]' },
  },
]

describe('a forger is found out', () => {
  test.each(forgeries)('who $does', async ({ election = held, texts, check, reason, place = {} }) => {
    const report = await verdictOn({ ...election.texts, ...texts(election.texts) })
    expect(report.outcome).toBe('failed')
    expect(failures(report)).toMatchObject([{ id: check, reason }])
    expect(failures(report)[0]?.place).toMatchObject({
      file: expect.stringMatching(/^[0-9a-f]{64}\.data\.json$/),
      height: expect.any(Number),
      ...place,
    })
    expect(report.result).toBeUndefined()
    expect(outcomes(report).result).not.toBe('passed')
  })

  test('who names another tally than the one beside it', async () => {
    const steps = boardSteps(group, held.texts).slice(0, 6)
    const last = steps.at(-1)!.head
    const tally = recordOf(group, 'data', held.texts.tallied.tally)
    const named = '0'.repeat(64)
    const sized = recordOf(group, 'data', `{"num_tallied":3,"total_weight":3,"encrypted_tally":"${named}"}`)
    const event = recordOf(
      group,
      'event',
      `{"parent":"${last.hash}","height":6,"type":"EncryptedTally","payload":"${sized.hash}"}`,
    )
    const step: BoardStep = { records: [tally, sized, event], head: { hash: event.hash, height: 6 } }
    const report = await verifyArchive(group, [archiveOf([...steps, step])])
    expect(failures(report)).toMatchObject([{ id: 'tally', reason: 'another-tally-is-named' }])
  })

  test('who appends something after the result', async () => {
    const steps = boardSteps(group, held.texts)
    const report = await verifyArchive(group, [archiveOf([...steps, ...steps.slice(-1)])])
    expect(failures(report)).toMatchObject([{ id: 'chain', reason: 'event-out-of-turn' }])
    const stray = recordOf(group, 'data', '"by the way"')
    const more = await verifyArchive(group, [archiveOf([...steps, { ...steps[0]!, records: [stray] }])])
    expect(failures(more)).toMatchObject([{ id: 'chain', reason: 'data-not-referred-to' }])
  })

  test('and the hash of the whole archive is told even so', async () => {
    const archive = archiveOf(boardSteps(group, held.texts))
    archive[2000] = archive[2000]! ^ 1
    const halves = [archive.subarray(0, 4000), archive.subarray(4000)]
    const report = await verifyArchive(group, halves)
    expect(report.archiveHash).toBe(createHash('sha256').update(archive).digest('hex'))
    expect(failures(report)).toMatchObject([{ id: 'archive', place: { height: 0 } }])
  })

  test('and two things wrong in two ways are both told', async () => {
    const texts = { ...held.texts, ballots: held.texts.ballots.with(0, strangersBallot()) }
    const archive = Buffer.concat([archiveOf(boardSteps(group, texts)), Buffer.alloc(512)])
    const report = await verifyArchive(group, [archive])
    expect(failures(report).map(({ id, reason }) => [id, reason])).toEqual([
      ['archive', 'tar-header-differs'],
      ['ballots', 'token-not-of-this-election'],
    ])
  })
})

test('an archive with nothing on its board is no election', async () => {
  const report = await verifyArchive(group, [openingBytes(0)])
  expect(report).toMatchObject({ outcome: 'failed', stage: 'empty', voters: 0 })
  expect(failures(report)).toMatchObject([{ id: 'chain', reason: 'no-events' }])
})

test('an archive is refused with any one of its bytes changed, in every file and every part of it', async () => {
  const archive = archiveOf(boardSteps(group, held.texts))
  for (const offset of oneByteOfEachPart(archive)) {
    const changed = Buffer.from(archive)
    changed[offset] = changed[offset]! ^ (1 << (offset % 8))
    const { outcome } = await verifyArchive(group, [changed])
    expect(outcome, `byte ${offset}`).toBe('failed')
  }
})

describe.skipIf(vectorsFolder() === undefined)('an archive from elsewhere', () => {
  const path = (archive: string) => join(vectorsFolder()!, archive)
  const forged = vectorArchives().filter((archive) => archive.startsWith('forged'))
  const honest = vectorArchives().filter((archive) => !forged.includes(archive))

  test.each(honest)('%s is verified', async (archive) => {
    const report = await verifyArchive(group, [readFileSync(path(archive))])
    expect(failures(report)).toEqual([])
    expect(report).toMatchObject({ outcome: 'verified', stage: 'finished' })
    expect(report.checks.every(({ outcome }) => outcome === 'passed')).toBe(true)
  })

  test.each([
    ['forged-signature.bel', 'wrong-signature', 'signature.proof'],
    ['forged-proof-1000-votes.bel', 'wrong-hash', 'signature.hash'],
  ])('%s is refused for its second ballot', async (archive, reason, part) => {
    const report = await verifyArchive(group, [readFileSync(path(archive))])
    expect(report.outcome).toBe('failed')
    expect(failures(report)).toMatchObject([{ id: 'ballots', reason, place: { height: 2, part } }])
    expect(outcomes(report)).toMatchObject({ tally: 'not-reached', result: 'not-reached' })
  })

  test.each(['control.bel', 'bytes30.bel'])(
    '%s is refused with any one of its bytes changed',
    async (archive) => {
      const bytes = readFileSync(path(archive))
      for (const offset of oneByteOfEachPart(bytes)) {
        const changed = Buffer.from(bytes)
        changed[offset] = changed[offset]! ^ 1
        const { outcome } = await verifyArchive(group, [changed])
        expect(outcome, `byte ${offset}`).toBe('failed')
      }
    },
  )
})

/** For each file of an archive a byte of its header, one of its content and one of its padding. */
function oneByteOfEachPart(archive: Buffer): number[] {
  const offsets: number[] = []
  for (let start = 0; start < archive.length; ) {
    const size = Number.parseInt(archive.subarray(start + 124, start + 135).toString(), 8)
    const end = start + 512 + 512 * Math.ceil(size / 512)
    offsets.push(start + ((offsets.length * 61) % 512), start + 512 + ((offsets.length * 37) % size))
    if (start + 512 + size < end) offsets.push(start + 512 + size, end - 1)
    start = end
  }
  return offsets
}

/** The text with the last digit of the number in the pattern's first group made another. */
function nextDigit(text: string, pattern: RegExp): string {
  return text.replace(pattern, (found, number: string) => {
    const other = number.slice(0, -1) + ((Number(number.at(-1)) + 1) % 10)
    return found.replace(number, other)
  })
}

/** The entries of a list of three in an order that is neither of the two allowed. */
function reordered(credentials: string): string {
  const entries: string[] = JSON.parse(credentials)
  const byBytes = [...entries]
  const byText = entries.toSorted()
  const orders = [
    [0, 2, 1],
    [1, 0, 2],
    [2, 0, 1],
  ].map((order) => order.map((i) => entries[i]!))
  const wrong = orders.find((order) => String(order) !== String(byBytes) && String(order) !== String(byText))
  return JSON.stringify(wrong)
}

function withoutFirstVote(json: string): string {
  const { result } = JSON.parse(json)
  return JSON.stringify({ result: [result[0], result[1].slice(1)] })
}

function strangersBallot(): string {
  const choices = [
    [1, 0, 0],
    [1, 2, 3],
  ]
  return sealBallot(group, { election: held.sealed, secret: group.randomScalar(), choices }).json
}

async function unshuffledDecryption() {
  const { sealed: election, trusteeSecrets, tally } = held
  const decryption = await partialDecryption(crewOfOne(group), {
    election,
    secret: trusteeSecrets[0]!,
    tally,
  })
  return { owner: 1, partialDecryption: serializePartialDecryption(group, decryption) }
}
