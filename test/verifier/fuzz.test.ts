import { expect, test } from 'vitest'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { archiveCase, ballotCase, type FuzzCase } from '../support/fuzz/cases.ts'
import { smallElections } from '../support/small-elections.ts'

const group = await loadGroup()
// `node bench/fuzz.ts` tries a million.
const everything = process.env.CI || process.env.URNA_SLOW
const elections = await Promise.all(Object.values(smallElections).map((hold) => hold()))

test('a ballot that is changed anywhere is taken only if it is the same ballot', () => {
  const voted = elections.filter(({ voters }) => voters.length > 0)
  const cases = Array.from({ length: everything ? 20_000 : 1_500 }, (_, number) =>
    ballotCase(group, voted[number % voted.length]!, 1, number),
  )
  expect(defectsOf(cases)).toEqual([])
  expect(endingsOf(cases)).toEqual(
    expect.arrayContaining([
      'not-json',
      'wrong-shape',
      'not-canonical',
      'wrong-hash',
      'wrong-signature',
      'wrong-proof',
    ]),
  )
})

test('an archive that is changed anywhere holds only if it says the same', async () => {
  const cases: FuzzCase[] = []
  for (let number = 0; number < (everything ? 2_000 : 160); number++) {
    cases.push(await archiveCase(group, elections[number % elections.length]!, 1, number))
  }
  expect(defectsOf(cases)).toEqual([])
  const checks = endingsOf(cases).map((ending) => ending.split(' ')[0])
  expect(checks).toEqual(
    expect.arrayContaining([
      'archive',
      'chain',
      'election',
      'trustees',
      'tokens',
      'ballots',
      'tally',
      'shuffles',
      'decryptions',
      'result',
    ]),
  )
})

function defectsOf(cases: readonly FuzzCase[]) {
  return cases.flatMap(({ kind, defect }, number) => (defect ? [{ number, kind, what: defect.what }] : []))
}

function endingsOf(cases: readonly FuzzCase[]): string[] {
  return [...new Set(cases.map(({ ending }) => ending))]
}
