import * as z from 'zod'
import { defineMethod } from '../define-method.ts'
import { sharedPreferenceRules } from '../runoffs/shared-preferences.ts'
import { countTwice } from '../runoffs/two-counts.ts'
import { tieRulesSchema } from '../tie-rules.ts'

const rules = z.strictObject({
  overvotes: sharedPreferenceRules.overvotes.default('exhaust'),
  skippedRanks: sharedPreferenceRules.skippedRanks.default('skip all'),
  ties: tieRulesSchema.default(['lot']),
})

/** Each ballot ranks options; without a majority all but two are excluded at once, and their ballots go on. */
export const contingent = defineMethod({
  id: 'contingent',
  title: 'Contingent vote',
  style: 'ranking',
  takesTotals: false,
  source: 'Queensland, Electoral Districts Act 1892; Sri Lanka, Presidential Elections Act 1981',
  rules,
  count: (input) => countTwice('contingent', input, Number.POSITIVE_INFINITY),
})
