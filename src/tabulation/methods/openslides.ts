import * as z from 'zod'
import { answerWorking, tallyAnswers } from '../answer-tally.ts'
import type { BallotGroups } from '../ballot-groups.ts'
import { maxScore } from '../ballot-groups.ts'
import { defineMethod } from '../define-method.ts'
import { tallyPoints } from '../points-tally.ts'
import { tallySelections } from '../selection-tally.ts'
import type { Tabulation, TabulationInput } from '../tabulation.ts'
import { tieRulesSchema } from '../tie-rules.ts'
import { answerSentence, decideMotion, tallyMotion } from './approval-motion.ts'
import { electMostVotes } from './single-round.ts'

/**
 * The four methods of the OpenSlides vote service, which counts and leaves what follows to the meeting: the
 * numbers are as there, and `openSlidesResult` writes them as there. Whom they elect is urna's reading.
 */
const source = (method: string) =>
  `OpenSlides vote service, branch feature/vote of May 2026, vote/method/${method}.go`

const count = z.int().positive()
/** How many options a ballot names that doesn't abstain. */
const optionLimits = { minOptions: count.default(1), maxOptions: count.optional() }
const ties = tieRulesSchema.default(['lot'])

const limitsOf = (
  rules: { minOptions: number; maxOptions?: number | undefined },
  options: readonly string[],
) => ({
  fewest: rules.minOptions,
  most: rules.maxOptions ?? options.length,
})

/** A motion that each ballot answers with yes, no or abstain; carried with more votes for than against. */
export const approval = defineMethod({
  id: 'approval',
  title: 'OpenSlides approval',
  style: 'choice',
  takesTotals: true,
  source: source('approval'),
  rules: z.strictObject({}),
  count: (input) => {
    const tally = tallyMotion('approval', input)
    const [yes, no] = tally.votes as [bigint, bigint]
    const carried = yes > no
    const sentence = answerSentence(carried, tally)
    return decideMotion('approval', input, tally, { winner: carried ? 0 : 1, quota: no + 1n, sentence })
  },
})

const selectionRules = z.strictObject({ ...optionLimits, ties })

/** Each ballot selects options; a blank one abstains. */
export const selection = defineMethod({
  id: 'selection',
  title: 'OpenSlides selection',
  style: 'approval',
  takesTotals: true,
  source: source('selection'),
  rules: selectionRules,
  count: (input) =>
    electMostVotes('selection', input, tallySelections(input, limitsOf(input.rules, input.options))),
})

const ratingScoreRules = z.strictObject({
  ...optionLimits,
  /** The most points for one option. */
  maxPerOption: count.optional(),
  /** The fewest and the most points of a ballot in all. */
  minSum: z.int().nonnegative().default(0),
  maxSum: count.optional(),
  ties,
})

type RatingScoreRules = z.output<typeof ratingScoreRules>

/** Each ballot gives points to options; one that names none abstains. */
export const ratingScore = defineMethod({
  id: 'rating-score',
  title: 'OpenSlides rating by score',
  style: 'score',
  takesTotals: false,
  source: source('rating_score'),
  rules: ratingScoreRules,
  count: countRatingScore,
})

function countRatingScore(input: TabulationInput<RatingScoreRules>): Tabulation {
  const { rules, options } = input
  const tally = tallyPoints(input, {
    fewestOptions: rules.minOptions,
    mostOptions: rules.maxOptions ?? options.length,
    mostPerOption: rules.maxPerOption ?? maxScore,
    fewestPoints: rules.minSum,
    mostPoints: rules.maxSum ?? maxScore * options.length,
    blank: 'no options',
  })
  return electMostVotes('rating-score', input, tally)
}

const ratingApprovalRules = z.strictObject({
  ...optionLimits,
  /** Whether a ballot may abstain from an option that it answers. */
  abstain: z.enum(['allowed', 'not allowed']).default('allowed'),
  ties,
})

type RatingApprovalRules = z.output<typeof ratingApprovalRules>

/** Each ballot answers yes, no or abstain for options; those with the most votes for them are elected. */
export const ratingApproval = defineMethod({
  id: 'rating-approval',
  title: 'OpenSlides rating by approval',
  style: 'grade',
  takesTotals: false,
  source: source('rating_approval'),
  rules: ratingApprovalRules,
  count: countRatingApproval,
})

function countRatingApproval(input: TabulationInput<RatingApprovalRules>): Tabulation {
  const { rules, options } = input
  const tally = tallyAnswers(input.ballots as BallotGroups, {
    abstain: rules.abstain,
    limits: limitsOf(rules, options),
  })
  return { ...electMostVotes('rating-approval', input, tally), workings: [answerWorking(options, tally)] }
}
