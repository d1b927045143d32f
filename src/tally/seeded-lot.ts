import { lotTickets } from '../tabulation/lot-tickets.ts'
import type { Lot, TieBreaks } from '../tabulation/ties.ts'

/**
 * How a published seed decides ties: by the documented lot where the rules of a contest name one, and by the
 * same lot where they leave the decision to people. Without a seed such ties stay open.
 */
export function seededTieBreaks(seed: string | undefined, sha256: Lot['sha256']): TieBreaks {
  if (seed === undefined) return {}
  const lot: Lot = { seed, sha256 }
  return {
    lot,
    decide: (tie) =>
      lotTickets(lot, tie)
        .slice(0, tie.choose)
        .map(({ option }) => option),
  }
}
