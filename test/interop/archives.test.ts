import { afterEach, describe, expect, test } from 'vitest'
import { verify } from '../../src/verify/node.ts'
import { findOracle } from '../support/oracle.ts'
import {
  blank,
  chair,
  choice,
  committee,
  contestOf,
  exportedArchive,
  type Plan,
  ranking,
  type SmallElection,
  talliedElection,
} from '../tally/small-election.ts'

const oracle = findOracle()

let election: SmallElection | undefined
afterEach(() => election?.close())

const manyNames = Array.from({ length: 40 }, (_, index) => `Candidate ${index + 1}`)

const plans: readonly [string, Plan][] = [
  [
    'totals with blank ballots',
    {
      contests: [chair, contestOf('Motions', 'approval-vote', ['A', 'B', 'C', 'D'], { max: 3 })],
      trustees: ['Bea'],
      votes: [
        [0, [choice(1), choice(0, 2)]],
        [1, [blank, choice(1, 2, 3)]],
        [2, [choice(1), blank]],
      ],
    },
  ],
  [
    'a ranking with two shuffles',
    {
      contests: [committee],
      trustees: ['Bea'],
      votes: [
        [0, [ranking(0, 1, 2)]],
        [1, [ranking(2)]],
        [2, [blank]],
      ],
    },
  ],
  [
    'totals and a ranking together',
    {
      contests: [chair, committee],
      trustees: ['Bea', 'Carl'],
      votes: [
        [0, [choice(0), ranking(1, 0)]],
        [1, [blank, ranking(2, 1, 0)]],
      ],
    },
  ],
  [
    'weights with decimals',
    {
      contests: [chair],
      weightsMicros: [1_500_000, 2_000_000, 250_000],
      votes: [
        [0, [choice(0)]],
        [1, [choice(1)]],
        [2, [choice(1)]],
      ],
    },
  ],
  [
    'a voter who voted again',
    {
      contests: [chair, committee],
      votes: [
        [0, [choice(0), ranking(0)]],
        [1, [choice(1), ranking(1)]],
        [0, [choice(2), ranking(2)]],
      ],
    },
  ],
  [
    'forty options packed into thirty bytes',
    {
      contests: [contestOf('Council', 'stv-scottish', manyNames, { seats: 3 })],
      votes: [
        [0, [ranking(...manyNames.keys().take(30))]],
        [1, [ranking(39, 3, 17)]],
        [2, [ranking(5)]],
      ],
    },
  ],
]

// An independent verifier accepts our archives, and each ballot in them.
describe.skipIf(oracle === undefined)('an independent verifier (skipped: no oracle)', () => {
  test.each(plans)('accepts the archive of an election with %s, and each ballot in it', async (_, plan) => {
    election = await talliedElection(plan)
    const archive = await exportedArchive(election)
    const answer = await oracle!.verify(archive)
    expect(answer.archive).toMatchObject({ accepted: true })
    expect(answer.ballots).toHaveLength(plan.votes.length)
    for (const ballot of answer.ballots) expect(ballot).toMatchObject({ accepted: true })
    expect((await verify(archive)).outcome).toBe('verified')
  })
})
