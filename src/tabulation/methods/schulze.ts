import * as z from 'zod'
import { pathStrength, rankByPaths } from '../condorcet/beatpaths.ts'
import { comparedTabulation, compareOptions, unrankedRule } from '../condorcet/compared-tabulation.ts'
import { againstDefaultOption, defaultOptionRules } from '../condorcet/default-option.ts'
import { defineMethod } from '../define-method.ts'
import type { Tabulation, TabulationInput } from '../tabulation.ts'
import { tieRulesSchema } from '../tie-rules.ts'

const rules = z.strictObject({
  /** How strong a win of one option over another is. */
  strength: pathStrength.default('winning votes'),
  /** What an option that a ballot doesn't rank is. */
  unranked: unrankedRule.default('last'),
  ...defaultOptionRules,
  ties: tieRulesSchema.default(['lot']),
})

type SchulzeRules = z.output<typeof rules>

/** Each ballot ranks options; the option that no other beats by a stronger chain of wins is elected. */
export const schulze = defineMethod({
  id: 'schulze',
  title: 'Schulze (beatpath)',
  style: 'ranking',
  takesTotals: false,
  source:
    'Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner election method", Social Choice and Welfare 36 (2011)',
  rules,
  count: countSchulze,
})

function countSchulze(input: TabulationInput<SchulzeRules>): Tabulation {
  const { comparison, seatless, sentence, workings } = againstDefaultOption(input, compareOptions(input))
  const { ranking, strengths } = rankByPaths(comparison, input.rules.strength)
  return comparedTabulation({
    method: 'schulze',
    input,
    comparison,
    ranking,
    sentence: `${sentence}By the strongest paths`,
    workings,
    strengths,
    ...(seatless !== undefined && { seatless }),
  })
}
