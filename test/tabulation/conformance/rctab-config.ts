import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BallotFile } from '../../../src/interchange/ballot-file.ts'
import { rankingGroups } from '../../../src/tabulation/ballot-grouping.ts'
import { type BallotGroups, sharesRank, skippedRank } from '../../../src/tabulation/ballot-groups.ts'
import { formatDecimal } from '../../../src/tabulation/decimal.ts'
import type { TieBreaks } from '../../../src/tabulation/ties.ts'
import type { CorpusCase, Expectation } from '../../support/tabulation-corpus.ts'

/** RCTab's name for write-ins who are nobody in particular. */
export const undeclared = 'Undeclared Write-ins'

/** What a configuration of RCTab says of a count, as far as it matters here. */
export interface RctabConfig {
  readonly cvrFileSources: readonly {
    readonly provider: string
    readonly contestId: string
    readonly firstVoteColumnIndex?: string
    readonly undeclaredWriteInLabel: string
    readonly treatBlankAsUndeclaredWriteIn: boolean
  }[]
  readonly candidates: readonly {
    readonly name: string
    readonly code?: string
    readonly aliases?: readonly string[]
    readonly excluded: boolean
  }[]
}

export function configOf({ folder }: CorpusCase, { id }: Pick<Expectation, 'id'>): RctabConfig {
  return JSON.parse(readFileSync(join(folder, `${id}_config.json`), 'utf8'))
}

/** The ballots with the candidates of the configuration, in its order, and the undeclared last. */
export function ballotsBy(
  config: RctabConfig,
  file: BallotFile,
  rounds: Expectation['rounds'],
): { options: string[]; withdrawn: number[]; ballots: BallotGroups } {
  // Dominion's label is the number of an option that its manifest calls "(undeclared)".
  const labels = new Set([
    '(undeclared)',
    ...config.cvrFileSources.map((source) => source.undeclaredWriteInLabel),
  ])
  const positionOf = file.options.map((option, position) => {
    const known = config.candidates.findIndex(({ name, code, aliases = [] }) =>
      [name, code, ...aliases].includes(option),
    )
    if (known !== -1) return known
    if (file.writeIns?.includes(position) || labels.has(option)) return config.candidates.length
    throw new Error(`the configuration has no ${option}`)
  })
  const hasUndeclared = undeclared in rounds[0]!.tallies
  const options = [...config.candidates.map(({ name }) => name), ...(hasUndeclared ? [undeclared] : [])]
  const groups = file.ballots as BallotGroups
  const grouping = rankingGroups(options.length)
  for (let group = 0; group < groups.count; group++) {
    const entries = groups.entries.subarray(groups.starts[group], groups.starts[group + 1])
    grouping.add(
      entries.map((entry) =>
        entry === skippedRank ? entry : positionOf[entry & ~sharesRank]! | (entry & sharesRank),
      ),
      formatDecimal(groups.weights[group]!, groups.weightPlaces),
    )
  }
  const withdrawn = [...config.candidates.keys()].filter((option) => config.candidates[option]!.excluded)
  return { options, withdrawn, ballots: grouping.finish() }
}

/** The rules of a configuration as those of `irv`. */
export function irvRules(expectation: Expectation, options: readonly string[]): object {
  const rules = expectation.options as Readonly<Record<string, string | boolean | undefined>>
  const isBottomsUp = rules.winnerElectionMode === 'bottomsUpUsingPercentageThreshold'
  return {
    until: isBottomsUp
      ? 'all have the share'
      : rules.continueUntilTwoCandidatesRemain
        ? 'two are left'
        : 'majority',
    ...(isBottomsUp && { share: Number(rules.multiSeatBottomsUpPercentageThreshold) }),
    majorityOf: rules.doesFirstRoundDetermineThreshold ? 'first round' : 'each round',
    exclusion: rules.cutoffElimination
      ? 'all below the share together'
      : rules.batchElimination
        ? 'sure losers together'
        : 'lowest',
    excludedFirst: options.filter((name) => name === undeclared),
    ...irregularRankings(rules),
    ties: tieRules(rules),
  }
}

/** The rules of a configuration as those of `stv-wigm`. */
export function stvRules(expectation: Expectation): object {
  const rules = expectation.options as Readonly<Record<string, string | boolean | undefined>>
  return {
    quota: rules.nonIntegerWinningThreshold ? 'droop to the last place' : 'droop in whole votes',
    transferValue: 'weighted fraction first',
    places: Number(rules.decimalPlacesForVoteArithmetic),
    termination: 'as many continue as seats are vacant',
    ...irregularRankings(rules),
    ties: tieRules(rules),
  }
}

function irregularRankings(rules: Readonly<Record<string, string | boolean | undefined>>) {
  const overvotes: Readonly<Record<string, string>> = {
    exhaustImmediately: 'exhaust',
    alwaysSkipToNextRank: 'skip',
    exhaustIfMultipleContinuing: 'exhaust if several continuing',
  }
  return {
    overvotes: overvotes[rules.overvoteRule as string],
    skippedRanks:
      rules.maxSkippedRanksAllowed === 'unlimited' ? 'skip all' : Number(rules.maxSkippedRanksAllowed),
    repeatedOptions: rules.exhaustOnDuplicateCandidate ? 'exhaust' : 'skip',
  }
}

function tieRules({ tiebreakMode }: Readonly<Record<string, string | boolean | undefined>>): string[] {
  switch (tiebreakMode) {
    case 'useCandidateOrder':
      return ['order given']
    case 'previousRoundCountsThenRandom':
      return ['backwards', 'ask']
    default:
      return ['ask']
  }
}

/** Random decisions of RCTab are taken from what it expects. */
export function decisionsOf(
  expectation: Expectation & { readonly eliminated?: readonly { readonly name: string }[] },
  options: readonly string[],
): TieBreaks {
  const eliminated = (expectation.eliminated ?? []).map(({ name }) => name)
  const winners = expectation.winners.map(({ name }) => name)
  return {
    decide: ({ to, among, choose }) => {
      const names = to === 'exclude' ? [...eliminated, ...winners] : [...winners, ...eliminated.toReversed()]
      return names
        .map((name) => options.indexOf(name))
        .filter((option) => among.includes(option))
        .slice(0, choose)
    },
  }
}
