import type { Decimal } from './decimal.ts'

/**
 * A contest of which there are sums only: how many votes each option got, and on how many ballots. All of
 * them are valid.
 */
export interface OptionTotals {
  readonly kind: 'totals'
  /** By position of the option. */
  readonly votes: readonly Decimal[]
  /** All ballots, blank ones included, by weight. */
  readonly ballots: Decimal
  /** Blank ones; `0` in a contest that doesn't allow them. */
  readonly blank: Decimal
  /** Beside `ballots`; only where people counted them, as no sealed ballot of totals is invalid. */
  readonly invalid?: Decimal
}
