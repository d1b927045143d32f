import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BallotFile } from '../../../src/interchange/ballot-file.ts'
import { csvOptions } from '../../../src/interchange/csv.ts'
import { methodById } from '../../../src/tabulation/registry.ts'
import type { Round, Tabulation } from '../../../src/tabulation/tabulation.ts'
import { conformanceSuite, sameOrDiffers, type Verdict } from '../../support/conformance.ts'
import { readCorpusFiles } from '../../support/corpus-file.ts'
import { votesByName } from '../../support/stages.ts'
import type { CorpusCase, Expectation, ExpectedRound } from '../../support/tabulation-corpus.ts'
import {
  ballotsBy,
  configOf,
  decisionsOf,
  irvRules,
  type RctabConfig,
  stvRules,
  undeclared,
} from './rctab-config.ts'

/** A round of RCTab: what follows from its votes stands with it. */
interface RctabRound extends Pick<ExpectedRound, 'tallies'> {
  readonly threshold: string
  readonly inactive: Readonly<Record<string, string>>
  readonly results: readonly {
    readonly elected?: string
    readonly eliminated?: string
    readonly transfers: Readonly<Record<string, string>>
  }[]
}

const skipped = (why: string): Verdict => ({ kind: 'skipped', why })

function check(corpusCase: CorpusCase, expectation: Expectation): Verdict {
  if (expectation.method === 'validation') return skipped('a check of a configuration of RCTab')
  const config = configOf(corpusCase, expectation)
  if (config.cvrFileSources.some(({ treatBlankAsUndeclaredWriteIn }) => treatBlankAsUndeclaredWriteIn)) {
    return skipped('to urna an empty cell is a skipped rank, never a write-in')
  }
  if (expectation.options!.stopTabulationEarlyAfterRound) return skipped('urna counts to the end')
  const file = readBallots(corpusCase, config)
  const { options, withdrawn, ballots } = ballotsBy(config, file, expectation.rounds)
  const isStv = expectation.method === 'stv'
  if (isStv && options.includes(undeclared)) return skipped('STV does not exclude undeclared write-ins first')
  const tabulation = methodById(isStv ? 'stv-wigm' : 'irv').tabulate({
    options,
    withdrawn,
    seats: isStv ? Number(expectation.seats) : 1,
    ballots,
    rules: isStv ? stvRules(expectation) : irvRules(expectation, options),
    tieBreaks: decisionsOf(expectation, options),
  })
  return isStv
    ? sameOrDiffers(countedStages(tabulation), expectedStages(expectation))
    : sameOrDiffers(counted(tabulation), expected(expectation))
}

/** Where a sheet was converted, the table is read and not its original. */
function readBallots({ folder, ballots }: CorpusCase, { cvrFileSources }: RctabConfig): BallotFile {
  const [{ provider, contestId, firstVoteColumnIndex }] = cvrFileSources as [RctabConfig['cvrFileSources'][0]]
  const paths = ballots.filter(({ file }) => !file.endsWith('.xlsx')).map(({ file }) => join(folder, file))
  if (provider !== 'genericCsv')
    return readCorpusFiles(paths, provider === 'ess' ? {} : { contest: contestId })
  // Columns that are neither the id nor an option are not for urna to guess.
  const rows = readFileSync(paths[0]!, 'utf8')
    .split('\n')
    .map((row) => row.split(','))
  const text = rows.map(([id, ...cells]) => [id, ...cells.slice(Number(firstVoteColumnIndex) - 2)].join())
  const reader = csvOptions.reader({ irregularities: 'warned of', order: 'forgotten' })
  reader.write(new TextEncoder().encode(text.join('\n')))
  return reader.end()
}

function counted(tabulation: Tabulation) {
  const { options, rounds, winners } = tabulation
  return {
    winners: winners.map(({ option, round }) => [options[option], round]).sort(),
    rounds: rounds.map((round) => ({
      threshold: Number(round.quota),
      votes: votesByName(options, round),
      inactive: inactiveVotes(round),
    })),
    exclusions: rounds.slice(1).map((round) =>
      round.transfers
        .map(({ from, to, exhausted }) => ({
          name: options[from],
          to: {
            ...Object.fromEntries(to.map(({ option, votes }) => [options[option], Number(votes)])),
            ...(exhausted !== '0' && { exhausted: Number(exhausted) }),
          },
        }))
        .sort(byName),
    ),
  }
}

function inactiveVotes({ inactive }: Round) {
  return {
    exhaustedChoices: Number(inactive!.noChoiceLeft),
    overvotes: Number(inactive!.overvotes),
    repeatedRankings: Number(inactive!.repeatedOptions),
    skippedRankings: Number(inactive!.skippedRanks),
  }
}

function expected({ winners, rounds }: Expectation) {
  const all = withoutRepetitions(rounds as unknown as readonly RctabRound[])
  return {
    winners: winners.map(({ name, round }) => [name, round]).sort(),
    rounds: all.map(({ threshold, tallies, inactive }) => ({
      threshold: Number(threshold),
      votes: Object.fromEntries(
        Object.entries(tallies)
          .filter(([, votes]) => votes !== '0')
          .map(([name, votes]) => [name, Number(votes)]),
      ),
      inactive: Object.fromEntries(Object.entries(inactive).map(([why, votes]) => [why, Number(votes)])),
    })),
    exclusions: all.slice(0, -1).map(({ results }) =>
      results
        .filter(({ eliminated }) => eliminated !== undefined)
        .map(({ eliminated, transfers }) => ({
          name: eliminated,
          to: Object.fromEntries(Object.entries(transfers).map(([name, votes]) => [name, Number(votes)])),
        }))
        .sort(byName),
    ),
  }
}

/** In an STV count, where a surplus that goes to nobody is counted by RCTab among the exhausted. */
function countedStages({ options, rounds, winners }: Tabulation) {
  return {
    winners: winners.map(({ option, round }) => [options[option], round]).sort(),
    stages: rounds.map((round) => ({ quota: Number(round.quota), votes: votesByName(options, round) })),
  }
}

/** Without the round after the last election, in which RCTab shows surpluses that nobody receives. */
function expectedStages({ winners, rounds }: Expectation) {
  const last = Math.max(...winners.map(({ round }) => round))
  const all = withoutRepetitions(rounds as unknown as readonly RctabRound[])
  return {
    winners: winners.map(({ name, round }) => [name, round]).sort(),
    stages: all.slice(0, last).map(({ threshold, tallies }) => ({
      quota: Number(threshold),
      votes: Object.fromEntries(
        Object.entries(tallies)
          .map(([name, votes]) => [name, Number(votes)] as const)
          .filter(([, votes]) => votes > 0),
      ),
    })),
  }
}

/** RCTab gives an election a round of its own; what is excluded after it is told of the same votes again. */
function withoutRepetitions(rounds: readonly RctabRound[]): RctabRound[] {
  return rounds.filter(({ results }, position) => {
    const next = rounds[position + 1]
    const onlyElects = results.every(({ eliminated }) => eliminated === undefined)
    return !(onlyElects && next && JSON.stringify(next.tallies) === JSON.stringify(rounds[position]!.tallies))
  })
}

const byName = (a: { name: string | undefined }, b: { name: string | undefined }) =>
  a.name! < b.name! ? -1 : 1

conformanceSuite('irv-stv-rctab', check)
