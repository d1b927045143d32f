import * as z from 'zod'
import type { BallotGroups } from '../ballot-groups.ts'
import { countCambridge } from '../cambridge/count.ts'
import { defineMethod } from '../define-method.ts'
import { tieRulesSchema } from '../tie-rules.ts'

const rules = z.strictObject({
  /** Options with fewer votes when the first surpluses are transferred are excluded together. */
  fewest: z.int().nonnegative().default(50),
  overvotes: z.enum(['exhaust', 'skip']).default('skip'),
  ties: tieRulesSchema.default(['backwards', 'lot']),
})

/** Cambridge, Massachusetts: whole ballots in the order in which they were drawn, by the Cincinnati method. */
export const stvCambridge = defineMethod({
  id: 'stv-cambridge',
  title: 'STV, Cambridge (whole ballots)',
  style: 'ranking',
  takesTotals: false,
  needsBallotOrder: true,
  source:
    'Massachusetts General Laws, chapter 54A, section 9, with the Cincinnati method of transferring surpluses, as counted in Cambridge',
  rules,
  count: (input) => countCambridge(input, input.ballots as BallotGroups),
})
