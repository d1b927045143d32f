import { describe, expect, test } from 'vitest'
import type { SealedContest } from '../../src/election/sealed-election.ts'
import { countContest } from '../../src/tally/count-contest.ts'
import { tieBreaksOf } from '../../src/tally/lot.ts'

const committee: SealedContest = {
  title: 'Committee',
  method: 'irv',
  seats: 1,
  rules: {},
  ballot: { style: 'ranking', min: 1, max: 2, blank: false, equalRanks: false, skippedRanks: false },
  options: ['Di', 'Eli', 'Flo'],
  weightUnitMicros: 1_000_000,
}

describe('opened ballots', () => {
  test('that can not stand are counted as invalid, by the reason', () => {
    const ballots = [
      [1, 2, 0],
      [1, 0, 0],
      [1, 1, 0],
      [2, 0, 0],
      [1, 2, 3],
      [0, 0, 0],
      [0, 200, 0],
      [1, 1, 0],
    ]
    const { tabulation, invalid } = countContest(committee, { kind: 'ballots', ballots }, {})
    expect(invalid).toEqual([
      { reason: 'blank-not-allowed', ballots: 1 },
      { reason: 'equal-ranks', ballots: 2 },
      { reason: 'rank-out-of-range', ballots: 1 },
      { reason: 'skipped-rank', ballots: 1 },
      { reason: 'too-many', ballots: 1 },
    ])
    expect(tabulation.statistics).toMatchObject({ valid: '2', blank: '0', invalid: '6' })
    expect(tabulation.winners).toEqual([{ option: 0, round: 1 }])
  })

  test('that are blank where they may be are counted as blank', () => {
    const contest = { ...committee, ballot: { ...committee.ballot, blank: true } } as SealedContest
    const { tabulation, invalid } = countContest(
      contest,
      {
        kind: 'ballots',
        ballots: [
          [0, 0, 0],
          [0, 1, 0],
        ],
      },
      {},
    )
    expect(invalid).toEqual([])
    expect(tabulation.statistics).toMatchObject({ valid: '1', blank: '1', invalid: '0' })
  })

  test('weigh what every voter weighs', () => {
    const contest = { ...committee, weightUnitMicros: 250_000 }
    const { tabulation } = countContest(
      contest,
      {
        kind: 'ballots',
        ballots: [
          [1, 0, 0],
          [1, 1, 0],
        ],
      },
      {},
    )
    expect(tabulation.statistics).toMatchObject({ valid: '0.25', invalid: '0.25' })
  })
})

test('ballots of scores are no ballots of a ranked method, whatever a foreign archive says', () => {
  const contest = { ...committee, ballot: { style: 'score', highest: 5, blank: false } } as const
  const opened = { kind: 'ballots', ballots: [[5, 0, 3]] } as const
  expect(() => countContest(contest, opened, {})).toThrow(
    expect.objectContaining({ name: 'TabulationRefusal', code: 'ballot-style-mismatch' }),
  )
})

test('the tickets of a lot are those that anyone can compute', () => {
  const { lot, decide } = tieBreaksOf('2f6c')
  // printf '2f6c|stv-scottish|4|exclude|3' | sha256sum
  expect(lot?.sha256('2f6c|stv-scottish|4|exclude|3')).toBe(
    '0ce71b5382d2d99567e0a60759ecab5e6ccf17f787ad83892aa0301c2e0cdcd4',
  )
  const tie = { method: 'stv-scottish', round: 4, to: 'exclude', among: [0, 1, 2, 3], choose: 2 } as const
  expect(decide?.(tie)).toEqual([3, 2])
  expect(tieBreaksOf(undefined)).toEqual({})
})
