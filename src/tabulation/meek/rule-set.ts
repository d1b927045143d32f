import type { IrregularRankings } from '../irregular-rankings.ts'
import type { TieRule } from '../ties.ts'

/**
 * The points at which the rules of Meek's family differ: a rule set is a choice at each. Keep values are
 * between 0 and 1; the papers that one option passes over go to the next on them at what is left of their value.
 */
export interface MeekRuleSet {
  /**
   * How numbers are held. `decimal`: to so many places, the quota one unit of the last place above the exact
   * one, and reached by as many votes. `quasi-exact`: with guard places, and numbers within half a unit of the
   * last place held for equal; `exact`: as fractions. The last two have the exact quota, which votes must exceed.
   */
  readonly arithmetic: 'decimal' | 'quasi-exact' | 'exact'
  /** Decimal places of a paper's value; in `exact` arithmetic those that are shown. */
  readonly places: number
  /** Further places in `quasi-exact` arithmetic. */
  readonly guardPlaces: number
  /** In `exact` arithmetic the places to which keep values are rounded up; `null` leaves them as they come out. */
  readonly keepPlaces: number | null
  /**
   * What an elected option takes of a paper. `share rounded up`: its value times the keep value, and the rest
   * goes on. `both cut`: that share and the share of the rest are cut, and the difference is lost. `both cut, by the
   * pile`: so, but what is kept of all papers that came the same way is cut as one number.
   * `up to the keep value` is Warren's: the keep value itself, or all there is if that is less.
   */
  readonly share: 'share rounded up' | 'both cut' | 'both cut, by the pile' | 'up to the keep value'
  /** Keep value × quota ÷ votes: rounded up after the product and after the quotient, or only at the end. */
  readonly keepRounding: 'up twice' | 'up once'
  /** From the votes that options hold, anew in each iteration, or once from the first count. */
  readonly quota: 'each iteration' | 'first count'
  /** With one seat: the quota as ever, or as New Zealand has it, the least whole number above half of the votes. */
  readonly oneSeat: 'quota' | 'absolute majority'
  /** The sum of what the elected have above the quota, less what some lack; or only of those above it. */
  readonly surplus: 'of all elected' | 'above the quota'
  readonly exclusion: 'lowest' | 'sure losers' | 'sure losers while surplus is left' | 'as Hill'
  /** An option is excluded when the surplus is below so many votes. */
  readonly omega: string
  /** Or when iterating leads no further. */
  readonly stalled: 'surplus does not fall' | 'no keep value falls'
  /** Whom the lowest is tied with: those with equal votes, or those whom the surplus could bring level. */
  readonly tiedWith: 'equal votes' | 'within the surplus'
  /** A round is written down when it elected or ends in an exclusion, or for each iteration. */
  readonly rounds: 'when decided' | 'each iteration'
  readonly overvotes: IrregularRankings['overvotes'] | SharedRanks
  readonly skippedRanks: IrregularRankings['skippedRanks']
  readonly repeatedOptions: IrregularRankings['repeatedOptions']
  readonly ties: readonly TieRule[]
}

/**
 * A shared rank as an equal mixture of the orders in which it can be ranked; or as equal parts of the paper, each
 * of which one of its options has first, and which then go on to the next rank.
 */
export type SharedRanks = 'split by every order' | 'split in equal parts'
