import type { Ledger } from './ledger.ts'
import { lowerValue, type PaperValue, product, total, wholeValue } from './values.ts'

/** A surplus and the papers that are to carry it; votes in units of the ledger. */
interface SurplusTransfer {
  readonly ledger: Ledger
  readonly surplus: bigint
  /** Votes of all the papers that are examined, which are more than none. */
  readonly votes: bigint
  /** Weight of all the papers that are examined. */
  readonly papers: number
  /** Those among them that have no next preference, with the value that they have. */
  readonly exhausted: readonly { readonly weight: number; readonly value: PaperValue }[]
}

interface TransferValueRule {
  /** The part of something that the surplus is, the same for all papers. */
  readonly share: (transfer: SurplusTransfer) => PaperValue
  /** The value at which papers of some value move on; the share in lowest terms. */
  readonly value: (transfer: SurplusTransfer, share: PaperValue, value: PaperValue) => PaperValue
  /** Whether papers without a next preference stay as part of the quota, or take their part of the surplus. */
  readonly exhausted: 'stay' | 'leave'
}

const ofVotes = ({ surplus, votes }: SurplusTransfer): PaperValue => ({ top: surplus, bottom: votes })

export const transferValueRules = {
  /** surplus × value ÷ votes, cut once. */
  weighted: {
    share: ofVotes,
    value: ({ ledger }, share, value) => ledger.cut(product(value, share)),
    exhausted: 'leave',
  },
  /** surplus ÷ votes, cut; then that × value, cut. */
  'weighted fraction first': {
    share: ofVotes,
    value: ({ ledger }, share, value) => ledger.cut(product(value, ledger.cut(share))),
    exhausted: 'leave',
  },
  /** surplus × value, cut; then that ÷ votes, cut. */
  'weighted product first': {
    share: ofVotes,
    value: ({ ledger, surplus, votes }, _share, value) => {
      const { one } = ledger
      const whole = ledger.cut(product(value, { top: surplus, bottom: one }))
      return ledger.cut(product(whole, { top: one, bottom: votes }))
    },
    exhausted: 'leave',
  },
  /** surplus × value ÷ what the votes are without the papers that have no next preference; at most the value. */
  'weighted transferable': {
    share: ofTransferableVotes,
    value: ({ ledger }, share, value) => ledger.cut(product(value, share)),
    exhausted: 'stay',
  },
  /** surplus ÷ papers, whatever value they had. */
  unweighted: {
    share: ({ ledger, surplus, papers }) => ({ top: surplus, bottom: ledger.wholeVotes(papers) }),
    value: ({ ledger }, share) => ledger.cut(share),
    exhausted: 'leave',
  },
  /** surplus ÷ transferable papers, but not above the value that a paper has. */
  transferable: {
    share: ({ ledger, surplus, papers, exhausted }) => ({
      top: surplus,
      // Without any of them nothing moves, whatever the value.
      bottom: ledger.wholeVotes(papers - exhausted.reduce((sum, { weight }) => sum + weight, 0) || 1),
    }),
    value: ({ ledger }, share, value) => lowerValue(value, ledger.cut(share)),
    exhausted: 'stay',
  },
} satisfies Record<string, TransferValueRule>

/**
 * The papers without a next preference may be worth more than the votes for them, which are cut: then all
 * others together are worth less than the surplus.
 */
function ofTransferableVotes({ ledger, surplus, votes, exhausted }: SurplusTransfer): PaperValue {
  const worth = total(
    exhausted.map(({ weight, value }) => ({
      top: ledger.wholeVotes(weight) * value.top,
      bottom: value.bottom,
    })),
  )
  const transferable = votes * worth.bottom - worth.top
  const top = surplus * worth.bottom
  return top < transferable ? { top, bottom: transferable } : wholeValue
}
