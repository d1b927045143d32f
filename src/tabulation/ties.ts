import type { OptionIndex } from './option-index.ts'

/**
 * The ways to decide a tie, which a method's rules name in order.
 *
 * - `backwards`: by the votes at the most recent earlier round where the tied differed, then the one before.
 * - `forwards`: by the votes at the first round where they differed, then the next.
 * - `order given`: by `TieBreaks.order`, or the order of the ballot where none is given; the earlier prevails.
 *   Options that the order leaves out come last, and stay tied among themselves.
 * - `lot`: by a lot that anyone can redo, see `Lot`.
 * - `pseudo-random`: by numbers that the method itself makes from the numbers of options, seats and votes; only
 *   in a method that says so.
 * - `ask`: by `TieBreaks.decide`, a decision made by people and recorded by the caller.
 */
export const tieRules = ['backwards', 'forwards', 'order given', 'lot', 'ask'] as const
export type TieRule = (typeof tieRules)[number] | 'pseudo-random'

/**
 * What the chosen of a tie get. Lists receive or give up a seat; `prevail` is the next place in an order that
 * decides between equals later on.
 */
export const tieEnds = [
  'elect',
  'exclude',
  'transfer first',
  'enter the runoff',
  'receive a seat',
  'give up a seat',
  'prevail',
] as const
export type TieEnd = (typeof tieEnds)[number]

/**
 * A lot: each tied option draws the ticket `sha256(seed|method|round|end|position)`, in which the position
 * on the ballot counts from 1 and the end is a `TieEnd`; for example `2f6c…|stv-scottish|4|exclude|3`. The
 * options with the lowest tickets, compared as lower-case hex, are chosen.
 */
export interface Lot {
  /** Published before the count, or drawn in public. */
  readonly seed: string
  /** The SHA-256 of the UTF-8 text, as 64 lower-case hex digits. */
  readonly sha256: (text: string) => string
}

export interface TieBreaks {
  readonly order?: readonly OptionIndex[]
  readonly lot?: Lot
  /**
   * Asked for the decision of a tie; answers `tie.choose` members of `tie.among`, or `undefined` when it
   * has not been decided, which ends the count with the tie open. Must answer the same for the same tie.
   */
  readonly decide?: (tie: TieQuestion) => readonly OptionIndex[] | undefined
}

/** A tie to decide: `choose` of the options `among` have to be chosen, and nothing so far says which. */
export interface TieQuestion {
  readonly method: string
  /** The round in which the choice had to be made: the one that the choice begins. From 1. */
  readonly round: number
  readonly to: TieEnd
  /** In ascending order. */
  readonly among: readonly OptionIndex[]
  readonly choose: number
}

export type TieDecision =
  | {
      readonly by: 'backwards' | 'forwards'
      /** The earlier rounds that told them apart. */
      readonly rounds: readonly number[]
    }
  | { readonly by: 'order given' }
  | {
      readonly by: 'lot'
      readonly seed: string
      readonly tickets: readonly { readonly option: OptionIndex; readonly ticket: string }[]
    }
  | {
      readonly by: 'pseudo-random'
      /** The lowest is chosen first. */
      readonly numbers: readonly { readonly option: OptionIndex; readonly number: number }[]
    }
  | { readonly by: 'ask' }
  /** A comparison that the method itself prescribes, before the chain is asked. */
  | {
      readonly by: 'comparison'
      /** What was compared, as it follows "by": `the head-to-head votes`. */
      readonly of: string
      readonly figures: readonly { readonly option: OptionIndex; readonly figure: string }[]
    }

/** A tie that the count met. */
export interface Tie extends TieQuestion {
  /** What decided it, in order: a rule that told some but not all apart is followed by the next. */
  readonly decisions: readonly TieDecision[]
  /** The chosen, in ascending order; absent while the tie is open. */
  readonly chosen?: readonly OptionIndex[]
}
