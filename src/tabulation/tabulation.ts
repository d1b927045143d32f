import type { BallotGroups } from './ballot-groups.ts'
import type { Decimal } from './decimal.ts'
import type { OptionIndex } from './option-index.ts'
import type { Tie, TieBreaks, TieQuestion } from './ties.ts'
import type { OptionTotals } from './totals.ts'

/** What a method is given: ballots and rules, and nothing about elections, people or files. */
export interface TabulationInput<Rules> {
  /** The names of the options, in the order of the ballot. */
  readonly options: readonly string[]
  /** Options withdrawn before the count: taken off every ballot, which close up. */
  readonly withdrawn?: readonly OptionIndex[]
  /** At least 1. */
  readonly seats: number
  readonly ballots: BallotGroups | OptionTotals
  readonly rules: Rules
  readonly tieBreaks: TieBreaks
  /** The number of a group of ballots; each round then says where such a ballot lies (`Round.traced`). */
  readonly trace?: number
}

/**
 * How the count ended.
 *
 * `tied`: the rules left a tie open; the count stops there, and goes on when it is repeated with a decision
 * of what is left of it (`TieBreaks.decide`). `runoff`: nobody, or too few, reached the threshold; the contenders go on.
 */
export type Outcome =
  | { readonly kind: 'decided' }
  | { readonly kind: 'tied'; readonly tie: TieQuestion }
  | { readonly kind: 'runoff'; readonly contenders: readonly OptionIndex[] }

export interface Winner {
  readonly option: OptionIndex
  /** The round (stage) that elected it, from 1. */
  readonly round: number
}

export type OptionStatus =
  | { readonly kind: 'elected'; readonly round: number }
  | { readonly kind: 'excluded'; readonly round: number }
  /** In a method with a runoff: goes on to it. */
  | { readonly kind: 'contender' }
  /** Neither elected nor excluded when all seats were filled. */
  | { readonly kind: 'not elected' }
  /** Its fate hangs on a tie that is still open. */
  | { readonly kind: 'open' }
  | { readonly kind: 'withdrawn' }

/** What happened in a round, before its votes were counted. */
export type RoundAction =
  | { readonly kind: 'count' }
  | {
      readonly kind: 'exclude'
      readonly options: readonly OptionIndex[]
      /** Of the papers that moved in this round, where an exclusion takes a round for each value. */
      readonly value?: Decimal
    }
  | { readonly kind: 'surplus'; readonly option: OptionIndex }
  /** Elected options keep less of each paper, or as much as before, and all papers are counted again. */
  | { readonly kind: 'keep'; readonly options: readonly OptionIndex[] }
  /** One more option is chosen, by a method that fills the seats one after the other. */
  | { readonly kind: 'choose'; readonly option: OptionIndex }
  | { readonly kind: 'compare' }
  /** Each ballot counts for the one of the finalists that it prefers. */
  | { readonly kind: 'runoff'; readonly options: readonly OptionIndex[] }

/** Votes that moved in a round. */
export interface Transfer {
  readonly from: OptionIndex
  /** Received by each option, in votes; options that received nothing are left out. */
  readonly to: readonly { readonly option: OptionIndex; readonly votes: Decimal }[]
  /** Votes of papers without a next preference for a continuing option. */
  readonly exhausted: Decimal
  /**
   * Votes lost to rounding. Less than nothing (`-1`) where papers come together again whose votes had been
   * cut apart.
   */
  readonly loss: Decimal
  /** Votes that stay with `from`: the quota, when a surplus is transferred. */
  readonly kept: Decimal
  /**
   * In a transfer of surplus, each value that papers had, and the value at which they moved on, in votes a
   * paper of weight 1. Empty in an exclusion, where papers keep their value.
   */
  readonly values: readonly { readonly before: Decimal; readonly after: Decimal }[]
}

/**
 * One round, or stage, as a scrutineer would write it down. The votes, `exhausted` and `loss` are those at
 * the end of the round; where a ballot counts for one option at a time they add up to `Statistics.valid`.
 */
