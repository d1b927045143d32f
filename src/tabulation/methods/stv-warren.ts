import * as z from 'zod'
import { defineMethod } from '../define-method.ts'
import { countMeek } from '../meek/engine.ts'
import { meekRules } from './stv-meek.ts'

const rules = z.strictObject({
  ...meekRules,
  // A surplus can stay the same for a while, where papers have less left than an option may take of them.
  stalled: meekRules.stalled.removeDefault().default('no keep value falls'),
})

/**
 * Warren's method: as Meek's, but an elected option takes the same amount of every paper that has as much left, so
 * that voters pay alike for an option that they elect together.
 */
export const stvWarren = defineMethod({
  id: 'stv-warren',
  title: 'Warren STV',
  style: 'ranking',
  takesTotals: false,
  source: 'C. H. E. Warren, "Counting in STV Elections", Voting matters 1 (1994)',
  rules,
  count: (input) =>
    countMeek('stv-warren', { ...input, rules: { ...input.rules, share: 'up to the keep value' } }),
})
