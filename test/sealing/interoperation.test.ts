import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import {
  approval,
  archiveOf,
  boardSteps,
  type ElectionPlan,
  holdElection,
  ranking,
} from '../support/held-election.ts'
import { findOracle } from '../support/oracle.ts'

const oracle = findOracle()
const group = await loadGroup()

describe.skipIf(oracle === undefined)('belenios-tool accepts', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'urna-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test.each<[string, ElectionPlan]>([
    [
      'an election that is counted in totals and shuffled by two trustees, with a recast',
      {
        questions: [approval, ranking],
        trustees: 2,
        weights: [1n, 1n],
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
            0,
            [
              [0, 1, 0],
              [1, 3, 2],
            ],
          ],
        ],
      },
    ],
    [
      'an election with weights',
      {
        questions: [approval],
        trustees: 1,
        weights: [3n, 40n],
        ballots: [
          [0, [[1, 1, 0]]],
          [1, [[0, 1, 0]]],
        ],
      },
    ],
    ['an election in which nobody voted', { questions: [ranking], trustees: 1, weights: [1n], ballots: [] }],
  ])('%s', async (_, plan) => {
    const { texts } = await holdElection(group, plan)
    const archive = join(folder, 'election.bel')
    writeFileSync(archive, archiveOf(boardSteps(group, texts)))
    const answers = await oracle!.verify(archive)
    expect(answers.archive).toMatchObject({
      accepted: true,
      said: expect.stringContaining('all checks passed'),
    })
    expect(answers.ballots).toHaveLength(plan.ballots.length)
    expect(answers.ballots.filter(({ accepted }) => !accepted)).toEqual([])
  })
})
