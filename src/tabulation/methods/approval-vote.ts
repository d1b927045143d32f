import * as z from 'zod'
import { defineMethod } from '../define-method.ts'
import { tieRulesSchema } from '../tie-rules.ts'
import { countMostVotes } from './plurality.ts'

const rules = z.strictObject({ ties: tieRulesSchema.default(['lot']) })

/** Each ballot approves any number of options; those approved most often are elected. */
export const approvalVote = defineMethod({
  id: 'approval-vote',
  title: 'Approval voting',
  style: 'approval',
  takesTotals: true,
  source: 'Brams and Fishburn, "Approval Voting", American Political Science Review 72 (1978)',
  rules,
  count: countMostVotes('approval-vote', 'any number'),
})
