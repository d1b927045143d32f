import * as z from 'zod'
import {
  compareOptions,
  pairwiseComparison,
  topSetsWorking,
  unrankedRule,
} from '../condorcet/compared-tabulation.ts'
import { condorcetWinner } from '../condorcet/top-sets.ts'
import { defineMethod } from '../define-method.ts'
import { countByExclusion, excludeLowest } from '../runoffs/exclusion-count.ts'
import { exclusionRules } from '../runoffs/exclusion-rules.ts'
import type { Tabulation, TabulationInput } from '../tabulation.ts'

const rules = z.strictObject({ unranked: unrankedRule.default('last'), ...exclusionRules })

type BenhamRules = z.output<typeof rules>

/** Each ballot ranks options; the lowest are excluded until one of those left beats all others that are left. */
export const benham = defineMethod({
  id: 'benham',
  title: 'Benham',
  style: 'ranking',
  takesTotals: false,
  source:
    'Green-Armytage, "Four Condorcet-Hare hybrid methods for single-winner elections", Voting Matters 29 (2011)',
  rules,
  count: countBenham,
})

function countBenham(input: TabulationInput<BenhamRules>): Tabulation {
  const comparison = compareOptions(input)
  const tabulation = countByExclusion('benham', input, {
    elect({ continuing }) {
      const winner = condorcetWinner(comparison.votes, continuing)
      if (winner === undefined) return undefined
      return {
        options: [winner],
        because: `${input.options[winner]} beats every other that is left in pairs.`,
      }
    },
    exclude: excludeLowest,
  })
  return {
    ...tabulation,
    pairwise: pairwiseComparison(comparison.votes, comparison.places),
    workings: [topSetsWorking(comparison, input.options)],
  }
}
