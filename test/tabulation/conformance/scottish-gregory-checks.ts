import { recastBallots } from '../../../src/tabulation/recast.ts'
import { methodById } from '../../../src/tabulation/registry.ts'
import { sameOrDiffers } from '../../support/conformance.ts'
import type { Check, Checks } from '../../support/conformance-checks.ts'
import { documentedRules } from '../../support/documented-rules.ts'
import {
  expectedStage,
  expectedVotes,
  expectedWinners,
  stageOf,
  votesByName,
  winnersByName,
} from '../../support/stages.ts'
import { comparableName, corpusBallots, type Expectation } from '../../support/tabulation-corpus.ts'
import { droopGregoryChecks } from './droop-gregory-checks.ts'

/** As that program was told to decide. */
const lowestPosition = { decide: ({ among }: { among: readonly number[] }) => [among[0]!] }

/** Counts by rules, and compares stage by stage with the count sheet of the program OpenSTV. */
function openStvCheck(method: string, rules: object): Check {
  return (ward, expectation) => {
    const { options, ballots, withdrawn } = corpusBallots(ward)
    const tabulation = methodById(method).tabulate({
      options,
      withdrawn,
      seats: expectation.seats,
      ballots,
      rules,
      tieBreaks: lowestPosition,
    })
    const names = options.map(comparableName)
    return sameOrDiffers(
      {
        quota: Number(tabulation.rounds[0]!.quota),
        winners: winnersByName(names, tabulation),
        rounds: tabulation.rounds.map((round) => stageOf(names, round)),
      },
      {
        quota: Number(expectation.quota),
        winners: expectedWinners(expectation),
        rounds: expectation.rounds.map(expectedStage),
      },
    )
  }
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

const northernIreland = documentedRules('stv-gregory', 'For `urna count --method stv-gregory')

export const scottishGregoryChecks: Checks = {
  scottish: openStvCheck('stv-scottish', { ties: ['backwards', 'ask'] }),
  ers97: openStvCheck('stv-ers97', { ties: ['forwards', 'ask'] }),
  'northern-ireland': openStvCheck('stv-gregory', { ...northernIreland, ties: ['forwards', 'ask'] }),
  'fractional-transfer-openstv': openStvCheck('stv-wigm', {
    ...documentedRules('stv-wigm', 'Fractional transfer'),
    ties: ['backwards', 'ask'],
  }),
  'gpca2000-openstv': openStvCheck('stv-wigm', {
    ...documentedRules('stv-wigm', 'Green Party of California'),
    ties: ['ask'],
  }),
  // That program elects on reaching the threshold, and moves the papers of the last excluded.
  'minneapolis-openstv': openStvCheck('stv-wigm', {
    ...documentedRules('stv-wigm', 'Minneapolis'),
    electedOn: 'reaching the quota',
    termination: 'as many continue as seats are vacant',
    ties: ['ask'],
  }),
  'minneapolis-droop': droopGregoryChecks.mpls!,
  'wigm-generic-droop': droopGregoryChecks.wigm!,
  'wigm-prf-droop': droopGregoryChecks['wigm-prf']!,
  'wigm-prf-batch-droop': droopGregoryChecks['wigm-prf-batch']!,
  'cfer-droop': droopGregoryChecks.cfer!,
  'sntv-openstv': sntv,
}
