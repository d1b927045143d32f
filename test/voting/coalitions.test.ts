import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseBallot, sealBallot } from '../../src/sealing/ballot.ts'
import { combineDecryptions } from '../../src/sealing/combination.ts'
import {
  credentialSecret,
  generateToken,
  generateUuid,
  publicCredential,
  serializePublicCredentials,
} from '../../src/sealing/credential.ts'
import { crewOfOne } from '../../src/sealing/crew.ts'
import { partialDecryption } from '../../src/sealing/decryption.ts'
import { parseElection, serializeElection } from '../../src/sealing/election.ts'
import { elementToHex } from '../../src/sealing/encoding.ts'
import { tallyBallots } from '../../src/sealing/encrypted-tally.ts'
import type { Scalar } from '../../src/sealing/group.ts'
import { readResult } from '../../src/sealing/result.ts'
import { electionPublicKey, serializeTrustees, type Trustees } from '../../src/sealing/trustee.ts'
import { proveTrusteeKey } from '../../src/sealing/trustee-key.ts'
import { verifyArchive } from '../../src/sealing/verification.ts'
import { listTokens } from '../../src/voting/list-tokens.ts'
import { boardOfElection, findOnBoard } from '../../src/voting/public-board.ts'
import { approval, archiveOf, boardSteps } from '../support/held-election.ts'
import { holdCeremony } from '../support/threshold-fixture.ts'
import { group, ingestAll, type Opened, openedElection, sealVote } from './fixtures.ts'

/** An election of three trustees, of whom two open it, with one voter, who approves of the second candidate. */
const { parameters, secrets } = holdCeremony(group, { size: 3, threshold: 2 })
const trustees: Trustees = [['Pedersen', parameters]]
const parsed = parseElection(
  group,
  serializeElection({
    ...{ version: 1, description: '', name: 'Chair', group: 'Ed25519', questions: [approval] },
    public_key: elementToHex(electionPublicKey(group, trustees)),
    uuid: generateUuid(group),
  }),
)
if ('refused' in parsed) throw new Error(parsed.refused.code)
const election = parsed
const token = generateToken(group)
const secret = credentialSecret(group, { uuid: election.parameters.uuid, token })
const vote = sealBallot(group, { election, secret, choices: [[0, 1, 0]] }).json

/** What those who have these shares of the key read in the voter's ballot, as if `as` had made it. */
async function readBy(shares: readonly { owner: number; secret: Scalar }[], as: Trustees) {
  const ballot = parseBallot(group, election, vote)
  if ('refused' in ballot) throw new Error(ballot.refused)
  const { tally } = tallyBallots(group, election, [{ ballot, weight: 1n }])
  const decryptions = await Promise.all(
    shares.map(async ({ owner, secret }) => ({
      owner,
      decryption: await partialDecryption(crewOfOne(group), { election, secret, tally }),
    })),
  )
  const combined = combineDecryptions(group, { trustees: as, tally, decryptions })
  if ('missing' in combined) return 'missing'
  const read = readResult(group, { election, plaintexts: combined.plaintexts, totalWeight: 10n })
  return 'unreadable' in read ? 'unreadable' : read.result
}

const share = (owner: number) => ({ owner, secret: secrets[owner - 1]! })

describe('who can read a ballot', () => {
  test('fewer trustees than the threshold read nothing, with all that the officer and the server have', async () => {
    expect(await readBy([share(1)], trustees)).toBe('missing')
    expect(await readBy([share(1)], [['Pedersen', { ...parameters, threshold: 1 }]])).toBe('unreadable')
  })

  test('as many trustees as open the election can read one ballot, if they break the rules together', async () => {
    expect(await readBy([share(1), share(3)], trustees)).toEqual([
      { type: 'Homomorphic', totals: [0n, 1n, 0n] },
    ])
  })

  test('the token of a voter opens nothing', async () => {
    const owner = { owner: 1, secret }
    expect(await readBy([owner], [['Single', proveTrusteeKey(group, secret)]])).toBe('unreadable')
  })
})

describe('who can stuff', () => {
  test('nobody stuffs a ballot without a token of the list, not even all trustees and the officer together', async () => {
    const own = credentialSecret(group, { uuid: election.parameters.uuid, token: generateToken(group) })
    const stuffed = sealBallot(group, { election, secret: own, choices: [[1, 0, 0]] }).json
    const credential = { credential: publicCredential(group, secret), weight: 1n }
    const steps = boardSteps(group, {
      ...{ election: election.json, trustees: serializeTrustees(group, trustees) },
      credentials: serializePublicCredentials([credential]),
      ballots: [vote, stuffed],
      ...{ tallied: { tally: '[]', num_tallied: 2, total_weight: 2n }, shuffles: [], decryptions: [] },
      result: '{"result":[]}',
    })
    const honest = await verifyArchive(group, [archiveOf(steps.slice(0, 2))])
    expect(honest.outcome).toBe('verified')
    const { checks } = await verifyArchive(group, [archiveOf(steps.slice(0, 3))])
    expect(checks.find(({ outcome }) => outcome === 'failed')).toMatchObject({
      id: 'ballots',
      reason: 'token-not-of-this-election',
    })
  })

  describe('in the box', () => {
    let box: Opened
    beforeAll(async () => {
      box = await openedElection({ voters: 2, contests: 'committee' })
    })
    afterAll(() => box.close())
    const blank = [{ kind: 'blank' } as const]

    async function cast(number: string): Promise<string> {
      const [ingested] = await ingestAll(box.work, [sealVote(box, number, blank)])
      if (ingested === undefined || !('trackingCode' in ingested)) throw new Error('not taken in')
      return ingested.trackingCode
    }

    test('who has the tokens can vote for who abstains, whose name then has a mark', async () => {
      await cast('1001')
      const { tokens } = await box.work.read((tx) => listTokens(tx, undefined))
      expect(tokens.map(({ number, state }) => [number, state])).toEqual([
        ['1001', 'used'],
        ['1002', 'issued'],
      ])
    })

    test('who has the token or the device of a voter can vote again, and the voter sees that the own ballot does not count', async () => {
      const [own, other] = [await cast('1002'), await cast('1002')]
      const board = await box.work.read((tx) => boardOfElection(tx, undefined))
      expect(findOnBoard(board, own).counts).toBe(false)
      expect(findOnBoard(board, other).counts).toBe(true)
    })
  })
})
