import { describe, expect, test } from 'vitest'
import type { PlainAnswer } from '../../src/sealing/answer.ts'
import { combineDecryptions, type OwnedDecryption } from '../../src/sealing/combination.ts'
import { crewOfOne } from '../../src/sealing/crew.ts'
import {
  parsePartialDecryption,
  partialDecryption,
  verifyPartialDecryption,
} from '../../src/sealing/decryption.ts'
import { shuffleFormat } from '../../src/sealing/election-shuffle.ts'
import { type EncryptedTally, tallyBallots, withShuffled } from '../../src/sealing/encrypted-tally.ts'
import type { Scalar } from '../../src/sealing/group.ts'
import { groupOrder } from '../../src/sealing/group.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import {
  type ElectionResult,
  findWrongResult,
  parseResult,
  readResult,
  serializeResult,
} from '../../src/sealing/result.ts'
import { trusteeKeys } from '../../src/sealing/trustee.ts'
import { readTrusteeSecret } from '../../src/sealing/trustee-key.ts'
import { readPrivateFiles } from '../support/board-files.ts'
import { vectorsFolder } from '../support/corpus.ts'
import {
  type ElectionFixture,
  electionWith,
  homomorphic,
  lists,
  nonHomomorphic,
} from '../support/election-fixture.ts'
import { accepted, type BoardFixture, cast, readBoardFixture } from '../support/tally-fixture.ts'

const group = await loadGroup()

async function open(
  { election, trustees, trusteeSecrets }: ElectionFixture,
  ballots: [bigint, PlainAnswer[]][],
) {
  const { tally, total_weight: totalWeight } = tallyBallots(
    group,
    election,
    ballots.map(([weight, choices]) => ({ ballot: cast(group, election, ...choices), weight })),
  )
  const decryptions = await Promise.all(
    trusteeSecrets.map(async (secret, index) => ({
      owner: index + 1,
      decryption: await partialDecryption(crewOfOne(group), { election, secret, tally }),
    })),
  )
  const combined = combineDecryptions(group, { trustees, tally, decryptions })
  if ('missing' in combined) throw new Error('a decryption is missing')
  const { plaintexts } = combined
  return { plaintexts, read: readResult(group, { election, plaintexts, totalWeight }) }
}

test('what was voted comes out: totals with their weights, blank votes, lists', async () => {
  const fixture = electionWith(group, homomorphic(2, { min: 1, max: 2, blank: true }), lists(2, 1))
  const { read } = await open(fixture, [
    [
      1n,
      [
        [0, 1, 1],
        [
          [1, 1, 1],
          [0, 0],
        ],
      ],
    ],
    [
      10n,
      [
        [1, 0, 0],
        [
          [0, 0, 0],
          [1, 1],
        ],
      ],
    ],
    [
      100n,
      [
        [0, 0, 1],
        [
          [1, 0, 1],
          [0, 0],
        ],
      ],
    ],
  ])
  expect(read).toEqual({
    result: [
      { type: 'Homomorphic', totals: [10n, 1n, 101n] },
      {
        type: 'Lists',
        totals: [
          [101n, 1n, 101n],
          [10n, 10n],
        ],
      },
    ],
  })
})

test('every single vote comes out, that of nobody too', async () => {
  const thirty = Array.from({ length: 30 }, (_, index) => 8 * index)
  const fixture = electionWith(group, nonHomomorphic(30))
  const { read } = await open(fixture, [
    [1n, [thirty]],
    [1n, [new Array<number>(30).fill(0)]],
  ])
  const result = 'result' in read ? read.result[0] : undefined
  expect(result?.type === 'NonHomomorphic' && result.votes.toSorted()).toEqual(
    [new Array<number>(30).fill(0), thirty].toSorted(),
  )
})

test('an election in which nobody voted has a result', async () => {
  const fixture = electionWith(group, homomorphic(2, { min: 1, max: 1 }), nonHomomorphic(2))
  const { read } = await open(fixture, [])
  expect(read).toEqual({
    result: [
      { type: 'Homomorphic', totals: [0n, 0n] },
      { type: 'NonHomomorphic', votes: [] },
    ],
  })
})