export interface Round {
  /** From 1. */
  readonly number: number
  readonly action: RoundAction
  /** Votes of each option, by position; empty in a round that compares in pairs. */
  readonly votes: readonly Decimal[]
  /** Exhausted so far. */
  readonly exhausted: Decimal
  /** Lost to rounding so far. */
  readonly loss: Decimal
  readonly inactive?: InactiveVotes
  /** What elects in this round: a quota, or the smallest number of votes that reaches the threshold. */
  readonly quota?: Decimal
  /** Votes above the quota that are not yet transferred. */
  readonly surplus?: Decimal
  /** Elected in this round, in order. */
  readonly elected: readonly OptionIndex[]
  readonly transfers: readonly Transfer[]
  /** Where the traced ballot lies at the end of the round; nothing when it is exhausted. */
  readonly traced?: readonly { readonly option: OptionIndex; readonly votes: Decimal }[]
  /** For people: what happened and why. */
  readonly sentence: string
}

/**
 * Why ballots count for nobody at the end of a round. They add up to the exhausted and to those on which no
 * preference ever counted, which are invalid.
 */
export interface InactiveVotes {
  /** The next rank holds more options than the rules take. */
  readonly overvotes: Decimal
  /** More ranks in a row are empty than the rules take. */
  readonly skippedRanks: Decimal
  /** An option is ranked again, and the rules take that for the end of the ballot. */
  readonly repeatedOptions: Decimal
  /** Every option that is ranked is excluded or elected. */
  readonly noChoiceLeft: Decimal
}

/**
 * A table of what the method worked out, for people to follow with a pencil: points, quotients, medians.
 * Its cells are text; a number in it is exact, or says to how many places it was cut.
 */
export interface Working {
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** In votes, that is by weight. `valid` + `blank` + `invalid` is everything that was cast. */
export interface Statistics {
  /** Counted, exhausted ones included. */
  readonly valid: Decimal
  /** Without any selection. */
  readonly blank: Decimal
  /** Not counted because of what is on them; includes those that the reader of the ballots set aside. */
  readonly invalid: Decimal
  /** Exhausted when the count ended. */
  readonly exhausted: Decimal
  /** Ballots on which more options were selected, or shared a rank, than the method takes. */
  readonly overvotes: Decimal
}

/** Who is preferred to whom, for the methods that compare in pairs. */
export interface PairwiseComparison {
  /** `votes[a][b]`: ballots that prefer a to b. */
  readonly votes: readonly (readonly Decimal[])[]
  /**
   * `strengths[a][b]`: the strongest path from a to b, as the method measures it; written `for:against`
   * where the ballots against matter by themselves. Empty where there is none. Absent where a method follows no paths.
   */
  readonly strengths?: readonly (readonly string[])[]
}

/** The result of a count: plain data, the same for the same ballots in any order. */
export interface Tabulation {
  /** The id of the method. */
  readonly method: string
  readonly options: readonly string[]
  readonly seats: number
  readonly outcome: Outcome
  /**
   * In the order of their election. Where options are lists there is one for each seat, in the order of
   * award: the candidate who takes it, or the list, once for each seat, where it names no candidates.
   */
  readonly winners: readonly Winner[]
  /** By position of the option. */
  readonly statuses: readonly OptionStatus[]
  readonly rounds: readonly Round[]
  /** Every tie that the count met, in order, and how each was decided. */
  readonly ties: readonly Tie[]
  readonly statistics: Statistics
  /**
   * The order of all options that the method makes, best first, equals together; before any tie is
   * decided. Absent where a method makes none.
   */
  readonly ranking?: readonly (readonly OptionIndex[])[]
  /** By position of the option, where options are lists: the seats of each; 0 for a candidate. */
  readonly seatsWon?: readonly number[]
  readonly pairwise?: PairwiseComparison
  /** In the order in which they are read. */
  readonly workings?: readonly Working[]
  /**
   * Every committee that the rules hold for equally good, where a method chooses committees as a whole; each
   * ascending, in ascending order.
   */
  readonly committees?: readonly (readonly OptionIndex[])[]
}
