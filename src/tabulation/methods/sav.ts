import * as z from 'zod'
import type { BallotGroups } from '../ballot-groups.ts'
import { defineMethod } from '../define-method.ts'
import { cutFraction, fraction, fractionText, inCommonUnits, plus, zero } from '../exact-fraction.ts'
import { rankedByVotes } from '../most-votes.ts'
import { SeatRecord } from '../seat-record.ts'
import { statisticsOf, tallySelections } from '../selection-tally.ts'
import { nameList, settledTieSentence } from '../sentences.ts'
import type { Tabulation, TabulationInput } from '../tabulation.ts'
import { tieRulesSchema } from '../tie-rules.ts'

const rules = z.strictObject({ ties: tieRulesSchema.default(['lot']) })

/** Each ballot approves options, and shares its vote equally among them. */
export const sav = defineMethod({
  id: 'sav',
  title: 'Satisfaction approval voting',
  style: 'approval',
  takesTotals: false,
  source: 'Brams and Kilgour, "Satisfaction Approval Voting" (2010)',
  rules,
  count: countSatisfaction,
})

function countSatisfaction(input: TabulationInput<z.output<typeof rules>>): Tabulation {
  const { options: names, seats } = input
  const record = new SeatRecord('sav', input)
  const standing = record.continuing()
  const sums = sharesOf(input.ballots as BallotGroups)
  const figures = inCommonUnits(sums)
  const settled = record.choose({ among: standing, figures, places: seats, to: 'elect' })
  const elected =
    settled.kind === 'chosen'
      ? settled.chosen
      : rankedByVotes(standing, figures)
          .flat()
          .filter((option) => figures[option]! > figures[settled.question.among[0]!]!)
  const withVotes = elected.map((option) => `${names[option]} (${cutFraction(sums[option]!)})`)
  record.finishRound({
    action: { kind: 'count' },
    votes: sums.map(cutFraction),
    elected,
    sentence: [
      'Each ballot shares its vote equally among the options that it approves.',
      ...(settled.kind === 'chosen' && settled.tie ? [settledTieSentence(settled.tie, names)] : []),
      elected.length === 0
        ? 'Nobody is elected yet.'
        : `${nameList(withVotes)} ${elected.length === 1 ? 'is' : 'are'} elected.`,
    ].join(' '),
  })
  return record.finish(statisticsOf(tallySelections(input, 'any number')), {
    open: settled.kind === 'tied' ? settled.question : undefined,
    ranking: rankedByVotes(standing, figures),
    workings: [
      {
        title: 'Shares of votes, exactly',
        head: ['Option', 'Votes'],
        rows: standing.map((option) => [names[option]!, fractionText(sums[option]!)]),
      },
    ],
  })
}

/** By position of the option, in votes. */
function sharesOf({ starts, entries, weights, weightPlaces, count, optionCount }: BallotGroups) {
  /** `sums[size][option]`: weight of the ballots that approve the option among so many; sums below 2^53. */
  const sums: Float64Array[] = []
  for (let group = 0; group < count; group++) {
    const [start, end] = [starts[group]!, starts[group + 1]!]
    const size = end - start
    sums[size] ??= new Float64Array(optionCount)
    for (let position = start; position < end; position++) sums[size][entries[position]!]! += weights[group]!
  }
  const unit = 10n ** BigInt(weightPlaces)
  return Array.from({ length: optionCount }, (_, option) => {
    let total = zero
    sums.forEach((bySize, size) => {
      if (size > 0) total = plus(total, fraction(BigInt(bySize[option]!), BigInt(size) * unit))
    })
    return total
  })
}
