import type { IrregularRankings } from '../ranked-papers.ts'
import type { TieRule } from '../ties.ts'
import type {
  exclusionRules,
  quotaRules,
  surplusOrders,
  terminationRules,
  transferValueRules,
} from './decisions.ts'

/** An STV rule set: a choice at each decision point, and what it makes of irregular rankings and ties. */
export interface StvRuleSet extends IrregularRankings {
  readonly quota: keyof typeof quotaRules
  readonly transferValue: keyof typeof transferValueRules
  /** Decimal places of a paper's value; what is beyond is cut off. */
  readonly valuePlaces: number
  readonly surplusOrder: keyof typeof surplusOrders
  readonly exclusion: keyof typeof exclusionRules
  readonly termination: keyof typeof terminationRules
  readonly ties: readonly TieRule[]
}
