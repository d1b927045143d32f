import * as z from 'zod/mini'

const count = z.int().check(z.nonnegative())
const limits = {
  /** The fewest options that a ballot which is not blank selects or ranks; at least 1. */
  min: z.int().check(z.positive()),
  /** The most. */
  max: z.int().check(z.positive()),
  /** Whether a voter may cast a blank ballot. */
  blank: z.boolean(),
}

/** `choice` and `approval` select options, and differ in what a method makes of them. */
const selectionRules = z.strictObject({ style: z.enum(['choice', 'approval']), ...limits })

const rankingRules = z.strictObject({
  style: z.literal('ranking'),
  ...limits,
  /** Whether options may share a rank. */
  equalRanks: z.boolean(),
  /** Whether a rank may be left empty though a later one is used. */
  skippedRanks: z.boolean(),
})

/** Every option gets a score from 0 to `highest`; 0 is also what an option without a score has. */
const scoreRules = z.strictObject({
  style: z.literal('score'),
  highest: count.check(z.positive(), z.maximum(255)),
  blank: z.boolean(),
})

/** What a ballot of a contest may say. */
export const ballotRulesSchema = z.discriminatedUnion('style', [selectionRules, rankingRules, scoreRules])

export type BallotRules = z.infer<typeof ballotRulesSchema>
export type SelectionRules = z.infer<typeof selectionRules>
export type RankingRules = z.infer<typeof rankingRules>
export type ScoreRules = z.infer<typeof scoreRules>

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
  /** More scores than a sealed ballot has room for; `most` options fit with this highest score. */
  | {
      readonly code: 'too-many-scores'
      readonly options: number
      readonly most: number
      readonly highest: number
    }
  /** Equal or skipped ranks have room for 30 options only. */
  | { readonly code: 'only-strict-ranks'; readonly options: number; readonly most: number }
