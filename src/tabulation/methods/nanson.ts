import * as z from 'zod'
import { defineMethod } from '../define-method.ts'
import type { OptionIndex } from '../option-index.ts'
import { countByPoints, type PointsState, pointsRules } from '../runoffs/points-count.ts'
import type { Tabulation, TabulationInput } from '../tabulation.ts'

const rules = z.strictObject({
  /** Whether an option with just the average of the points is excluded with those below it. */
  excluded: z.enum(['at or below average', 'below average']).default('at or below average'),
  ...pointsRules,
})

type NansonRules = z.output<typeof rules>

/** Each ballot ranks options; all that have no more than the average of Borda points are excluded at once. */
export const nanson = defineMethod({
  id: 'nanson',
  title: 'Nanson',
  style: 'ranking',
  takesTotals: false,
  source:
    'Nanson, "Methods of election", Transactions and Proceedings of the Royal Society of Victoria 19 (1882); Niou, "A note on Nanson\'s rule", Public Choice 54 (1987)',
  rules,
  count: countNanson,
})

function countNanson(input: TabulationInput<NansonRules>): Tabulation {
  return countByPoints('nanson', input, {
    elect(state) {
      const low = belowAverage(state, input.rules)
      const left = state.continuing.length - low.length
      // Where the average would exclude too many, or tells nobody apart, the most points elect.
      if (low.length > 0 && left >= input.seats) return undefined
      return state.record.chooseMost(state.continuing, state.points, input.seats)
    },
    exclude: (state) => ({ options: belowAverage(state, input.rules) }),
    because: `With points ${input.rules.excluded}`,
  })
}

function belowAverage({ points, continuing }: PointsState, { excluded }: NansonRules): OptionIndex[] {
  const sum = continuing.reduce((total, option) => total + points[option]!, 0n)
  return continuing.filter((option) => {
    const all = points[option]! * BigInt(continuing.length)
    return all < sum || (all === sum && excluded === 'at or below average')
  })
}
