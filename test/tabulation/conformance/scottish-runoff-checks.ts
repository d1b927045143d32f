import { methodById } from '../../../src/tabulation/registry.ts'
import { sameOrDiffers } from '../../support/conformance.ts'
import type { Check, Checks } from '../../support/conformance-checks.ts'
import { expectedVotes, expectedWinners, votesByName, winnersByName } from '../../support/stages.ts'
import { comparableName, corpusBallots } from '../../support/tabulation-corpus.ts'

const byName = (winners: readonly { name: string | undefined }[]) => winners.map(({ name }) => name).sort()

/** That program goes on until one option more is left than seats, and elects the rest without an order. */
function instantRunoff(rules: object): Check {
  return (ward, expectation) => {
    const { options, ballots, withdrawn } = corpusBallots(ward)
    const tabulation = methodById('irv').tabulate({
      options,
      withdrawn,
      seats: expectation.seats,
      ballots,
      rules: { until: 'one is left', ...rules },
      tieBreaks: { decide: ({ among }) => [among[0]!] },
    })
    const names = options.map(comparableName)
    const rounds = tabulation.rounds.slice(0, expectation.rounds.length)
    return sameOrDiffers(
      {
        rounds: rounds.map((round) => [votesByName(names, round), Number(round.exhausted)]),
        elected: byName(winnersByName(names, tabulation)),
      },
      {
        rounds: expectation.rounds.map((round) => [expectedVotes(round.tallies), Number(round.exhausted)]),
        elected: byName(expectedWinners(expectation)),
      },
    )
  }
}

export const scottishRunoffChecks: Checks = {
  'irv-openstv': instantRunoff({ ties: ['backwards', 'ask'] }),
  'sf-rcv-openstv': instantRunoff({ ties: ['ask'], exclusion: 'sure losers together' }),
}
