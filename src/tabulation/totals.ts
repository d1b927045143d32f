import type { Decimal } from './decimal.ts'

/**
 * A contest that opened as sums only: how many votes each option got, and on how many ballots. All of
 * them are valid, because a ballot that breaks the rules can't be cast.
 */
export interface OptionTotals {
  readonly kind: 'totals'
  /** By position of the option. */
  readonly votes: readonly Decimal[]
  /** All ballots, blank ones included, by weight. */
  readonly ballots: Decimal
  /** Blank ones; `0` in a contest that doesn't allow them. */
  readonly blank: Decimal
}
