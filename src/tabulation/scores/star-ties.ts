import type { BallotGroups } from '../ballot-groups.ts'
import { TabulationRefusal } from '../refusals.ts'
import type { TieComparison } from '../tie-breaking.ts'
import { comparePairsByScore, givenScore, type ScoreCounts } from './score-counts.ts'

/** How ballots that compare the tied head to head tell them apart. */
export type StarHeadToHead = 'fewest matchups lost' | 'most votes in all matchups'

/** Official protocol, step 1, for ties of scores. @throws TabulationRefusal `too-large` */
export function headToHead(
  groups: BallotGroups,
  rule: StarHeadToHead,
  decimal: (units: bigint | number) => string,
): TieComparison {
  const narrows = rule === 'fewest matchups lost' ? 'from the worst, again and again' : 'from the best'
  return {
    of: rule === 'fewest matchups lost' ? 'the fewest head-to-head matchups lost' : 'the head-to-head votes',
    narrows,
    standings: (among) => {
      if (among.length > 1000) {
        throw new TabulationRefusal('too-large', 'Too many options are tied to be compared in pairs.', {
          tied: among.length,
        })
      }
      const preferred = comparePairsByScore(groups, among)
      const size = among.length
      return among.map((option, a) => {
        const others = [...among.keys()].filter((b) => b !== a)
        const votesFor = (b: number) => preferred[a * size + b]!
        const against = (b: number) => preferred[b * size + a]!
        if (rule === 'fewest matchups lost') {
          const lost = others.filter((b) => votesFor(b) < against(b)).length
          return { option, standing: BigInt(-lost), figure: String(lost) }
        }
        // At most 1,000 sums below 2^53 each: a BigInt, so that they stay exact.
        const votes = others.reduce((sum, b) => sum + BigInt(votesFor(b)), 0n)
        return { option, standing: votes, figure: decimal(votes) }
      })
    },
  }
}

/** Official protocol, step 2, for ties of the runoff. */
export function higherTotal(sums: readonly bigint[], decimal: (units: bigint) => string): TieComparison {
  return {
    of: 'the higher score',
    narrows: 'from the best',
    standings: (among) =>
      among.map((option) => ({ option, standing: sums[option]!, figure: decimal(sums[option]!) })),
  }
}

/** The five-star tiebreaker, for ties of either round. */
export function mostHighestScores(
  counts: ScoreCounts,
  highest: number,
  decimal: (units: bigint | number) => string,
): TieComparison {
  return {
    of: `the most scores of ${highest}`,
    narrows: 'from the best',
    standings: (among) =>
      among.map((option) => {
        const ballots = givenScore(counts, option, highest)
        return { option, standing: BigInt(ballots), figure: decimal(ballots) }
      }),
  }
}
