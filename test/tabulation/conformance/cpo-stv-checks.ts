import { methodById } from '../../../src/tabulation/registry.ts'
import type { Tabulation } from '../../../src/tabulation/tabulation.ts'
import { filledUp, readCondorcet } from '../../support/condorcet-format.ts'
import { sameOrDiffers } from '../../support/conformance.ts'
import type { Check, Checks } from '../../support/conformance-checks.ts'

/**
 * That program passes over shared ranks and transfers surpluses once. It lists the elected by their first
 * preferences, and takes any of several best outcomes by one Condorcet method after the other: it has to be one
 * that is best.
 */
const cpoStv: Check = (corpusCase, expectation) => {
  const election = readCondorcet(corpusCase)
  const { options, ballots } = expectation.options?.implicit_ranking ? filledUp(election) : election
  const tabulation = methodById('cpo-stv').tabulate({
    options,
    seats: expectation.seats,
    ballots,
    rules: { surpluses: 'once', overvotes: 'skip', ties: [] },
    tieBreaks: {},
  })
  // A rank is a name, or names in a list or with signs of equality between them.
  const ranking = expectation.ranking!.map((rank) => [rank].flat().flatMap((names) => names.split(' = ')))
  const elected = ranking
    .flat()
    .map((name) => options.indexOf(name))
    .sort((a, b) => a - b)
  const best = tabulation.committees!.find((committee) => committee.join() === elected.join())
  return sameOrDiffers(
    ranksByFirstPreferences(tabulation, best ?? tabulation.committees![0]!),
    ranking.map((names) => names.toSorted()),
  )
}

function ranksByFirstPreferences({ options, rounds }: Tabulation, elected: readonly number[]): string[][] {
  const ranks = Map.groupBy(elected, (option) => Number(rounds[0]!.votes[option]))
  return [...ranks.keys()]
    .sort((a, b) => b - a)
    .map((votes) =>
      ranks
        .get(votes)!
        .map((option) => options[option]!)
        .sort(),
    )
}

export const cpoStvChecks: Checks = { 'CPO STV': cpoStv }
