import * as z from 'zod'
import { defineMethod } from '../define-method.ts'
import { countStv } from '../stv/engine.ts'
import { type StvRuleSet, stvDecisions } from '../stv/rule-set.ts'

const rules = z.strictObject({
  /** Article 2: only preferences "in consecutive order" are available. */
  overvotes: stvDecisions.overvotes.default('exhaust'),
  skippedRanks: stvDecisions.skippedRanks.default('exhaust'),
  repeatedOptions: stvDecisions.repeatedOptions.default('skip'),
  /** Rules 50 and 52: the most recent earlier stage at which the votes differed, then lot. */
  ties: stvDecisions.ties.default(['backwards', 'lot']),
})

type StvScottishRules = z.output<typeof rules>

const ruleSet: Omit<StvRuleSet, keyof StvScottishRules> = {
  // Rule 47: valid papers ÷ (seats + 1), "ignoring any decimal places", plus one.
  quota: 'droop in whole votes',
  quotaChanges: 'never',
  alsoElects: 'nothing',
  electedOn: 'reaching the quota',
  // Rule 49: surplus × value when received ÷ total credited, to five places, "any remainder being ignored".
  papers: 'all',
  transferValue: 'weighted',
  valuePlaces: 5,
  votePlaces: 5,
  // Rule 50.
  surplusOrder: 'largest first',
  // Rule 51: when there is no surplus left to transfer.
  deferral: 'never',
  exclusion: 'lowest',
  batches: 'all papers',
  parcels: 'joined by value',
  batchStages: 'one stage',
  // Rule 53. A transfer that has begun is finished.
  termination: 'as many continue as seats are vacant',
  lastSeat: 'no rule',
}

/** Scotland's council elections: weighted inclusive Gregory, values of five places. */
export const stvScottish = defineMethod({
  id: 'stv-scottish',
  title: 'STV, Scottish council rules',
  style: 'ranking',
  takesTotals: false,
  source: 'Scottish Local Government Elections Order 2011, Schedule 1, rules 46 to 53',
  rules,
  count: (input) => countStv('stv-scottish', { ...input, rules: { ...ruleSet, ...input.rules } }),
})
