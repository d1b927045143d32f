import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type BoardEntry, readBoard } from '../../src/sealing/board-reader.ts'
import { array, parseCanonical } from '../../src/sealing/canonical-json.ts'
import { type Ciphertext, ciphertextFormat, encrypt } from '../../src/sealing/ciphertext.ts'
import { crewOfOne } from '../../src/sealing/crew.ts'
import { parseElection, type SealedElection } from '../../src/sealing/election.ts'
import {
  type Shuffle,
  shuffleElection,
  shuffleFormat,
  verifyElectionShuffle,
} from '../../src/sealing/election-shuffle.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { vectorsFolder } from '../support/corpus.ts'

const group = await loadGroup()
const format = shuffleFormat(group)
const publicKey = group.multiplyBase(group.randomScalar())
const fingerprint = 'phi'

function question(size: number): Ciphertext[] {
  return Array.from({ length: size }, () =>
    encrypt(group, { publicKey, plaintext: group.base, randomness: group.randomScalar() }),
  )
}

describe('the shuffle of an election', () => {
  test('shuffles each question on its own and proves each', async () => {
    const questions = [question(3), question(3)]
    const request = { publicKey, fingerprint, questions }
    const shuffle = await shuffleElection(crewOfOne(group), request)
    expect(shuffle.ciphertexts.map(({ length }) => length)).toEqual([3, 3])
    expect(await verifyElectionShuffle(crewOfOne(group), request, shuffle)).toBeUndefined()
  })

  test('reads back from its text, whose every byte matters', async () => {
    const shuffle = await shuffleElection(crewOfOne(group), {
      publicKey,
      fingerprint,
      questions: [question(2)],
    })
    const text = format.write(shuffle)
    expect(parseCanonical(format, text)).toEqual({ ok: true, value: shuffle })
    for (const changed of [`${text} `, text.replace('[[[', '[[ ['), text.replace(/"(.)/, '"$1$1')]) {
      expect(parseCanonical(format, changed).ok).toBe(false)
    }
  })

  test('names the question whose proof is wrong', async () => {
    const questions = [question(2), question(2)]
    const request = { publicKey, fingerprint, questions }
    const { ciphertexts, proofs } = await shuffleElection(crewOfOne(group), request)
    const [first, second] = ciphertexts
    const forged = { ciphertexts: [first!, second!.toReversed()], proofs }
    expect(await verifyElectionShuffle(crewOfOne(group), request, forged)).toMatchObject({ question: 1 })
    const short = { ciphertexts: [first!], proofs }
    expect(await verifyElectionShuffle(crewOfOne(group), request, short)).toEqual({
      code: 'wrong-number-of-questions',
    })
  })

  test('tells how far it is, over all questions', async () => {
    const steps: string[] = []
    const progress = (done: number, total: number) => steps.push(`${done}/${total}`)
    const request = { publicKey, fingerprint, questions: [question(1), question(1)], progress }
    const shuffle = await shuffleElection(crewOfOne(group), request)
    expect(steps).toEqual(Array.from({ length: 20 }, (_, i) => `${i + 1}/20`))
    steps.length = 0
    await verifyElectionShuffle(crewOfOne(group), request, shuffle)
    expect(steps).toEqual(Array.from({ length: 20 }, (_, i) => `${i + 1}/20`))
  })
})

describe.skipIf(vectorsFolder() === undefined)('the shuffles that Belenios made', () => {
  test.each([
    'nh20.bel',
    'mix20.bel',
    'bytes30.bel',
    'demo-nh/tyGsg3EzcnHBxS.bel',
    'demo-mj/NX75ekhug5g4yh.bel',
  ])('in %s hold, each of the one before', async (archive) => {
    const { election, tally, shuffles } = await boardOf(archive)
    let questions = tally
    expect(shuffles.length).toBeGreaterThan(0)
    for (const text of shuffles) {
      const shuffle = read(text)
      const request = { publicKey: election.publicKey, fingerprint: election.fingerprint, questions }
      expect(await verifyElectionShuffle(crewOfOne(group), request, shuffle)).toBeUndefined()
      questions = shuffle.ciphertexts.map((list) => [...list])
    }
  })

  test('are refused out of their order, or in another election', async () => {
    const { election, tally, shuffles } = await boardOf('nh20.bel')
    const { publicKey, fingerprint } = election
    const [first, second] = shuffles.map(read)
    expect(
      await verifyElectionShuffle(crewOfOne(group), { publicKey, fingerprint, questions: tally }, second!),
    ).toBeDefined()
    const elsewhere = { publicKey, fingerprint: `${fingerprint.slice(1)}A`, questions: tally }
    expect(await verifyElectionShuffle(crewOfOne(group), elsewhere, first!)).toBeDefined()
  })
})

function read(text: string): Shuffle {
  const reading = parseCanonical(format, text)
  if (!reading.ok) throw new Error(`${reading.malformation.code} at ${reading.malformation.place}`)
  return reading.value
}

/** What the shuffles of an archive are about. */
async function boardOf(archive: string) {
  const entries: BoardEntry[] = []
  for await (const piece of readBoard(group, [readFileSync(join(vectorsFolder()!, archive))])) {
    if (piece.kind === 'refused') throw new Error(`${piece.reason} in ${piece.file}`)
    entries.push(piece.entry)
  }
  const setup = entries.find((entry) => entry.type === 'Setup')!
  const election = parseElection(group, setup.election.body) as SealedElection
  const tallyEntry = entries.find((entry) => entry.type === 'EncryptedTally')!
  const tally = parseCanonical(array(array(ciphertextFormat(group))), tallyEntry.tally.body)
  if (!tally.ok) throw new Error(tally.malformation.code)
  return {
    election,
    tally: tally.value.filter((_, i) => election.parameters.questions[i]?.type === 'NonHomomorphic'),
    shuffles: entries.filter((entry) => entry.type === 'Shuffle').map((entry) => entry.work.body),
  }
}
