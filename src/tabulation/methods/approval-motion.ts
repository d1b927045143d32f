import * as z from 'zod'
import { formatDecimal, parseDecimal, rescale, type ScaledDecimal } from '../decimal.ts'
import { defineMethod } from '../define-method.ts'
import type { OptionIndex } from '../option-index.ts'
import { TabulationRefusal } from '../refusals.ts'
import { inPlaces, type SelectionTally, tallySelections } from '../selection-tally.ts'
import type { Tabulation, TabulationInput } from '../tabulation.ts'
import { type Threshold, thresholdPhrase, thresholdSchema, unitsToReach } from '../threshold.ts'
import { singleRoundTabulation } from './single-round.ts'

const rules = z.strictObject({
  /** The share of the base that the votes for yes have to reach. */
  threshold: thresholdSchema.default({ of: [1, 2], reach: 'more than' }),
  /** What it is a share of. */
  base: z.enum(['yes and no', 'yes, no and abstain', 'all ballots', 'eligible']).default('yes and no'),
  /** The share of the eligible votes that has to be cast, in ballots of any kind; none where nothing is said. */
  quorum: thresholdSchema.optional(),
  /** All votes that could be cast, by weight, as a decimal; for a quorum and the base `eligible`. */
  eligible: z
    .string()
    .refine((text) => parseDecimal(text) !== undefined)
    .describe('a number of votes')
    .optional(),
})

type ApprovalMotionRules = z.output<typeof rules>

/** The positions of the answers on the ballot of a motion. */
const yes: OptionIndex = 0
const no: OptionIndex = 1

/** One motion, which each ballot answers with yes, no or abstain; it is carried by a majority of a stated base. */
export const approvalMotion = defineMethod({
  id: 'approval-motion',
  title: 'Motion: yes, no or abstain',
  style: 'choice',
  takesTotals: true,
  source: "Robert's Rules of Order Newly Revised (12th edition), sections 40 (quorum) and 44 (majorities)",
  rules,
  count: countMotion,
})

function countMotion(input: TabulationInput<ApprovalMotionRules>): Tabulation {
  const { rules } = input
  const given = eligibleVotes(rules)
  const tally = inPlaces(given?.places ?? 0, tallyMotion('approval-motion', input))
  const cast = tally.valid + tally.blank + tally.invalid
  const eligible = given && rescale(given, tally.places)
  if (eligible !== undefined && cast > eligible) {
    throw refusedEligible('More votes were cast than are eligible.', rules)
  }
  const bases = {
    'yes and no': tally.votes[yes]! + tally.votes[no]!,
    'yes, no and abstain': tally.valid,
    'all ballots': cast,
    eligible: eligible ?? 0n,
  }
  const needed = atLeastOne(unitsToReach(rules.threshold, bases[rules.base]))
  const quorum = rules.quorum && unitsToReach(rules.quorum, eligible ?? 0n)
  if (quorum !== undefined && cast < quorum) {
    const sentence = `The quorum of ${formatDecimal(quorum, tally.places)} votes is not reached: ${formatDecimal(cast, tally.places)} were cast, and nothing is decided.`
    return decideMotion('approval-motion', input, tally, { sentence, quota: needed })
  }
  const carried = tally.votes[yes]! >= needed
  return decideMotion('approval-motion', input, tally, {
    winner: carried ? yes : no,
    quota: needed,
    sentence: `${thresholdSentence(rules.threshold, rules.base, needed, tally)} ${answerSentence(carried, tally)}`,
  })
}

/**
 * The votes for yes, no and, where it is on the ballot, abstain.
 * @throws TabulationRefusal `options-out-of-range` unless there are two or three options
 */
export function tallyMotion(method: string, input: TabulationInput<unknown>): SelectionTally {
  const { options, withdrawn = [] } = input
  if (options.length < 2 || options.length > 3 || withdrawn.length > 0) {
    throw new TabulationRefusal(
      'options-out-of-range',
      'A motion has two options, yes and no in this order, and abstain as a third where it is allowed.',
      { method, options: options.length },
    )
  }
  return tallySelections(input, 1)
}

/** The tabulation of a motion; the winner is an answer, or absent when nothing is decided. */
export function decideMotion(
  method: string,
  input: TabulationInput<unknown>,
  tally: SelectionTally,
  result: { readonly winner?: OptionIndex; readonly quota: bigint; readonly sentence: string },
): Tabulation {
  const { winner, quota, sentence } = result
  return singleRoundTabulation({
    method,
    input,
    tally,
    quota,
    elected: winner === undefined ? [] : [winner],
    outcome: { kind: 'decided' },
    ties: [],
    sentence,
  })
}

/** "The motion is carried by 5 votes to 3." */
export function answerSentence(carried: boolean, { votes, places }: SelectionTally): string {
  const [forIt, against] = [votes[yes]!, votes[no]!].map((units) => formatDecimal(units, places))
  return `The motion is ${carried ? 'carried' : 'rejected'}: ${forIt} for, ${against} against.`
}

/** So that nobody's yes never carries anything. */
function atLeastOne(units: bigint): bigint {
  return units > 0n ? units : 1n
}

function thresholdSentence(
  threshold: Threshold,
  base: ApprovalMotionRules['base'],
  needed: bigint,
  { places }: SelectionTally,
): string {
  const of =
    base === 'eligible' ? 'all eligible votes' : base === 'all ballots' ? base : `the votes for ${base}`
  return `It takes ${thresholdPhrase(threshold)} of ${of}: ${formatDecimal(needed, places)}.`
}

/**
 * All votes that could be cast, in units of 10^-`places`.
 * @throws TabulationRefusal `rules-invalid` if a rule needs them and they are not given
 */
function eligibleVotes(rules: ApprovalMotionRules): ScaledDecimal | undefined {
  if (rules.eligible !== undefined) return parseDecimal(rules.eligible)
  if (rules.quorum === undefined && rules.base !== 'eligible') return undefined
  throw refusedEligible('A quorum, and a majority of the eligible votes, need the rule `eligible`.', rules)
}

function refusedEligible(message: string, { eligible }: ApprovalMotionRules): TabulationRefusal {
  return new TabulationRefusal('rules-invalid', message, { method: 'approval-motion', eligible })
}
