import type { Ledger } from './ledger.ts'
import { lowerValue, type PaperValue } from './values.ts'

/** A surplus and the papers that are to carry it; votes in units of the ledger. */
export interface SurplusTransfer {
  readonly ledger: Ledger
  readonly surplus: bigint
  /** Votes of all the papers that are examined. */
  readonly votes: bigint
  /** Weight of all the papers that are examined. */
  readonly papers: number
  /** Weight of those among them that have a next preference. */
  readonly transferable: number
}

/** The value at which papers of some value move on. */
type TransferValueRule = (transfer: SurplusTransfer, value: PaperValue) => PaperValue

export const transferValueRules = {
  /** surplus × value ÷ votes, cut once. */
  weighted: ({ ledger, surplus, votes }, { top, bottom }) =>
    ledger.cut({ top: top * surplus, bottom: bottom * votes }),
  /** surplus ÷ votes, cut; then that × value, cut. */
  'weighted fraction first': ({ ledger, surplus, votes }, { top, bottom }) => {
    const fraction = ledger.cut({ top: surplus, bottom: votes })
    return ledger.cut({ top: top * fraction.top, bottom: bottom * fraction.bottom })
  },
  /** surplus × value, cut; then that ÷ votes, cut. */
  'weighted product first': ({ ledger, surplus, votes }, { top, bottom }) => {
    const product = ledger.cut({ top: top * surplus, bottom: bottom * ledger.one })
    return ledger.cut({ top: product.top * ledger.one, bottom: product.bottom * votes })
  },
  /** surplus ÷ papers, whatever value they had. */
  unweighted: ({ ledger, surplus, papers }) =>
    ledger.cut({ top: surplus, bottom: ledger.wholeVotes(papers) }),
  /** surplus ÷ transferable papers, but not above the value that a paper has. */
  transferable: ({ ledger, surplus, transferable }, value) =>
    transferable === 0
      ? value
      : lowerValue(value, ledger.cut({ top: surplus, bottom: ledger.wholeVotes(transferable) })),
} satisfies Record<string, TransferValueRule>
