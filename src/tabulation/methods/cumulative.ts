import * as z from 'zod'
import { defineMethod } from '../define-method.ts'
import { tallyPoints } from '../points-tally.ts'
import type { Tabulation, TabulationInput } from '../tabulation.ts'
import { tieRulesSchema } from '../tie-rules.ts'
import { electMostVotes } from './single-round.ts'

const rules = z.strictObject({
  /** How many points a ballot distributes at most; as many as there are seats where nothing is said. */
  points: z.int().positive().optional(),
  ties: tieRulesSchema.default(['lot']),
})

type CumulativeRules = z.output<typeof rules>

/** Each ballot distributes points among the options as it likes; those with the most points are elected. */
export const cumulative = defineMethod({
  id: 'cumulative',
  title: 'Cumulative vote',
  style: 'score',
  takesTotals: true,
  source:
    'Illinois Constitution of 1870, article IV, sections 7 and 8: as many votes as seats, cumulated at will',
  rules,
  count: countCumulative,
})

function countCumulative(input: TabulationInput<CumulativeRules>): Tabulation {
  const points = input.rules.points ?? input.seats
  const tally = tallyPoints(input, {
    fewestOptions: 1,
    mostOptions: input.options.length,
    mostPerOption: points,
    fewestPoints: 1,
    mostPoints: points,
    blank: 'no points',
  })
  return electMostVotes('cumulative', input, tally)
}
