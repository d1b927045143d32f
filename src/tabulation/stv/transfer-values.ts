import type { Ledger } from './ledger.ts'
import { lowerValue, type PaperValue, product } from './values.ts'

/** A surplus and the papers that are to carry it; votes in units of the ledger. */
interface SurplusTransfer {
  readonly ledger: Ledger
  readonly surplus: bigint
  /** Votes of all the papers that are examined, which are more than none. */
  readonly votes: bigint
  /** Weight of all the papers that are examined. */
  readonly papers: number
  /** Weight of those among them that have a next preference. */
  readonly transferable: number
}

interface TransferValueRule {
  /** The part of something that the surplus is, the same for all papers. */
  readonly share: (transfer: SurplusTransfer) => PaperValue
  /** The value at which papers of some value move on; the share in lowest terms. */
  readonly value: (transfer: SurplusTransfer, share: PaperValue, value: PaperValue) => PaperValue
}

const ofVotes = ({ surplus, votes }: SurplusTransfer): PaperValue => ({ top: surplus, bottom: votes })

export const transferValueRules = {
  /** surplus × value ÷ votes, cut once. */
  weighted: { share: ofVotes, value: ({ ledger }, share, value) => ledger.cut(product(value, share)) },
  /** surplus ÷ votes, cut; then that × value, cut. */
  'weighted fraction first': {
    share: ofVotes,
    value: ({ ledger }, share, value) => ledger.cut(product(value, ledger.cut(share))),
  },
  /** surplus × value, cut; then that ÷ votes, cut. */
  'weighted product first': {
    share: ofVotes,
    value: ({ ledger, surplus, votes }, _share, value) => {
      const { one } = ledger
      const whole = ledger.cut(product(value, { top: surplus, bottom: one }))
      return ledger.cut(product(whole, { top: one, bottom: votes }))
    },
  },
  /** surplus ÷ papers, whatever value they had. */
  unweighted: {
    share: ({ ledger, surplus, papers }) => ({ top: surplus, bottom: ledger.wholeVotes(papers) }),
    value: ({ ledger }, share) => ledger.cut(share),
  },
  /** surplus ÷ transferable papers, but not above the value that a paper has. */
  transferable: {
    share: ({ ledger, surplus, transferable }) => ({
      top: surplus,
      // Without any of them nothing moves, whatever the value.
      bottom: ledger.wholeVotes(transferable || 1),
    }),
    value: ({ ledger }, share, value) => lowerValue(value, ledger.cut(share)),
  },
} satisfies Record<string, TransferValueRule>
