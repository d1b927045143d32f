import type { Decimal } from './decimal.ts'
import type { OptionIndex } from './option-index.ts'
import type { SortedPile } from './ranked-papers.ts'
import type { Transfer } from './tabulation.ts'

/** What moved from an option, all of it at the value that it had. */
interface Moved<Votes> {
  readonly from: OptionIndex
  readonly to: readonly { readonly option: OptionIndex; readonly votes: Votes }[]
  readonly exhausted: Votes
}

/** The transfer of everything that an option had: nothing is kept, and nothing lost. */
export function wholeTransfer<Votes>(
  { from, to, exhausted }: Moved<Votes>,
  decimal: (votes: Votes) => Decimal,
): Transfer {
  return {
    from,
    to: to.map(({ option, votes }) => ({ option, votes: decimal(votes) })),
    exhausted: decimal(exhausted),
    loss: '0',
    kept: '0',
    values: [],
  }
}

/** The transfer of a pile of papers, by their weights. */
export function pileTransfer(
  from: OptionIndex,
  { piles, exhausted }: Pick<SortedPile, 'piles' | 'exhausted'>,
  decimal: (weight: number) => Decimal,
): Transfer {
  const to = [...piles].map(([option, { weight }]) => ({ option, votes: weight }))
  return wholeTransfer({ from, to, exhausted: exhausted.weight }, decimal)
}
