import * as z from 'zod'
import {
  compareOptions,
  pairwiseComparison,
  topSetsWorking,
  unrankedRule,
} from '../condorcet/compared-tabulation.ts'
import { schwartzSet, smithSet } from '../condorcet/top-sets.ts'
import { defineMethod } from '../define-method.ts'
import { countByExclusion, excludeLowest } from '../runoffs/exclusion-count.ts'
import { exclusionRules } from '../runoffs/exclusion-rules.ts'
import type { Tabulation, TabulationInput } from '../tabulation.ts'

const rules = z.strictObject({
  /** Outside which set options are excluded before the lowest is. */
  set: z.enum(['smith', 'schwartz']).default('smith'),
  unranked: unrankedRule.default('last'),
  ...exclusionRules,
})

type TidemanAlternativeRules = z.output<typeof rules>

/** Each ballot ranks options; all outside the Smith set are excluded, then the lowest in it, and so on. */
export const tidemanAlternative = defineMethod({
  id: 'tideman-alternative',
  title: "Tideman's alternative method",
  style: 'ranking',
  takesTotals: false,
  source:
    'Tideman, "Collective Decisions and Voting" (2006); Green-Armytage, "Four Condorcet-Hare hybrid methods for single-winner elections", Voting Matters 29 (2011)',
  rules,
  count: countTidemanAlternative,
})

function countTidemanAlternative(input: TabulationInput<TidemanAlternativeRules>): Tabulation {
  const comparison = compareOptions(input)
  const [topSet, name] = input.rules.set === 'smith' ? [smithSet, 'Smith set'] : [schwartzSet, 'Schwartz set']
  const tabulation = countByExclusion('tideman-alternative', input, {
    elect({ continuing }) {
      return continuing.length === 1 ? { options: continuing, because: 'Only one is left.' } : undefined
    },
    exclude(state) {
      const set = topSet(comparison.votes, state.continuing)
      const outside = state.continuing.filter((option) => !set.includes(option))
      if (outside.length === 0) return excludeLowest(state)
      return { options: outside, because: `Outside the ${name}` }
    },
  })
  return {
    ...tabulation,
    pairwise: pairwiseComparison(comparison.votes, comparison.places),
    workings: [topSetsWorking(comparison, input.options)],
  }
}
