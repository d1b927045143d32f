import { recastBallots } from '../../../src/tabulation/recast.ts'
import { methodById } from '../../../src/tabulation/registry.ts'
import { sameOrDiffers } from '../../support/conformance.ts'
import { type Check, type Checks, skipAll } from '../../support/conformance-checks.ts'
import {
  expectedStage,
  expectedVotes,
  expectedWinners,
  stageOf,
  votesByName,
  winnersByName,
} from '../../support/stages.ts'
import { comparableName, corpusBallots, type Expectation } from '../../support/tabulation-corpus.ts'

const lowestPosition = { decide: ({ among }: { among: readonly number[] }) => [among[0]!] }

const scottish: Check = (ward, expectation) => {
  const { options, ballots, withdrawn } = corpusBallots(ward)
  const tabulation = methodById('stv-scottish').tabulate({
    options,
    withdrawn,
    seats: expectation.seats,
    ballots,
    rules: { ties: ['backwards', 'ask'] },
    tieBreaks: lowestPosition,
  })
  const names = options.map(comparableName)
  return sameOrDiffers(
    {
      winners: winnersByName(names, tabulation),
      rounds: tabulation.rounds.map((round) => stageOf(names, round)),
    },
    {
      winners: expectedWinners(expectation),
      rounds: expectation.rounds.map((round) => expectedStage(round, expectation.quota!)),
    },
  )
}

/** One vote each, and those with most are elected: the first preferences, counted by plurality. */
const sntv: Check = (ward, expectation) => {
  const { options, ballots, withdrawn } = corpusBallots(ward)
  const names = options.map(comparableName)
  const { counts, winners } = expectation as Expectation & {
    readonly counts: Readonly<Record<string, string>>
    readonly winners: readonly unknown[]
  }
  const tabulation = methodById('plurality').tabulate({
    options,
    withdrawn,
    seats: expectation.seats,
    ballots: recastBallots(ballots, 'choice').ballots,
    rules: { ties: ['ask'] },
    tieBreaks: { decide: ({ among, choose }) => among.slice(0, choose) },
  })
  return sameOrDiffers(
    {
      votes: votesByName(names, tabulation.rounds[0]!),
      winners: winnersByName(names, tabulation)
        .map(({ name }) => name)
        .sort(),
    },
    {
      votes: expectedVotes(counts),
      winners: (winners as readonly string[]).map(comparableName).sort(),
    },
  )
}

export const scottishGregoryChecks: Checks = {
  scottish,
  'sntv-openstv': sntv,
  ...skipAll(
    [
      'ers97',
      'northern-ireland',
      'fractional-transfer-openstv',
      'gpca2000-openstv',
      'minneapolis-openstv',
      'minneapolis-droop',
      'wigm-generic-droop',
      'wigm-prf-droop',
      'wigm-prf-batch-droop',
      'cfer-droop',
    ],
    'checked once the method is there',
  ),
}