describe('a claimed result is checked against the opened points', async () => {
  const fixture = electionWith(group, homomorphic(2, { min: 1, max: 1 }), nonHomomorphic(2))
  const { plaintexts, read } = await open(fixture, [
    [
      1n,
      [
        [1, 0],
        [1, 2],
      ],
    ],
    [
      1n,
      [
        [0, 1],
        [1, 2],
      ],
    ],
  ])
  const [totals, votes] = ('result' in read ? read.result : []) as [ElectionResult[0], ElectionResult[0]]

  test.each<[string, ElectionResult, string | undefined]>([
    ['the right one', [totals, votes], undefined],
    ['one vote more', [{ type: 'Homomorphic', totals: [1n, 2n] }, votes], '[0][1]'],
    ['one vote less for the first', [{ type: 'Homomorphic', totals: [0n, 1n] }, votes], '[0][0]'],
    [
      'a total as large as the order of the group',
      [{ type: 'Homomorphic', totals: [1n, groupOrder] }, votes],
      '[0][1]',
    ],
    ['an answer less', [{ type: 'Homomorphic', totals: [1n] }, votes], '[0]'],
    [
      'another ranking',
      [
        totals,
        {
          type: 'NonHomomorphic',
          votes: [
            [1, 2],
            [2, 1],
          ],
        },
      ],
      '[1][1]',
    ],
    ['a vote less', [totals, { type: 'NonHomomorphic', votes: [[1, 2]] }], '[1]'],
    ['a question less', [totals], ''],
  ])('%s', (_, result, wrong) => {
    expect(findWrongResult(group, { plaintexts, result })).toBe(wrong)
  })

  test('a total beyond the weight of all ballots cannot be read', () => {
    const { election } = fixture
    expect(readResult(group, { election, plaintexts, totalWeight: 0n })).toEqual({ unreadable: 0 })
  })
})

test('totals are written as Belenios writes them, and only so read', () => {
  const { election } = electionWith(group, homomorphic(2, { min: 0, max: 1 }), nonHomomorphic(2), lists(1))
  const result: ElectionResult = [
    { type: 'Homomorphic', totals: [1073741823n, 1073741824n] },
    { type: 'NonHomomorphic', votes: [[0, 255]] },
    { type: 'Lists', totals: [[3n, 2n]] },
  ]
  const json = '{"result":[[1073741823,"1073741824"],[[0,255]],[[3,2]]]}'
  expect(serializeResult(election, result)).toBe(json)
  expect(parseResult(election, json)).toEqual(result)
  for (const wrong of [
    json.replace('255', '256'),
    json.replace('"1073741824"', '1073741824'),
    json.replace('[3,2]', '[3]'),
  ]) {
    expect(parseResult(election, wrong)).toMatchObject({ refused: { code: 'wrong-shape' } })
  }
})

describe.skipIf(vectorsFolder() === undefined)('Belenios', () => {
  const lastShuffled = ({ files, election, tally }: BoardFixture): EncryptedTally => {
    const last = files.shuffles.at(-1)
    if (last === undefined) return tally
    return withShuffled(election, tally, shuffleFormat(group).read(JSON.parse(last.json), '').ciphertexts)
  }

  test.each([
    'h20',
    'nh20',
    'mix20',
    'weights',
    'bytes30',
    'demo-complex',
    'demo-l',
    'demo-nh',
    'demo-stv',
    'demo-threshold',
  ])('opens %s to the same result, from the published decryptions', async (name) => {
    const board = readBoardFixture(group, name)
    const { files, election, trustees, totalWeight } = board
    const tally = lastShuffled(board)
    const keys = trusteeKeys(trustees)
    const decryptions = await Promise.all(
      files.decryptions.map(async ({ owner, json }): Promise<OwnedDecryption> => {
        const decryption = accepted(parsePartialDecryption(group, json))
        const claim = { election, publicKey: keys[owner - 1]!, tally, decryption }
        expect(await verifyPartialDecryption(crewOfOne(group), claim)).toBeUndefined()
        return { owner, decryption }
      }),
    )
    const combined = combineDecryptions(group, { trustees, tally, decryptions })
    if ('missing' in combined) throw new Error('a decryption is missing')
    const { plaintexts } = combined
    const read = readResult(group, { election, plaintexts, totalWeight })
    expect('result' in read && serializeResult(election, read.result)).toBe(files.result)
    const claimed = accepted(parseResult(election, files.result))
    expect(findWrongResult(group, { plaintexts, result: claimed })).toBeUndefined()
  })

  test.each(['demo', 'demo-l', 'demo-mj'])(
    'has trustees in whose place we decrypt %s again',
    async (name) => {
      const board = readBoardFixture(group, name)
      const { files, election, trustees } = board
      const tally = lastShuffled(board)
      const secrets = readPrivateFiles(name, '*.privkey').map((json) => readTrusteeSecret(group, json)!)
      const decryptions = await Promise.all(
        trusteeKeys(trustees).map(async (publicKey, index) => {
          const secret = secrets.find((candidate: Scalar) =>
            group.equal(group.multiplyBase(candidate), publicKey),
          )!
          const decryption = await partialDecryption(crewOfOne(group), { election, secret, tally })
          expect(
            await verifyPartialDecryption(crewOfOne(group), { election, publicKey, tally, decryption }),
          ).toBeUndefined()
          return { owner: index + 1, decryption }
        }),
      )
      const combined = combineDecryptions(group, { trustees, tally, decryptions })
      if ('missing' in combined) throw new Error('a decryption is missing')
      const result = accepted(parseResult(election, files.result))
      expect(findWrongResult(group, { plaintexts: combined.plaintexts, result })).toBeUndefined()
    },
  )
})
