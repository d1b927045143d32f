import * as z from 'zod'
import { defineMethod } from '../define-method.ts'
import { sharedPreferenceRules } from '../runoffs/shared-preferences.ts'
import { countTwice } from '../runoffs/two-counts.ts'
import { tieRulesSchema } from '../tie-rules.ts'

const rules = z.strictObject({
  overvotes: sharedPreferenceRules.overvotes.default('exhaust'),
  /** A ballot without a first preference is invalid, whatever its second is. */
  skippedRanks: sharedPreferenceRules.skippedRanks.default('exhaust'),
  ties: tieRulesSchema.default(['lot']),
})

/** As the contingent vote, with a first and a second preference only. */
export const supplementary = defineMethod({
  id: 'supplementary',
  title: 'Supplementary vote',
  style: 'ranking',
  takesTotals: false,
  source: 'Greater London Authority Act 1999, Schedule 2 (mayors of England until 2022)',
  rules,
  count: (input) => countTwice('supplementary', input, 2),
})
