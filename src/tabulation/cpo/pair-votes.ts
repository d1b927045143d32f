import type { BallotGroups } from '../ballot-groups.ts'
import {
  compareFractions,
  type Fraction,
  fraction,
  minus,
  over,
  plus,
  times,
  zero,
} from '../exact-fraction.ts'
import type { OptionIndex } from '../option-index.ts'
import type { Pile } from '../pile.ts'
import { RankedPapers } from '../ranked-papers.ts'

/** How often surpluses of options that are in both outcomes are transferred. */
export type SurplusTransfers = 'once' | 'until none'

/** What the votes of a comparison are counted by. All votes are in units of the ballots. */
export interface PairCount {
  /** Plain orders of options. */
  readonly orders: BallotGroups
  readonly quota: Fraction
  readonly surpluses: SurplusTransfers
}

/** By position of the option; 0 for those who are in neither outcome. */
export interface PairVotes {
  /** When all in neither outcome are excluded. */
  readonly first: readonly Fraction[]
  /** When the surpluses of those in both are transferred as well. */
  readonly final: readonly Fraction[]
}

/** Papers that came to an option together, and how much of a vote each still is. */
interface Parcel {
  readonly pile: Pile
  readonly value: Fraction
}

const one = fraction(1n)

/** The strict orders have nothing irregular in them. */
const plainReading = { overvotes: 'skip', skippedRanks: 'skip all', repeatedOptions: 'skip' } as const

/**
 * The votes of the options in either of two outcomes. Each option in both that has the quota keeps just that: all
 * its papers move on, to the next option that is not full, at the share of their value that the surplus is of
 * its votes. All that are full at one time transfer together; nobody receives papers after reaching the quota.
 */
export function pairVotes(
  { orders, quota, surpluses }: PairCount,
  inEither: readonly OptionIndex[],
  inBoth: readonly OptionIndex[],
): PairVotes {
  const papers = new RankedPapers(orders, plainReading)
  const receiving = new Uint8Array(orders.optionCount)
  for (const option of inEither) receiving[option] = 1
  const held = new Map<OptionIndex, Parcel[]>(inEither.map((option) => [option, []]))
  const deal = (pile: Pile, value: Fraction): void => {
    for (const [option, sorted] of papers.sort(pile, receiving).piles) {
      held.get(option)!.push({ pile: sorted, value })
    }
  }
  const votes = (option: OptionIndex): Fraction =>
    (held.get(option) ?? []).reduce(
      (sum, { pile, value }) => plus(sum, times(value, fraction(pile.weight))),
      zero,
    )
  deal(papers.all(), one)
  const first = Array.from(receiving, (_, option) => votes(option))

  const kept = new Set<OptionIndex>()
  for (let batch = 1; surpluses === 'until none' || batch === 1; batch++) {
    const full = inBoth
      .map((option) => ({ option, has: votes(option) }))
      .filter(({ option, has }) => !kept.has(option) && isFull(has, quota))
    if (full.length === 0) break
    for (const { option } of full) {
      receiving[option] = 0
      kept.add(option)
    }
    const leaving = full.flatMap(({ option, has }) => {
      const share = over(minus(has, quota), has)
      return held
        .get(option)!
        .splice(0)
        .map(({ pile, value }) => ({ pile, value: times(value, share) }))
    })
    for (const { pile, value } of leaving) if (value.top > 0n) deal(pile, value)
  }
  const final = Array.from(receiving, (_, option) => (kept.has(option) ? quota : votes(option)))
  return { first, final }
}

/** Without any vote there is a quota of 0, which nobody has. */
function isFull(votes: Fraction, quota: Fraction): boolean {
  return votes.top > 0n && compareFractions(votes, quota) >= 0
}
