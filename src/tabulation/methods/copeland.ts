import * as z from 'zod'
import {
  type ComparingRules,
  comparedTabulation,
  compareOptions,
  rankedByFigure,
  unrankedRule,
} from '../condorcet/compared-tabulation.ts'
import { formatDecimal } from '../decimal.ts'
import { defineMethod } from '../define-method.ts'
import type { Tabulation, TabulationInput } from '../tabulation.ts'
import { tieRulesSchema } from '../tie-rules.ts'

const rules = z.strictObject({
  unranked: unrankedRule.default('last'),
  ties: tieRulesSchema.default(['lot']),
})

const source =
  'Faliszewski, Hemaspaandra, Hemaspaandra and Rothe, "Llull and Copeland Voting Computationally Resist Bribery and Constructive Control", Journal of Artificial Intelligence Research 35 (2009)'

/** Each ballot ranks options; the option that wins most comparisons in pairs is elected, a draw being half a win. */
export const copeland = defineMethod({
  id: 'copeland',
  title: 'Copeland',
  style: 'ranking',
  takesTotals: false,
  source: `Copeland, "A reasonable social welfare function" (1951); ${source}`,
  rules,
  count: countWins('copeland', { drawInTenths: 5 }),
})

/** As Copeland, a draw being as good as a win. */
export const llull = defineMethod({
  id: 'llull',
  title: 'Llull',
  style: 'ranking',
  takesTotals: false,
  source: `Ramon Llull, "De arte eleccionis" (1299); ${source}`,
  rules,
  count: countWins('llull', { drawInTenths: 10 }),
})

function countWins(method: string, { drawInTenths }: { readonly drawInTenths: number }) {
  return (input: TabulationInput<ComparingRules>): Tabulation => {
    const comparison = compareOptions(input)
    const { standing, votes } = comparison
    const results = new Map(
      standing.map((option) => {
        const margins = standing
          .filter((other) => other !== option)
          .map((other) => votes[option]![other]! - votes[other]![option]!)
        const wins = margins.filter((margin) => margin > 0).length
        const draws = margins.filter((margin) => margin === 0).length
        const losses = margins.length - wins - draws
        return [option, { wins, draws, losses, tenths: wins * 10 + draws * drawInTenths }]
      }),
    )
    const ranking = rankedByFigure(standing, (option) => results.get(option)!.tenths, 'highest')
    return comparedTabulation({
      method,
      input,
      comparison,
      ranking,
      sentence: 'By the comparisons in pairs that each wins',
      workings: [
        {
          title: 'Comparisons won',
          head: ['option', 'won', 'drawn', 'lost', 'points'],
          rows: ranking.flat().map((option) => {
            const { wins, draws, losses, tenths } = results.get(option)!
            return [input.options[option]!, ...[wins, draws, losses].map(String), formatDecimal(tenths, 1)]
          }),
        },
      ],
    })
  }
}
