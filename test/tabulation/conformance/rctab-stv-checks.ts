import { addDecimals } from '../../../src/tabulation/decimal.ts'
import { methodById } from '../../../src/tabulation/registry.ts'
import { sameOrDiffers, type Verdict } from '../../support/conformance.ts'
import { documentedRules } from '../../support/documented-rules.ts'
import { expectedVotes, votesByName } from '../../support/stages.ts'
import type { Expectation } from '../../support/tabulation-corpus.ts'
import { type ballotsBy, irregularRankings, tieRules } from './rctab-config.ts'

interface RctabStvRound {
  readonly tallies: Readonly<Record<string, string>>
  readonly inactive: Readonly<Record<string, string>>
}

/** What only one of the two modes of RCTab does: elect one in a round, who until then goes on receiving. */
const oneWinnerPerRound = { electedOn: 'transfer of the surplus', surplusOrder: 'largest first' }

/** Several seats; RCTab transfers all surpluses of a round together, which are a stage each here. */
export function rctabStvVerdict(expectation: Expectation, file: ReturnType<typeof ballotsBy>): Verdict {
  const given = expectation.options as Readonly<Record<string, string | boolean | undefined>>
  const { quota, ...documented } = documentedRules('stv-wigm', 'RCTab')
  const { options, withdrawn, ballots } = file
  const tabulation = methodById('stv-wigm').tabulate({
    options,
    withdrawn,
    seats: Number(expectation.seats),
    ballots,
    rules: {
      ...documented,
      ...(!given.nonIntegerWinningThreshold && { quota }),
      ...(given.winnerElectionMode === 'multiWinnerAllowOnlyOneWinnerPerRound' && oneWinnerPerRound),
      ...irregularRankings(given),
      ties: tieRules(given),
    },
    tieBreaks: {},
  })
  const { invalid } = tabulation.statistics
  const stages = tabulation.rounds.map((round) => ({
    votes: votesByName(options, round),
    inactive: Number(addDecimals([round.exhausted, invalid])),
  }))
  // After the last election it writes a round in which the surpluses are cut off.
  const rounds = (expectation.rounds as unknown as readonly RctabStvRound[])
    .filter(({ inactive }) => Number(inactive.finalRoundSurplus ?? 0) === 0)
    .map(({ tallies, inactive }) => ({
      votes: expectedVotes(tallies),
      inactive: Number(addDecimals(Object.values(inactive))),
    }))
  const reported = stages.filter((stage) => rounds.some((round) => same(stage, round)))
  return sameOrDiffers(
    {
      quota: Number(tabulation.rounds[0]!.quota),
      winners: tabulation.winners.map(({ option }) => options[option]).sort(),
      rounds: reported,
      last: stages.at(-1),
    },
    {
      quota: Number(expectation.quota),
      winners: expectation.winners.map(({ name }) => name).sort(),
      rounds: rounds.filter((round, position) => position === 0 || !same(round, rounds[position - 1]!)),
      last: rounds.at(-1),
    },
  )
}

function same(a: unknown, b: unknown): boolean {
  return sameOrDiffers(a, b).kind === 'matched'
}
