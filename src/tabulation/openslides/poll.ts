import * as z from 'zod'

/** A number of a poll's configuration; 0 is stored where none is set, and sets none. */
const limit = z
  .int()
  .nonnegative()
  .nullish()
  .transform((number) => number || undefined)

const optionLimits = { min_options_amount: limit, max_options_amount: limit }

/** The ids of the options, in the order of the ballot. */
const options = z
  .array(z.int().positive())
  .min(1)
  .refine((ids) => new Set(ids).size === ids.length)

const common = {
  /** Whether a ballot may divide its weight among several answers. */
  allow_vote_split: z.boolean().default(false),
  /** Whether a ballot that breaks the rules is stored, and counted as invalid, instead of refused. */
  allow_invalid: z.boolean().default(false),
}

/** A poll as OpenSlides configures it, in its words. */
export const openSlidesPollSchema = z.discriminatedUnion('method', [
  z.strictObject({
    method: z.literal('approval'),
    config: z.strictObject({ allow_abstain: z.boolean().default(true) }).prefault({}),
    options: z.null().optional(),
    ...common,
  }),
  z.strictObject({
    method: z.literal('selection'),
    config: z.strictObject({ ...optionLimits, allow_nota: z.boolean().default(false) }).prefault({}),
    options,
    ...common,
  }),
  z.strictObject({
    method: z.literal('rating_score'),
    config: z
      .strictObject({
        ...optionLimits,
        max_votes_per_option: limit,
        min_vote_sum: limit,
        max_vote_sum: limit,
      })
      .prefault({}),
    options,
    ...common,
  }),
  z.strictObject({
    method: z.literal('rating_approval'),
    config: z.strictObject({ ...optionLimits, allow_abstain: z.boolean().default(true) }).prefault({}),
    options,
    ...common,
  }),
])

export type OpenSlidesPoll = z.output<typeof openSlidesPollSchema>
