import * as z from 'zod/mini'

const count = z.int().check(z.nonnegative())
const limits = {
  /** The fewest options that a ballot which is not blank selects, ranks or grades; at least 1. */
  min: z.int().check(z.positive()),
  /** The most. */
  max: z.int().check(z.positive()),
}

/** What the ballots of every style may have beside their own rules. */
const common = {
  /** Whether a voter may cast a blank ballot. */
  blank: z.boolean(),
  /** What a blank ballot is called where it has a name of its own: "Abstain", in the words of the organisation. */
  blankName: z.exactOptional(z.string().check(z.minLength(1))),
  /** Which option stands for none of the others, by position. */
  none: z.exactOptional(count),
}

/**
 * `choice` and `approval` select options, and differ in what a method makes of them. Who selects none of the
 * above selects nothing else.
 */
const selectionRules = z.strictObject({
  style: z.enum(['choice', 'approval']),
  ...limits,
  ...common,
  /** Whether one name that is not printed may be written in; it is one of the selections. */
  writeIn: z.exactOptional(z.literal(true)),
})

const rankingRules = z.strictObject({
  style: z.literal('ranking'),
  ...limits,
  ...common,
  /** Whether options may share a rank. */
  equalRanks: z.boolean(),
  /** Whether a rank may be left empty though a later one is used. */
  skippedRanks: z.boolean(),
})

/** Every option gets a score from 0 to `highest`; 0 is also what an option without a score has. */
const scoreRules = z.strictObject({
  style: z.literal('score'),
  highest: count.check(z.positive(), z.maximum(255)),
  ...common,
})

/** Each option gets one of the grades, or is left without one. */
const gradeRules = z.strictObject({
  style: z.literal('grade'),
  /** What the grades are called, the worst first. */
  grades: z.array(z.string().check(z.minLength(1))).check(z.minLength(2), z.maxLength(255)),
  ...limits,
  ...common,
})

/** What a ballot of a contest may say. */
export const ballotRulesSchema = z.discriminatedUnion('style', [
  selectionRules,
  rankingRules,
  scoreRules,
  gradeRules,
])

export type BallotRules = z.infer<typeof ballotRulesSchema>
export type SelectionRules = z.infer<typeof selectionRules>
export type RankingRules = z.infer<typeof rankingRules>
export type ScoreRules = z.infer<typeof scoreRules>
export type GradeRules = z.infer<typeof gradeRules>

/** Why a contest can't be put to the vote, with what a sentence about it needs. */
export type SetUpFault =
  | { readonly code: 'too-few-options'; readonly options: number; readonly atLeast: number }
  | {
      readonly code: 'limits-contradict'
      readonly min: number
      readonly max: number
      readonly options: number
    }
  /** More ranks than a sealed ballot has room for; `most` fit. */
  | { readonly code: 'too-many-ranks'; readonly max: number; readonly most: number; readonly options: number }
  /** More scores or grades than a sealed ballot has room for; `most` options fit with this highest one. */
  | {
      readonly code: 'too-many-scores'
      readonly options: number
      readonly most: number
      readonly highest: number
    }
  /** Equal or skipped ranks have room for 30 options only. */
  | { readonly code: 'only-strict-ranks'; readonly options: number; readonly most: number }
  /** More options than leave room for a name that is written in, or than fit at all; `most` do. */
  | { readonly code: 'too-many-options'; readonly options: number; readonly most: number }
  /** The option that stands for none of the others is not there. */
  | { readonly code: 'none-unknown'; readonly none: number; readonly options: number }
