import type { OptionIndex } from './option-index.ts'
import type { Lot, TieQuestion } from './ties.ts'

/** The ticket that each of the tied options draws, see `Lot`; the lowest, which is chosen first, stands first. */
export function lotTickets(
  { seed, sha256 }: Lot,
  { method, round, to, among }: TieQuestion,
): { option: OptionIndex; ticket: string }[] {
  return among
    .map((option) => ({ option, ticket: sha256(`${seed}|${method}|${round}|${to}|${option + 1}`) }))
    .sort((a, b) => (a.ticket < b.ticket ? -1 : 1))
}
