import { type BallotGroups, unpackRanking } from '../../../src/tabulation/ballot-groups.ts'
import { sameOrDiffers, type Verdict } from '../../support/conformance.ts'
import { countListVotes, type ListVotes } from '../../support/list-elections.ts'
import type { Expectation } from '../../support/tabulation-corpus.ts'

interface RankedElection {
  readonly options: readonly string[]
  readonly ballots: BallotGroups
}

/**
 * The first preferences of each option, as that program counts them for its lists: options that share the
 * first rank share the vote, and a ballot without ranks counts for none. In parts of a vote that make all of
 * them whole.
 */
function firstPreferences({ options, ballots }: RankedElection): ListVotes {
  const parts = BigInt(leastCommonMultiple(options.length))
  const votes = options.map(() => 0n)
  for (let group = 0; group < ballots.count; group++) {
    const first = unpackRanking(ballots, group).find((rank) => rank.length > 0) ?? []
    for (const option of first) {
      votes[option]! += (BigInt(ballots.weights[group]!) * parts) / BigInt(first.length)
    }
  }
  return Object.fromEntries(options.map((option, position) => [option, String(votes[position])]))
}

/** Of the numbers from 1 to `most`. */
function leastCommonMultiple(most: number): number {
  let multiple = 1
  for (let number = 2; number <= most; number++) {
    let [a, b] = [multiple, number]
    while (b > 0) [a, b] = [b, a % b]
    multiple = (multiple / a) * number
  }
  return multiple
}

/** Where the other program says who receives each seat, in order of award. */
function awards(method: string, rules: Readonly<Record<string, unknown>> = {}) {
  return (election: RankedElection, expectation: Expectation): Verdict => {
    const { ranking, ranking_string } = expectation as unknown as {
      readonly ranking?: readonly (string | readonly string[])[]
      readonly ranking_string?: string
    }
    const expected = ranking?.flat() ?? ranking_string!.split(' > ')
    const { options, winners } = countListVotes(method, firstPreferences(election), expectation.seats, rules)
    const names = winners.map(({ option }) => options[option]!)
    return sameOrDiffers(names, expected)
  }
}

/** The methods of lists of Condorcet PHP, by their names there. */
export const apportionmentChecks: Readonly<
  Record<string, (election: RankedElection, expectation: Expectation) => Verdict>
> = {
  Jefferson: awards('dhondt'),
  'Sainte-Laguë': awards('sainte-lague'),
  SainteLague: awards('sainte-lague-modified'),
  'Largest Remainder': awards('hare-lr'),
}
