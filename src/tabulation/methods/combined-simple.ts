import * as z from 'zod'
import { answerWorking, tallyAnswers } from '../answer-tally.ts'
import type { BallotGroups } from '../ballot-groups.ts'
import { defineMethod } from '../define-method.ts'
import { inOrderOfVotes } from '../most-votes.ts'
import type { OptionIndex } from '../option-index.ts'
import { nameList } from '../sentences.ts'
import type { Tabulation, TabulationInput } from '../tabulation.ts'
import { singleRoundTabulation, standing } from './single-round.ts'

const rules = z.strictObject({
  /** Whether a ballot may abstain from an option that it answers. */
  abstain: z.enum(['allowed', 'not allowed']).default('allowed'),
})

type CombinedSimpleRules = z.output<typeof rules>

/** Each ballot answers yes, no or abstain for each option, and each option is approved or not by itself. */
export const combinedSimple = defineMethod({
  id: 'combined-simple',
  title: 'Combined simple: yes, no or abstain for each option',
  style: 'grade',
  takesTotals: false,
  source: 'VoteIT, poll method "Combined simple": approved with more for than against, rejected with fewer',
  rules,
  count: countCombinedSimple,
})

function countCombinedSimple(input: TabulationInput<CombinedSimpleRules>): Tabulation {
  const { options, ballots, rules } = input
  const tally = tallyAnswers(ballots as BallotGroups, {
    abstain: rules.abstain,
    limits: { fewest: 1, most: options.length },
  })
  const { yes, no } = tally.byAnswer
  const approved = inOrderOfVotes(
    standing(input).filter((option) => yes[option]! > no[option]!),
    yes,
  )
  const undecided = standing(input).filter((option) => yes[option] === no[option])
  const tabulation = singleRoundTabulation({
    method: 'combined-simple',
    input,
    tally,
    elected: approved,
    outcome: { kind: 'decided' },
    ties: [],
    sentence: sentenceFor(options, approved, undecided),
  })
  return { ...tabulation, workings: [answerWorking(options, tally)] }
}

function sentenceFor(
  names: readonly string[],
  approved: readonly OptionIndex[],
  undecided: readonly OptionIndex[],
): string {
  const list = (options: readonly OptionIndex[]) => nameList(options.map((option) => names[option]!))
  const isOrAre = (options: readonly OptionIndex[]) => (options.length === 1 ? 'is' : 'are')
  const result =
    approved.length === 0 ? 'Nothing is approved.' : `${list(approved)} ${isOrAre(approved)} approved.`
  return undecided.length === 0
    ? result
    : `${result} ${list(undecided)} ${isOrAre(undecided)} neither approved nor rejected, with as many for as against.`
}
