import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openingBytes } from '../../src/sealing/archive.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { verifyArchive } from '../../src/sealing/verification.ts'
import { type CheckId, checkIds, type VerificationReport } from '../../src/sealing/verification-report.ts'
import { vectorArchives, vectorsFolder } from '../support/corpus.ts'
import { held, oneByteOfEachPart, strangersBallot, weighted } from '../support/forger.ts'
import { forgeries } from '../support/forgeries.ts'
import {
  approval,
  archiveOf,
  type BoardTexts,
  boardSteps,
  holdElection,
  ranking,
} from '../support/held-election.ts'

const group = await loadGroup()

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
    const { shuffles, ...others } = outcomes(report)
    expect(shuffles).toBeUndefined()
    expect(Object.values(others)).toEqual(Array(10).fill('passed'))
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
    expect(outcomes(reports[6]!)).toMatchObject({ tally: 'passed', shuffles: 'not-reached' })
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

  test('may allow as many choices as there are, and has its tokens in order however many there are', async () => {
    const value = { answers: ['Ada', 'Grace', 'Alan'], min: 0, max: 3, question: 'Whom do you approve?' }
    const many = await holdElection(group, {
      questions: [{ type: 'Homomorphic', value }],
      trustees: 1,
      weights: Array.from({ length: 12 }, () => 1n),
      ballots: [[0, [[1, 1, 1]]]],
    })
    expect(await verdictOn(many.texts)).toMatchObject({ outcome: 'verified', stage: 'finished', voters: 12 })
  })

  test('that can not be read to its end is not judged', async () => {
    async function* cut() {
      yield archiveOf(boardSteps(group, held.texts)).subarray(0, 4000)
      throw new Error('the disk reports an error')
    }
    await expect(verifyArchive(group, cut())).rejects.toThrow('the disk reports an error')
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

describe('a forger is found out', () => {
  test.each(forgeries)('who $does', async ({ archive, since, check, reason, place }) => {
    const report = await verifyArchive(group, [await archive()], { since })
    expect(report.outcome).toBe('failed')
    expect(failures(report)).toMatchObject([{ id: check, reason, ...(place && { place }) }])
    expect([report.result, report.prefix]).toEqual([undefined, undefined])
    expect(othersThan(check, report)).toEqual([])
  })

  /** The checks before this one that don't hold, and those after it that are said to: there should be none. */
  function othersThan(failed: CheckId, { checks }: VerificationReport) {
    const aboutBytes = failed === 'archive' || failed === 'chain'
    return checks.filter(({ id, outcome }) => {
      const isBefore = checkIds.indexOf(id) < checkIds.indexOf(failed)
      return id !== failed && !aboutBytes && outcome !== (isBefore ? 'passed' : 'not-reached')
    })
  }

  test.each(forgeries.filter(({ reason }) => reason === 'event-out-of-turn' || reason === 'truncated'))(
    'and an archive that is not read to its end is not called complete: who $does',
    async ({ archive }) => {
      const { archive: whole, chain } = outcomes(await verifyArchive(group, [await archive()]))
      expect([whole, chain].sort()).toEqual(['failed', 'not-reached'])
    },
  )

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
