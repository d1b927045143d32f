import { join } from 'node:path'
import { methodById } from '../../../src/tabulation/registry.ts'
import type { Round, Tabulation } from '../../../src/tabulation/tabulation.ts'
import { conformanceSuite, sameOrDiffers, type Verdict } from '../../support/conformance.ts'
import { readCorpusFiles } from '../../support/corpus-file.ts'
import { votesByName } from '../../support/stages.ts'
import type { CorpusCase, Expectation, ExpectedRound } from '../../support/tabulation-corpus.ts'
import { ballotsBy, configOf, decisionsOf, irvRules, undeclared } from './rctab-config.ts'
import { rctabStvVerdict } from './rctab-stv-checks.ts'

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
  const [{ provider, contestId }] = config.cvrFileSources as [(typeof config.cvrFileSources)[0]]
  if (provider === 'genericCsv') return skipped('checked once the format is there')
  const { options, withdrawn, ballots } = ballotsBy(
    config,
    readCorpusFiles(pathsOf(corpusCase), provider === 'ess' ? {} : { contest: contestId }),
    expectation.rounds,
  )
  if (expectation.method === 'stv') {
    if (options.includes(undeclared)) return skipped('undeclared write-ins go out first by irv only')
    return rctabStvVerdict(expectation, { options, withdrawn, ballots })
  }
  const tabulation = methodById('irv').tabulate({
    options,
    withdrawn,
    seats: 1,
    ballots,
    rules: irvRules(expectation, options),
    tieBreaks: decisionsOf(expectation, options),
  })
  return sameOrDiffers(counted(tabulation), expected(expectation))
}

/** Where a sheet was converted, it comes before its original. */
function pathsOf({ folder, ballots }: CorpusCase): string[] {
  const converted = ballots.filter(({ file }) => !file.endsWith('.xlsx'))
  return converted.map(({ file }) => join(folder, file))
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
