import * as z from 'zod'
import {
  type Comparison,
  comparedTabulation,
  compareOptions,
  rankedByFigure,
  signedDecimal,
  unrankedRule,
} from '../condorcet/compared-tabulation.ts'
import { defineMethod } from '../define-method.ts'
import type { OptionIndex } from '../option-index.ts'
import type { Tabulation, TabulationInput } from '../tabulation.ts'
import { tieRulesSchema } from '../tie-rules.ts'

const rules = z.strictObject({
  /**
   * What an option's worst result in pairs is: the most votes in a defeat, the largest margin of votes against
   * over votes for, or the most votes against it, defeat or not.
   */
  measure: z.enum(['winning votes', 'margins', 'opposition']).default('winning votes'),
  unranked: unrankedRule.default('last'),
  ties: tieRulesSchema.default(['lot']),
})

type MinimaxRules = z.output<typeof rules>

/** Each ballot ranks options; the option is elected whose worst result against another is the least bad. */
export const minimax = defineMethod({
  id: 'minimax',
  title: 'Minimax (Simpson–Kramer)',
  style: 'ranking',
  takesTotals: false,
  source:
    'Kramer, "A dynamical model of political equilibrium", Journal of Economic Theory 16 (1977); Simpson, "On defining areas of voter choice", Quarterly Journal of Economics 83 (1969)',
  rules,
  count: countMinimax,
})

function countMinimax(input: TabulationInput<MinimaxRules>): Tabulation {
  const comparison = compareOptions(input)
  const { standing, places } = comparison
  const worst = new Map(
    standing.map((option) => [option, worstResult(comparison, option, input.rules.measure)]),
  )
  const ranking = rankedByFigure(standing, (option) => worst.get(option)!, 'lowest')
  return comparedTabulation({
    method: 'minimax',
    input,
    comparison,
    ranking,
    sentence: `By the worst result of each in pairs (${input.rules.measure})`,
    workings: [
      {
        title: `Worst result in pairs, ${input.rules.measure}`,
        head: ['option', 'worst'],
        rows: ranking
          .flat()
          .map((option) => [input.options[option]!, signedDecimal(worst.get(option)!, places)]),
      },
    ],
  })
}

/** In units of the ballots; margins may be below zero. Of a single option 0. */
function worstResult(
  { votes, standing }: Comparison,
  option: OptionIndex,
  measure: MinimaxRules['measure'],
): number {
  const results = standing
    .filter((other) => other !== option)
    .map((other) => measures[measure](votes[option]![other]!, votes[other]![option]!))
  return results.length === 0 ? 0 : Math.max(...results)
}

const measures: Record<MinimaxRules['measure'], (votesFor: number, against: number) => number> = {
  'winning votes': (votesFor, against) => (against > votesFor ? against : 0),
  margins: (votesFor, against) => against - votesFor,
  opposition: (_, against) => against,
}
