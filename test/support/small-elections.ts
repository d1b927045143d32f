import { loadGroup } from '../../src/sealing/group-sodium.ts'
import type { Question } from '../../src/sealing/question.ts'
import { approval, type HeldElection, holdElection, ranking } from './held-election.ts'

/** Small elections that between them use everything of the protocol, each held when it is first asked for. */

const group = await loadGroup()

const withBlank: Question = {
  type: 'Homomorphic',
  value: { answers: ['Ada', 'Grace'], blank: true, min: 1, max: 2, question: 'Whom, if anyone?' },
  extra: { urna: { seats: 2 } },
}

const lists: Question = {
  type: 'Lists',
  value: {
    answers: [
      ['North', 'Ada', 'Grace'],
      ['South', 'Alan'],
    ],
    question: 'Which list?',
  },
}

const one = [1n, 1n]

/** By what is special about them. */
export const smallElections: Readonly<Record<string, () => Promise<HeldElection>>> = {
  'with totals and a recast': once({
    questions: [approval],
    trustees: 1,
    weights: one,
    ballots: [
      [0, [[1, 0, 0]]],
      [1, [[0, 1, 1]]],
      [0, [[0, 1, 0]]],
    ],
  }),
  'with a blank vote': once({
    questions: [withBlank],
    trustees: 1,
    weights: one,
    ballots: [
      [0, [[1, 0, 0]]],
      [1, [[0, 1, 1]]],
    ],
  }),
  'with lists': once({
    questions: [lists],
    trustees: 1,
    weights: one,
    ballots: [
      [
        0,
        [
          [
            [1, 0, 1],
            [0, 0],
          ],
        ],
      ],
      [
        1,
        [
          [
            [0, 0, 0],
            [1, 1],
          ],
        ],
      ],
    ],
  }),
  'with rankings that two trustees shuffle': once({
    questions: [ranking],
    trustees: 2,
    weights: one,
    ballots: [
      [0, [[1, 2, 3]]],
      [1, [[3, 1, 2]]],
    ],
  }),
  'with weights': once({
    questions: [approval],
    trustees: 1,
    weights: [2n, 1_073_741_900n],
    ballots: [
      [0, [[1, 1, 0]]],
      [1, [[0, 1, 0]]],
    ],
  }),
  'with a trustee and two of three others': once({
    questions: [approval],
    trustees: 1,
    thresholdGroup: { size: 3, threshold: 2 },
    weights: one,
    ballots: [[1, [[1, 0, 0]]]],
  }),
  'with everything in it': once({
    questions: [withBlank, ranking, approval],
    trustees: 1,
    thresholdGroup: { size: 2, threshold: 1 },
    weights: one,
    ballots: [
      [
        0,
        [
          [0, 1, 0],
          [3, 2, 1],
          [0, 0, 0],
        ],
      ],
    ],
  }),
  'in which nobody voted': once({ questions: [ranking, lists], trustees: 2, weights: one, ballots: [] }),
}

function once(plan: Parameters<typeof holdElection>[1]): () => Promise<HeldElection> {
  let election: Promise<HeldElection> | undefined
  return () => {
    election ??= holdElection(group, plan)
    return election
  }
}
