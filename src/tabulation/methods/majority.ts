import * as z from 'zod'
import { formatDecimal } from '../decimal.ts'
import { defineMethod } from '../define-method.ts'
import { inOrderOfVotes, mostVotes } from '../most-votes.ts'
import type { OptionIndex } from '../option-index.ts'
import { type SelectionTally, tallySelections } from '../selection-tally.ts'
import { nameList, openTieSentence } from '../sentences.ts'
import type { Outcome, Tabulation, TabulationInput } from '../tabulation.ts'
import { thresholdSchema, unitsToReach } from '../threshold.ts'
import { tieRulesSchema } from '../tie-rules.ts'
import { electionSentence, singleRoundTabulation, standing } from './single-round.ts'

const rules = z.strictObject({
  /** The share that elects, as a fraction. */
  threshold: thresholdSchema.default({ of: [1, 2], reach: 'more than' }),
  /** What it is a share of: valid votes, or blank and invalid ballots as well. */
  base: z.enum(['valid', 'valid and blank', 'all ballots']).default('valid'),
  /** How many options go on to the runoff for each seat that stays vacant. */
  contendersPerSeat: z.int().min(2).default(2),
  ties: tieRulesSchema.default(['lot']),
})

type MajorityRules = z.output<typeof rules>

/**
 * Each ballot selects one option. Those that reach the threshold are elected, those with most votes first;
 * if seats stay vacant, the options with most votes among the others are the contenders of a runoff.
 */
export const majority = defineMethod({
  id: 'majority',
  title: 'Majority, with a runoff',
  style: 'choice',
  takesTotals: true,
  source:
    'Absolute majority of valid votes, else the two with most votes go on: French Constitution, article 7',
  rules,
  count: countMajority,
})

function countMajority(input: TabulationInput<MajorityRules>): Tabulation {
  const { options, seats, rules, tieBreaks } = input
  const tally = tallySelections(input, 1)
  const quota = votesNeeded(rules, tally)
  const reached = standing(input).filter((option) => tally.votes[option]! >= quota)
  const choosing = { votes: tally.votes, method: 'majority', round: 1, chain: rules.ties, breaks: tieBreaks }
  const election = mostVotes({ ...choosing, among: reached, places: seats, to: 'elect' })
  const vacant = seats - Math.min(reached.length, seats)
  const others = standing(input).filter((option) => !reached.includes(option))
  const runoff = mostVotes({
    ...choosing,
    among: vacant > 0 ? others : [],
    places: vacant * rules.contendersPerSeat,
    to: 'enter the runoff',
  })
  const open = election.open ?? runoff.open
  const outcome: Outcome = open
    ? { kind: 'tied', tie: open }
    : runoff.chosen.length > 0
      ? { kind: 'runoff', contenders: inOrderOfVotes(runoff.chosen, tally.votes) }
      : { kind: 'decided' }
  return singleRoundTabulation({
    method: 'majority',
    input,
    tally,
    quota,
    elected: election.chosen,
    outcome,
    ties: [...election.ties, ...runoff.ties],
    sentence: sentenceFor(options, election.chosen, outcome, tally, quota),
  })
}

/** The smallest number of votes, in units of the tally, that reaches the threshold; at least one unit. */
function votesNeeded({ threshold, base }: MajorityRules, tally: SelectionTally): bigint {
  const bases = {
    valid: tally.valid,
    'valid and blank': tally.valid + tally.blank,
    'all ballots': tally.valid + tally.blank + tally.invalid,
  }
  const needed = unitsToReach(threshold, bases[base])
  return needed > 0n ? needed : 1n
}

function sentenceFor(
  options: readonly string[],
  elected: readonly OptionIndex[],
  outcome: Outcome,
  tally: SelectionTally,
  quota: bigint,
): string {
  const needed = `It takes ${formatDecimal(quota, tally.places)} votes to be elected in this round.`
  const result = electionSentence(options, elected, tally)
  if (outcome.kind === 'tied') return `${needed} ${result} ${openTieSentence(outcome.tie, options)}`
  if (outcome.kind === 'decided') return `${needed} ${result}`
  const contenders = nameList(outcome.contenders.map((option) => options[option]!))
  return `${needed} ${result} ${contenders} ${outcome.contenders.length === 1 ? 'goes' : 'go'} on to the runoff.`
}
