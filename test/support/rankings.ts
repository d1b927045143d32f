import { rankingGroups } from '../../src/tabulation/ballot-grouping.ts'
import { type BallotGroups, packRanking } from '../../src/tabulation/ballot-groups.ts'

/** Ballots written as in "3 A>B=C", one a line, for options named by letters from A; "-" is an empty rank. */
export function rankings(optionCount: number, text: string): BallotGroups {
  const grouping = rankingGroups(optionCount)
  for (const line of text.trim().split('\n')) {
    const [weight, ranking = ''] = line.trim().split(/\s+/)
    const ranks =
      ranking === ''
        ? []
        : ranking.split('>').map((rank) => (rank === '-' ? [] : rank.split('=').map(letterIndex)))
    grouping.add(packRanking(ranks), weight)
  }
  return grouping.finish()
}

function letterIndex(letter: string): number {
  return letter.charCodeAt(0) - 'A'.charCodeAt(0)
}

/** A and onwards. */
export function letters(count: number): string[] {
  return Array.from({ length: count }, (_, option) => String.fromCharCode('A'.charCodeAt(0) + option))
}
