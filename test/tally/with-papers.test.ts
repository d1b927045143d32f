import { expect, test } from 'vitest'
import { withPapers } from '../../src/tally/with-papers.ts'
import type { PaperTally } from '../../src/voting/paper/paper-schema.ts'

const common = { seats: 1, rules: {}, paper: true, weightUnitMicros: 1_000_000 } as const
const options = ['Ada', 'Bo', 'Cy']
const summed = {
  contest: {
    ...{ ...common, title: 'Chair', method: 'plurality', options },
    ballot: { style: 'choice', min: 1, max: 1, blank: true },
  },
  opened: { kind: 'totals', sums: [1n, 4n, 2n, 0n], ballots: 7n },
} as const
const ranked = {
  contest: {
    ...{ ...common, title: 'Committee', method: 'irv', options },
    ballot: { style: 'ranking', min: 1, max: 3, blank: false, equalRanks: false, skippedRanks: false },
  },
  opened: { kind: 'ballots', ballots: [] },
} as const
const totals = (votes: number[], valid: number, blank = 0): PaperTally => ({
  ...{ kind: 'totals', votes, valid, blank, invalid: 0 },
})
const rankings = (ranks: number[][]): PaperTally => ({
  kind: 'ballots',
  choices: [{ selections: { kind: 'ranking', ranks }, papers: 1 }],
  ...{ blank: 0, invalid: 0 },
})
const both = (chair: PaperTally, committee: PaperTally) => withPapers([summed, ranked], [chair, committee])

test('papers that a voter can fill in are added', () => {
  const [chair] = both(totals([2, 1, 0], 3, 1), rankings([[2], [0]]))
  expect(chair!.opened).toMatchObject({ sums: [2n, 6n, 3n, 0n], ballots: 11n })
})

test.each<[string, PaperTally, PaperTally]>([
  ['more votes than papers', totals([2, 2, 0], 3), rankings([[0]])],
  ['an option that is none', totals([2, 1, 0, 1], 4), rankings([[0]])],
  ['a ranking of an option that is none', totals([0, 0, 0], 0), rankings([[7]])],
  ['a ranking that names somebody twice', totals([0, 0, 0], 0), rankings([[1], [1]])],
  ['blank papers where there are none', totals([0, 0, 0], 0), { ...rankings([[0]]), blank: 1 }],
])('a certificate that tells of %s is not counted', (_, chair, committee) => {
  expect(() => both(chair, committee)).toThrow(/papers can't say/)
})
