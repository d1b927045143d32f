import * as z from 'zod'
import { defineMethod } from '../define-method.ts'
import { countStv } from '../stv/engine.ts'
import { ers97RuleSet, ersRules } from './stv-ers97.ts'

const rules = z.strictObject({
  /** In whole votes; small counts took it to two places, as the third edition does for all. */
  quota: z
    .enum(['droop rounded up to whole votes', 'droop rounded up'])
    .default('droop rounded up to whole votes'),
  ...ersRules,
})

/** The rules of the Electoral Reform Society, second edition, from which the third differs in its quota. */
export const stvErs76 = defineMethod({
  id: 'stv-ers76',
  title: 'STV, Electoral Reform Society 1976',
  style: 'ranking',
  takesTotals: false,
  source: 'R. A. Newland and F. S. Britton, How to conduct an election by the STV, 2nd edition, ERS 1976',
  rules,
  count: (input) =>
    countStv('stv-ers76', { ...input, rules: { ...ers97RuleSet, quotaChanges: 'never', ...input.rules } }),
})
