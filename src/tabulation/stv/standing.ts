import type { CountRecord } from '../count-record.ts'
import type { OptionIndex } from '../option-index.ts'
import type { Ledger } from './ledger.ts'

/** How a count stands at the end of a stage, for the rules that decide what comes next. */
export interface Standing {
  readonly record: CountRecord
  readonly ledger: Ledger
  readonly seats: number
  /** Those that may still be elected or excluded, fewest votes first; equals in the order of the ballot. */
  readonly continuing: readonly OptionIndex[]
  /** Whether somebody has been excluded before. */
  readonly anyExcluded: boolean
}

/** Seats that nobody is elected to yet. */
export function vacantSeats({ seats, record }: Standing): number {
  return seats - record.electedCount()
}

/** Those with equal votes in the order of the ballot. */
export function fewestFirst(options: readonly OptionIndex[], votes: readonly bigint[]): OptionIndex[] {
  return [...options].sort((a, b) => (votes[a]! === votes[b]! ? a - b : votes[a]! < votes[b]! ? -1 : 1))
}
