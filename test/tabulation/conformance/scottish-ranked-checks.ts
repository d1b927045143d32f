import { methodById } from '../../../src/tabulation/registry.ts'
import type { Tabulation } from '../../../src/tabulation/tabulation.ts'
import { sameOrDiffers } from '../../support/conformance.ts'
import type { Check, Checks } from '../../support/conformance-checks.ts'
import { expectedVotes, votesByName } from '../../support/stages.ts'
import {
  type CorpusCase,
  comparableName,
  corpusBallots,
  type Expectation,
} from '../../support/tabulation-corpus.ts'

interface Counted {
  readonly names: readonly string[]
  readonly tabulation: Tabulation
}

/** Ties are broken by the lowest position on the ballot, as the corpus did it in the other program. */
function count(ward: CorpusCase, id: string, seats: number, rules: object): Counted {
  const { options, ballots, withdrawn } = corpusBallots(ward)
  const tabulation = methodById(id).tabulate({
    options,
    withdrawn,
    seats,
    ballots,
    rules,
    tieBreaks: { decide: ({ among, choose }) => among.slice(0, choose) },
  })
  return { names: options.map(comparableName), tabulation }
}

function electedNames({ names, tabulation }: Counted): string[] {
  return tabulation.winners.map(({ option }) => names[option]!).sort()
}

function expectedNames(winners: readonly unknown[]): string[] {
  return winners
    .map((winner) =>
      comparableName(typeof winner === 'string' ? winner : (winner as { readonly name: string }).name),
    )
    .sort()
}

const roundsOf = ({ names, tabulation }: Counted) =>
  tabulation.rounds.map((round) => [votesByName(names, round), Number(round.exhausted)] as const)

const expectedRounds = ({ rounds }: Expectation) =>
  rounds.map((round) => [expectedVotes(round.tallies), Number(round.exhausted)])

const borda: Check = (ward, expectation) => {
  const counted = count(ward, 'borda', expectation.seats, { unranked: 'nothing', ties: ['ask'] })
  const { counts } = expectation as unknown as { counts: Record<string, string> }
  return sameOrDiffers(
    [electedNames(counted), votesByName(counted.names, counted.tabulation.rounds[0]!)],
    [expectedNames(expectation.winners), expectedVotes(counts)],
  )
}

/**
 * That program elects one, whatever the number of seats, and in each round adds all ballots that are exhausted to
 * those of the rounds before, among which they are already.
 */
const bucklin: Check = (ward, expectation) => {
  const counted = count(ward, 'bucklin', 1, { ties: ['backwards', 'ask'] })
  let exhausted = 0
  const rounds = roundsOf(counted).map(([votes, inRound]) => {
    exhausted += inRound
    return [votes, exhausted]
  })
  return sameOrDiffers(
    [electedNames(counted), rounds],
    [expectedNames(expectation.winners), expectedRounds(expectation)],
  )
}

const coombs: Check = (ward, expectation) => {
  const counted = count(ward, 'coombs', expectation.seats, { until: 'one is left', ties: ['ask'] })
  return sameOrDiffers(
    [electedNames(counted), roundsOf(counted)],
    [expectedNames(expectation.winners), expectedRounds(expectation)],
  )
}

/** Where there are several seats, that program elects all who stay after the first count without comparing them. */
const supplementary: Check = (ward, expectation) => {
  const { seats, winners } = expectation
  const counted = count(ward, 'supplementary', 1, { ties: ['ask'] })
  const first = Object.entries(votesByName(counted.names, counted.tabulation.rounds[0]!))
  const most = first.sort(([, a], [, b]) => b - a).slice(0, Math.max(2, winners.length))
  return sameOrDiffers(
    seats === 1 ? electedNames(counted) : most.map(([name]) => name).sort(),
    expectedNames(winners),
  )
}

/** The ranked methods of OpenSTV. */
export const scottishRankedChecks: Checks = {
  'borda-openstv': borda,
  'bucklin-openstv': bucklin,
  'coombs-openstv': coombs,
  'supplementary-vote-openstv': supplementary,
}
