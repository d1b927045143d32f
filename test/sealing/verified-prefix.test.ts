import { describe, expect, test } from 'vitest'
import type { BoardStep } from '../../src/sealing/board.ts'
import { type Crew, crewOfOne } from '../../src/sealing/crew.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { verifyArchive } from '../../src/sealing/verification.ts'
import type { VerifiedPrefix } from '../../src/sealing/verified-prefix.ts'
import { noPoint, resigned } from '../support/forger.ts'
import {
  approval,
  archiveOf,
  type BoardTexts,
  boardSteps,
  holdElection,
  ranking,
} from '../support/held-election.ts'

const group = await loadGroup()
const votes = [
  [1, 0, 0],
  [1, 2, 3],
]
const held = await holdElection(group, {
  questions: [approval, ranking],
  trustees: 2,
  weights: [1n, 1n, 1n],
  ballots: [
    [0, votes],
    [1, votes],
    [2, votes],
  ],
})
/** Setup, three ballots, the end of ballots, the tally, two shuffles and their end, two decryptions, the result. */
const steps = boardSteps(group, held.texts)

async function prefixOf(known: readonly BoardStep[]): Promise<VerifiedPrefix> {
  const { prefix } = await verifyArchive(group, [archiveOf(known)])
  return prefix!
}

/** Verifies, and counts the ballots whose proofs were looked at. */
async function verifiedSince(archive: Buffer, since: VerifiedPrefix) {
  let ballots = 0
  const alone = crewOfOne(group)
  const crew: Crew = {
    ...alone,
    verifyBallots: (election, texts) => {
      ballots += texts.length
      return alone.verifyBallots(election, texts)
    },
  }
  return { report: await verifyArchive(group, [archive], { crew, since }), ballots }
}

function failed({ checks }: Awaited<ReturnType<typeof verifyArchive>>) {
  return checks.filter(({ outcome }) => outcome === 'failed').map(({ id, reason }) => [id, reason])
}

/** A proof of the second ballot is changed, and everything chained anew. */
function withForgedBallot(): BoardTexts {
  const ballots = held.texts.ballots.map((text, i) => (i === 1 ? text.replace(/\d"\}\]/, '0"}]') : text))
  return { ...held.texts, ballots }
}

describe('an archive that begins with what was verified before', () => {
  test.each([1, 2, 3, 5, 6, 8, 10, 12])('of %i events gives the same report', async (known) => {
    const whole = await verifyArchive(group, [archiveOf(steps)])
    const { report, ballots } = await verifiedSince(archiveOf(steps), await prefixOf(steps.slice(0, known)))
    expect(report).toEqual(whole)
    expect(ballots).toBe(Math.max(0, 4 - known))
  })

  test('may be no longer than that', async () => {
    const { report, ballots } = await verifiedSince(archiveOf(steps), await prefixOf(steps))
    expect(report.outcome).toBe('verified')
    expect(ballots).toBe(0)
  })

  test('is still refused for what is wrong in the rest', async () => {
    const forged = boardSteps(group, withForgedBallot())
    const { report } = await verifiedSince(archiveOf(forged), await prefixOf(steps.slice(0, 2)))
    expect(failed(report)).toEqual([['ballots', 'wrong-hash']])
    expect(report.prefix).toBeUndefined()
  })
})

describe('nothing is believed of an archive that begins otherwise', () => {
  const differs = [['chain', 'not-what-was-verified-before']]

  test('where a ballot was altered and everything chained anew', async () => {
    const forged = boardSteps(group, withForgedBallot())
    const { report } = await verifiedSince(archiveOf(forged), await prefixOf(steps.slice(0, 4)))
    expect(failed(report)).toEqual(differs)
    expect(report.checks.every(({ outcome }) => outcome !== 'passed')).toBe(true)
  })

  test.each([
    ['can not be read at all', () => '"no ballot"'],
    [
      'has a point that is none',
      () => resigned(held, 1, ['answers', 0, 'choices', 0, 'alpha'], () => noPoint),
    ],
  ])('where a ballot %s', async (_, ballot) => {
    const texts = { ...held.texts, ballots: held.texts.ballots.with(1, ballot()) }
    const archive = archiveOf(boardSteps(group, texts))
    const { report } = await verifiedSince(archive, await prefixOf(steps.slice(0, 4)))
    expect(failed(report)).toEqual(differs)
  })

  test('where the last ballots are gone', async () => {
    const { report } = await verifiedSince(archiveOf(steps.slice(0, 3)), await prefixOf(steps.slice(0, 4)))
    expect(failed(report)).toEqual(differs)
  })

  test.each(['bytes', 'sha256', 'hash', 'height'] as const)('where the %s differ', async (what) => {
    const prefix = await prefixOf(steps.slice(0, 4))
    const other = '0'.repeat(64)
    const { head } = prefix
    const lies: Record<typeof what, VerifiedPrefix> = {
      bytes: { ...prefix, bytes: prefix.bytes - 512 },
      sha256: { ...prefix, sha256: other },
      hash: { ...prefix, head: { ...head, hash: other } },
      height: { ...prefix, head: { ...head, height: head.height + 1 } },
    }
    const { report } = await verifiedSince(archiveOf(steps), lies[what])
    expect(failed(report)).toEqual(differs)
  })
})
