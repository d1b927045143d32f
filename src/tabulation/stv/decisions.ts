import type { Choice, CountRecord } from '../count-record.ts'
import type { OptionIndex } from '../option-index.ts'

/**
 * The points at which the rules of STV counts differ. Each has a name, and each choice a name within it; a
 * rule set (`rule-set.ts`) picks one of each. All votes are in units of 10^-`places` votes, see `StvNumbers`.
 */

/** How the numbers of a count are scaled. */
export interface StvNumbers {
  /** A paper's value has this many decimal places. */
  readonly valuePlaces: number
  /** Votes, which are values times weights, have this many. */
  readonly places: number
  /** One vote. */
  readonly oneVote: bigint
}

type QuotaRule = (count: {
  readonly valid: bigint
  readonly seats: number
  readonly numbers: StvNumbers
}) => bigint

export const quotaRules = {
  /** floor(valid ÷ (seats + 1)) + 1, in whole votes. */
  'droop in whole votes': ({ valid, seats, numbers: { oneVote } }) =>
    (valid / (BigInt(seats + 1) * oneVote) + 1n) * oneVote,
} satisfies Record<string, QuotaRule>

/** The value at which a paper of some value moves on, rounded down to the places of a value. */
type TransferValueRule = (transfer: {
  readonly surplus: bigint
  /** All votes of the option, its surplus included. */
  readonly votes: bigint
  /** Of the paper, in units of 10^-`valuePlaces`. */
  readonly value: bigint
}) => bigint

export const transferValueRules = {
  /** All papers move: surplus × value ÷ votes. */
  'weighted inclusive': ({ surplus, votes, value }) => (surplus * value) / votes,
} satisfies Record<string, TransferValueRule>

/** Whose surplus is transferred next, of those that have one. */
type SurplusOrder = (record: CountRecord, withSurplus: readonly OptionIndex[]) => Choice

export const surplusOrders = {
  'largest first': (record, withSurplus) => record.choose(withSurplus, 'transfer first'),
} satisfies Record<string, SurplusOrder>

/** Who is excluded when no surplus is left to transfer. */
type ExclusionRule = (record: CountRecord) => Choice

export const exclusionRules = {
  'lowest, one at a time': (record) => record.choose(record.continuing(), 'exclude'),
} satisfies Record<string, ExclusionRule>

/** Whether a stage ends the count, by electing all who continue. The count also ends when all seats are filled. */
type TerminationRule = (left: { readonly continuing: number; readonly vacant: number }) => boolean

export const terminationRules = {
  'as many continue as seats are vacant': ({ continuing, vacant }) => continuing <= vacant,
} satisfies Record<string, TerminationRule>
