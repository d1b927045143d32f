import { createHash } from 'node:crypto'
import type { Lot, TieBreaks, TieQuestion } from '../tabulation/ties.ts'

/**
 * How a published seed decides ties: by the documented lot where the rules of a contest name one, and by the
 * same lot where they leave the decision to people. Without a seed such ties stay open.
 */
export function tieBreaksOf(seed: string | undefined): TieBreaks {
  if (seed === undefined) return {}
  const lot: Lot = { seed, sha256: (text) => createHash('sha256').update(text).digest('hex') }
  return { lot, decide: (tie) => drawn(lot, tie) }
}

/** The options with the lowest tickets, see `Lot`. */
function drawn({ seed, sha256 }: Lot, { method, round, to, among, choose }: TieQuestion): number[] {
  const tickets = among.map((option) => ({
    option,
    ticket: sha256(`${seed}|${method}|${round}|${to}|${option + 1}`),
  }))
  return tickets
    .sort((a, b) => (a.ticket < b.ticket ? -1 : 1))
    .slice(0, choose)
    .map(({ option }) => option)
}
