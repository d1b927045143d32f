import { addDecimals } from '../../src/tabulation/decimal.ts'
import { methodById } from '../../src/tabulation/registry.ts'
import type { Tabulation } from '../../src/tabulation/tabulation.ts'
import { matched, sameOrDiffers, type Verdict } from './conformance.ts'
import type { Check } from './conformance-checks.ts'
import { expectedVotes, expectedWinners, votesByName, winnersByName } from './stages.ts'
import {
  type CorpusCase,
  comparableName,
  corpusBallots,
  type Expectation,
  type ExpectedRound,
} from './tabulation-corpus.ts'

interface Iteration {
  readonly iteration: number
  readonly quota: string
  readonly keep: Readonly<Record<string, string>>
  readonly votes: Readonly<Record<string, string>>
  readonly non_transferable: string
}

interface Action {
  readonly msg: string
  readonly tallies: Readonly<Record<string, string>>
  readonly quota: string
}

type MeekExpectation = Expectation & {
  readonly iterations?: readonly Iteration[]
  readonly excluded?: readonly { readonly name: string; readonly iteration: number }[]
  readonly actions?: readonly Action[]
  readonly eliminated: readonly { readonly name: string }[]
}

/** Ties as those programs settle them: the first on the ballot is excluded. */
function count(corpusCase: CorpusCase, expectation: Expectation, method: string, rules: object) {
  const { options, ballots, withdrawn, seats } = corpusBallots(corpusCase)
  const tabulation = methodById(method).tabulate({
    options,
    withdrawn,
    seats: expectation.seats ?? seats,
    ballots,
    rules: { ties: ['order given'], ...rules },
    tieBreaks: { order: [...options.keys()].reverse() },
  })
  return { names: options.map(comparableName), tabulation }
}

/** Every iteration of Hill's program, with keep values; who was elected and excluded in which. */
export const newZealandCheck: Check = (corpusCase, expectation) => {
  const { iterations, excluded } = expectation as MeekExpectation
  const { names, tabulation } = count(corpusCase, expectation, 'stv-meek-nz', {
    ties: ['forwards', 'pseudo-random'],
  })
  const { rounds, statuses, workings, statistics } = tabulation
  const keepOf = (round: number) =>
    Object.fromEntries(names.map((name, option) => [name, workings![0]!.rows[round]![option + 2]!]))
  return sameOrDiffers(
    {
      iterations: rounds.slice(0, iterations!.length).map((round, position) => ({
        votes: votesByName(names, round),
        keep: expectedVotes(keepOf(position)),
        quota: Number(round.quota),
        // That program passes blank ballots on to nobody.
        nonTransferable: Number(addDecimals([round.exhausted, statistics.blank])),
      })),
      winners: tabulation.winners.map(({ option }) => names[option]).sort(),
      excluded: statuses
        .flatMap((status, option) => (status.kind === 'excluded' ? [names[option]] : []))
        .sort(),
    },
    {
      iterations: iterations!.map(({ votes, keep, quota, non_transferable }) => ({
        votes: expectedVotes(votes),
        keep: expectedVotes(keep),
        quota: Number(quota),
        nonTransferable: Number(non_transferable),
      })),
      winners: expectation.winners.map(({ name }) => comparableName(name)).sort(),
      // Those who are left when all seats are filled are excluded by that program, and not elected here.
      excluded: excluded!
        .filter(({ name }) => statuses[names.indexOf(comparableName(name))]!.kind !== 'not elected')
        .map(({ name }) => comparableName(name))
        .sort(),
    },
  )
}

/** Every round of OpenSTV, in which an iteration is a round. */
export function openStvMeekCheck(method: string, rules: object): Check {
  return (corpusCase, expectation) => {
    const { names, tabulation } = count(corpusCase, expectation, method, rules)
    const rounds = expectation.rounds as readonly (ExpectedRound & { readonly threshold: string })[]
    return sameOrDiffers(
      {
        rounds: tabulation.rounds.slice(0, rounds.length).map((round) => ({
          votes: votesByName(names, round),
          quota: Number(round.quota),
          surplus: Number(round.surplus),
        })),
        winners: byName(winnersByName(names, tabulation), rounds.length),
      },
      {
        rounds: rounds.map(({ tallies, threshold, surplus }) => ({
          votes: expectedVotes(tallies),
          quota: Number(threshold),
          surplus: Number(surplus),
        })),
        winners: byName(expectedWinners(expectation), rounds.length),
      },
    )
  }
}

