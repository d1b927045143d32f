import * as z from 'zod'
import type { BallotGroups } from '../ballot-groups.ts'
import { pathStrength, rankByPaths } from '../condorcet/beatpaths.ts'
import {
  type Comparison,
  comparedStatistics,
  compareOptions,
  orderText,
  pairwiseComparison,
  topSetsWorking,
  unrankedRule,
} from '../condorcet/compared-tabulation.ts'
import { formatDecimal } from '../decimal.ts'
import { defineMethod } from '../define-method.ts'
import type { OptionIndex } from '../option-index.ts'
import { standingOptionNamed } from '../option-named.ts'
import { outcomeOf } from '../outcome.ts'
import { electedSentence, openTieSentence, settledTieSentence } from '../sentences.ts'
import type { Round, Tabulation, TabulationInput, Winner, Working } from '../tabulation.ts'
import { settleTie } from '../tie-breaking.ts'
import { tieRulesSchema } from '../tie-rules.ts'
import type { Tie, TieQuestion } from '../ties.ts'
import { statusOf } from './single-round.ts'

const rules = z.strictObject({
  strength: pathStrength.default('winning votes'),
  unranked: unrankedRule.default('last'),
  /** The option that stands for none of the others, by its name; the count ends when it is first. */
  denyOption: z.string().describe('the name of an option').optional(),
  ties: tieRulesSchema.default(['lot']),
})

type SchulzeRepeatedRules = z.output<typeof rules>

/** Schulze for each seat, each time without those who are elected. */
export const schulzeRepeated = defineMethod({
  id: 'schulze-repeated',
  title: 'Schulze, repeated for each seat',
  style: 'ranking',
  takesTotals: false,
  source: 'VoteIT, poll method “Repeated Schulze”; Schulze, Social Choice and Welfare 36 (2011)',
  rules,
  count: countSchulzeRepeated,
})

function countSchulzeRepeated(input: TabulationInput<SchulzeRepeatedRules>): Tabulation {
  const { options, rules } = input
  const comparison = compareOptions(input)
  const winners: Winner[] = []
  const rounds: Round[] = []
  const ties: Tie[] = []
  let open: TieQuestion | undefined
  const strengths = rankByPaths(comparison, rules.strength).strengths
  const deny =
    rules.denyOption === undefined
      ? undefined
      : standingOptionNamed(rules.denyOption, options, comparison.standing)
  let left = comparison.standing
  let isDenied = false

  while (winners.length < input.seats && left.length > 0 && !open && !isDenied) {
    const number = rounds.length + 1
    const { ranking } = rankByPaths({ ...comparison, standing: left }, rules.strength)
    const first = electFirst(ranking[0]!, number, input)
    open = first.open
    if (first.tie) ties.push(first.tie)
    isDenied = deny !== undefined && first.chosen.includes(deny)
    const elected = isDenied ? [] : first.chosen
    winners.push(...elected.map((option) => ({ option, round: number })))
    rounds.push({
      number,
      action: { kind: 'compare' },
      votes: [],
      exhausted: '0',
      loss: '0',
      elected,
      transfers: [],
      sentence: [
        `By the strongest paths, the order is: ${orderText(ranking, options)}.`,
        ...(first.tie && !open ? [settledTieSentence(first.tie, options)] : []),
        ...(open ? [openTieSentence(open, options)] : []),
        ...(isDenied ? [`${options[deny!]} is first: the count ends, and nobody below it is elected.`] : []),
        electedSentence(elected, options) ?? '',
      ]
        .join(' ')
        .trim(),
    })
    left = left.filter((option) => !first.chosen.includes(option))
  }

  const outcome = outcomeOf(open)
  return {
    method: 'schulze-repeated',
    options,
    seats: input.seats,
    outcome,
    winners,
    statuses: options.map((_, option) => {
      const winner = winners.find((winner) => winner.option === option)
      if (winner) return { kind: 'elected', round: winner.round }
      const status = statusOf(option, input.withdrawn, [], outcome)
      // After an open tie nobody knows who fills the seats that come after it.
      return open && status.kind === 'not elected' ? { kind: 'open' } : status
    }),
    rounds,
    ties,
    statistics: comparedStatistics(input.ballots as BallotGroups),
    pairwise: pairwiseComparison(comparison.votes, comparison.places, strengths),
    workings: [
      ...(deny === undefined ? [] : [denyWorking(deny, winners, comparison, options)]),
      topSetsWorking(comparison, options),
    ],
  }
}

/** How the ballots put each option against the one that stands for none of them, and what came of it. */
function denyWorking(
  deny: OptionIndex,
  winners: readonly Winner[],
  { standing, votes, places }: Comparison,
  names: readonly string[],
): Working {
  return {
    title: `Against ${names[deny]}`,
    head: ['option', 'above it', 'below it', 'result'],
    rows: standing
      .filter((option) => option !== deny)
      .map((option) => [
        names[option]!,
        formatDecimal(votes[option]![deny]!, places),
        formatDecimal(votes[deny]![option]!, places),
        winners.some((winner) => winner.option === option) ? 'elected' : 'not elected',
      ]),
  }
}

function electFirst(
  first: readonly OptionIndex[],
  round: number,
  { rules, tieBreaks }: TabulationInput<SchulzeRepeatedRules>,
): { readonly chosen: readonly OptionIndex[]; readonly tie?: Tie; readonly open?: TieQuestion } {
  if (first.length === 1) return { chosen: first }
  const { tie, open } = settleTie({
    question: { method: 'schulze-repeated', round, to: 'elect', among: first, choose: 1 },
    chain: rules.ties,
    breaks: tieBreaks,
    history: [],
  })
  return { chosen: tie.chosen ?? [], tie, ...(open && { open }) }
}
