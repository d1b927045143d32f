import type * as z from 'zod'
import type { Tabulation, TabulationInput } from './tabulation.ts'

/** What a ballot says in a method. */
export type BallotStyle = 'choice' | 'approval' | 'score' | 'grade' | 'ranking' | 'list'

/** What a caller gives: as `TabulationInput`, with rules that are not yet checked. */
export type TabulationRequest = TabulationInput<unknown>

/** An entry of the registry. */
export interface Method {
  readonly id: string
  /** For people. */
  readonly title: string
  readonly style: BallotStyle
  /** Whether it also counts a contest that opens as totals only (`OptionTotals`). */
  readonly takesTotals: boolean
  /** Present where the order in which the ballots came decides (`BallotGroups.sequence`). */
  readonly needsBallotOrder?: true
  /** Where its rules can be read. */
  readonly source: string
  /** Its rules, with the defaults of its source; strict: an unknown rule is refused. */
  readonly rules: z.ZodType
  /**
   * Checks the rules, the ballots and the numbers, and counts.
   * @throws TabulationRefusal when they don't fit; never for a tie
   */
  readonly tabulate: (request: TabulationRequest) => Tabulation
}