/** Those elected without a count because as many are left as seats have no round of their own in that program. */
function byName(
  winners: readonly { readonly round: number; readonly name: string | undefined }[],
  last: number,
) {
  return winners.map(({ round, name }) => `${name} ${Math.min(round, last)}`).sort()
}

/**
 * Every election and exclusion of droop or stv-rs, with the votes and the quota by which it was decided; or where only
 * these are given, the winners with the votes with which they reached the quota, and the order of exclusion.
 */
export function droopMeekCheck(method: string, rules: object): Check {
  return (corpusCase, expectation) => {
    const { actions, eliminated } = expectation as MeekExpectation
    const { names, tabulation } = count(corpusCase, expectation, method, rules)
    const verdict = actions
      ? sameActions(actions, names, tabulation)
      : sameOrDiffers(
          votesOfWinners(names, tabulation),
          expectedVotesOfWinners(expectation, names, tabulation),
        )
    if (verdict.kind !== 'matched') return verdict
    const roundOf = (name: string) => {
      const status = tabulation.statuses[names.indexOf(comparableName(name))]!
      return status.kind === 'excluded' ? status.round : Number.POSITIVE_INFINITY
    }
    const order = eliminated.map(({ name }) => roundOf(name))
    return sameOrDiffers(
      { winners: tabulation.winners.map(({ option }) => names[option]).sort(), order },
      {
        winners: expectation.winners.map(({ name }) => comparableName(name)).sort(),
        order: order.toSorted((a, b) => a - b),
      },
    )
  }
}

function sameActions(actions: readonly Action[], names: readonly string[], tabulation: Tabulation): Verdict {
  for (const { msg, tallies, quota } of actions) {
    const decision = /^(Elect|Defeat)(?!.* remaining)[^:]*(?:\(.*\))?: (.+)$/.exec(msg)
    if (!decision || Object.keys(tallies).length === 0) continue
    const name = comparableName(decision[2]!)
    const status = tabulation.statuses[names.indexOf(name)]!
    if (!('round' in status)) return { kind: 'differs', how: `${msg}: ${status.kind}` }
    // An exclusion is decided by the votes of the round before the one that it begins.
    const round = tabulation.rounds[status.kind === 'elected' ? status.round - 1 : status.round - 2]!
    const verdict = sameOrDiffers(
      {
        msg: status.kind === 'elected' ? 'Elect' : 'Defeat',
        votes: inPlaces(names.map((each, option) => [each, round.votes[option]!])),
        quota: place(round.quota!),
      },
      {
        msg: decision[1],
        votes: inPlaces(Object.entries(tallies).map(([each, votes]) => [comparableName(each), votes])),
        quota: place(quota),
      },
    )
    if (verdict.kind !== 'matched')
      return { kind: 'differs', how: `${msg}: ${(verdict as { how: string }).how}` }
  }
  return matched
}

/** What one of these programs rounds at its last place, urna cuts; the places before are compared. */
function place(votes: string): string {
  const [top, bottom = '1'] = votes.split('/')
  return (Number(top) / Number(bottom)).toFixed(9)
}

function inPlaces(votes: readonly (readonly [string, string])[]): Record<string, string> {
  return Object.fromEntries(
    votes.map(([name, each]) => [name, place(each)] as const).filter(([, each]) => Number(each) > 0),
  )
}

function reachedQuota({ rounds, statuses }: Tabulation, option: number): string | undefined {
  const status = statuses[option]!
  if (status.kind !== 'elected') return undefined
  const { votes, quota } = rounds[status.round - 1]!
  return Number(votes[option]) >= Number(quota) ? votes[option] : undefined
}

function votesOfWinners(names: readonly string[], tabulation: Tabulation) {
  return inPlaces(names.map((name, option) => [name, reachedQuota(tabulation, option) ?? '0']))
}

function expectedVotesOfWinners(expectation: Expectation, names: readonly string[], tabulation: Tabulation) {
  const winners = expectation.winners as unknown as readonly {
    readonly name: string
    readonly vote: string
  }[]
  return inPlaces(
    winners
      .map(({ name, vote }) => [comparableName(name), vote] as const)
      .filter(([name]) => reachedQuota(tabulation, names.indexOf(name)) !== undefined),
  )
}
