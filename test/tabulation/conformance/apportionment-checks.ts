import { unpackRanking } from '../../../src/tabulation/ballot-groups.ts'
import { type CondorcetBallots, readCondorcet } from '../../support/condorcet-format.ts'
import { sameOrDiffers } from '../../support/conformance.ts'
import type { Check, Checks } from '../../support/conformance-checks.ts'
import { countListVotes, type ListVotes } from '../../support/list-elections.ts'

/**
 * The first preferences of each option, as that program counts them for its lists: options that share the
 * first rank share the vote, and a ballot without ranks counts for none. In parts of a vote that make all of
 * them whole.
 */
function firstPreferences({ options, ballots }: CondorcetBallots): ListVotes {
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

/** Who receives each seat, in the order of award; the earlier on the ballot prevails in a tie. */
function awards(method: string): Check {
  return (corpusCase, expectation) => {
    const { ranking, ranking_string } = expectation as unknown as {
      readonly ranking?: readonly string[]
      readonly ranking_string?: string
    }
    const votes = firstPreferences(readCondorcet(corpusCase))
    const { options, winners } = countListVotes(method, votes, expectation.seats)
    return sameOrDiffers(
      winners.map(({ option }) => options[option]!),
      ranking ?? ranking_string!.split(' > '),
    )
  }
}

/** The methods of lists of Condorcet PHP, by their names there. */
export const apportionmentChecks: Checks = {
  Jefferson: awards('dhondt'),
  'Sainte-Laguë': awards('sainte-lague'),
  SainteLague: awards('sainte-lague-modified'),
  'Largest Remainder': awards('hare-lr'),
}
