import { expect, test } from 'vitest'
import { rankingGroups } from '../../src/tabulation/ballot-grouping.ts'
import { type BallotGroups, unpackRanking } from '../../src/tabulation/ballot-groups.ts'
import { withoutWithdrawn } from '../../src/tabulation/withdrawal.ts'

test('a traced ballot is followed among the ballots without the withdrawn option', () => {
  const grouping = rankingGroups(3)
  for (const ranking of [[1], [0, 1], [0, 2]]) grouping.add(ranking)
  const { ballots, trace } = withoutWithdrawn(
    {
      ...{ options: ['A', 'B', 'C'], seats: 1, rules: {}, tieBreaks: {} },
      ...{ ballots: grouping.finish(), withdrawn: [0], trace: 2 },
    },
    { id: 'irv', style: 'ranking' },
  )
  expect(unpackRanking(ballots as BallotGroups, trace!)).toEqual([[2]])
})
