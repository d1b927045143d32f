import { formatDecimal } from '../decimal.ts'
import type { OptionIndex } from '../option-index.ts'
import type { PairwiseVotes } from '../pairwise.ts'

/** A win of one option over another, with the votes for and against it in units of the ballots. */
export interface Win {
  readonly winner: OptionIndex
  readonly loser: OptionIndex
  readonly votesFor: number
  readonly against: number
}

/** How strong a win is; wins with equally many votes can be told apart by the votes against. */
export type WinStrength = 'winning votes' | 'winning votes then against' | 'margins' | 'ratio'

/** Every win among these, in the order of the ballot. Pairs with equal votes have none. */
export function allWins(votes: PairwiseVotes, among: readonly OptionIndex[]): Win[] {
  const wins: Win[] = []
  for (const winner of among) {
    for (const loser of among) {
      const votesFor = votes[winner]![loser]!
      const against = votes[loser]![winner]!
      if (votesFor > against) wins.push({ winner, loser, votesFor, against })
    }
  }
  return wins
}

/** Weaker first. The differences are of whole numbers below 2^53; products may pass it and are BigInt. */
export const compareStrength: Readonly<Record<WinStrength, (a: Win, b: Win) => number>> = {
  'winning votes': (a, b) => a.votesFor - b.votesFor,
  'winning votes then against': (a, b) => a.votesFor - b.votesFor || b.against - a.against,
  margins: (a, b) => a.votesFor - a.against - (b.votesFor - b.against),
  ratio: (a, b) => {
    // Against nobody a win is stronger than any other, and then the more votes the stronger.
    if (a.against === 0 && b.against === 0) return a.votesFor - b.votesFor
    const left = BigInt(a.votesFor) * BigInt(b.against)
    const right = BigInt(b.votesFor) * BigInt(a.against)
    return left < right ? -1 : left > right ? 1 : 0
  },
}

/** The strength as people read it; `places` are those of the votes. */
export function strengthText({ votesFor, against }: Win, strength: WinStrength, places: number): string {
  switch (strength) {
    case 'winning votes':
      return formatDecimal(votesFor, places)
    case 'margins':
      return formatDecimal(votesFor - against, places)
    case 'winning votes then against':
    case 'ratio':
      return `${formatDecimal(votesFor, places)}:${formatDecimal(against, places)}`
  }
}
