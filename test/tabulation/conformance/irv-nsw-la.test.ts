import { rankingGroups } from '../../../src/tabulation/ballot-grouping.ts'
import type { BallotGroups } from '../../../src/tabulation/ballot-groups.ts'
import { methodById } from '../../../src/tabulation/registry.ts'
import { conformanceSuite, sameOrDiffers } from '../../support/conformance.ts'
import { expectedVotes, expectedWinners, votesByName, winnersByName } from '../../support/stages.ts'
import { comparableName, corpusText } from '../../support/tabulation-corpus.ts'

/** PrefLib's lists of strict, incomplete orders: `weight: 3,1,2`. */
function preflibBallots(text: string, optionCount: number): BallotGroups {
  const grouping = rankingGroups(optionCount)
  for (const line of text.split('\n')) {
    const match = /^(\d+):\s*([\d,\s]+)$/.exec(line)
    if (match) {
      const ranking = match[2]!.split(',').map((option) => Number(option) - 1)
      grouping.add(ranking, match[1]!)
    }
  }
  return grouping.finish()
}

conformanceSuite('irv-nsw-la', (district, expectation) => {
  const names = district.candidates.map(comparableName)
  const tabulation = methodById('irv').tabulate({
    options: district.candidates,
    seats: 1,
    ballots: preflibBallots(corpusText(district), names.length),
    rules: {},
    tieBreaks: {},
  })
  return sameOrDiffers(
    {
      winners: winnersByName(names, tabulation),
      rounds: tabulation.rounds.map((round) => [votesByName(names, round), Number(round.exhausted)]),
    },
    {
      winners: expectedWinners(expectation),
      rounds: expectation.rounds.map((round) => [expectedVotes(round.tallies), Number(round.exhausted)]),
    },
  )
})
