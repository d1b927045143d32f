import * as z from 'zod'
import { defineMethod } from '../define-method.ts'
import { countStv } from '../stv/engine.ts'
import { type StvRuleSet, stvDecisions } from '../stv/rule-set.ts'

const rules = z.strictObject({
  /** Clause 2, "next preference": those "preceding the repetition or omission". */
  overvotes: stvDecisions.overvotes.default('exhaust'),
  skippedRanks: stvDecisions.skippedRanks.default('exhaust'),
  repeatedOptions: stvDecisions.repeatedOptions.default('skip'),
  /** Clauses 8 (4), 9 (5) and (6): the last count at which the votes differed, then lot. */
  ties: stvDecisions.ties.default(['backwards', 'lot']),
})

/** Where the clauses leave room, as the Electoral Commission of New South Wales has counted since 2021. */
const ruleSet: Omit<StvRuleSet, keyof z.output<typeof rules>> = {
  // Clause 4.
  quota: 'droop in whole votes',
  quotaChanges: 'never',
  alsoElects: 'nothing',
  electedOn: 'reaching the quota',
  // Clauses 6 (1) (b) and 7 (4): surplus ÷ votes "excluding the aggregate value of any exhausted votes", or 1,
  // × the value that a paper had; of what a candidate gets, "disregarding any fraction".
  papers: 'all',
  transferValue: 'weighted transferable',
  valuePlaces: 'exact',
  votePlaces: 0,
  // Clause 8 (1) and (2).
  surplusOrder: 'earliest first',
  deferral: 'never',
  // Clause 9 (1).
  exclusion: 'lowest',
  // Clause 9 (2): the papers of each transfer by themselves. The Commission divides a surplus likewise, and
  // looks for the quota when all of them have moved.
  batches: 'all papers',
  parcels: 'kept apart',
  batchStages: 'one stage',
  // Clause 11 (1).
  termination: 'as many continue as seats are vacant',
  // Clause 11 (2) to (4).
  lastSeat: 'more votes than all lower together',
}

/** New South Wales's councils since 2021: weighted inclusive Gregory, without the papers that are exhausted. */
export const stvNswLocal = defineMethod({
  id: 'stv-nsw-local',
  title: 'STV, New South Wales councils',
  style: 'ranking',
  takesTotals: false,
  source: 'Local Government (General) Regulation 2021 (New South Wales), Schedule 5',
  rules,
  count: (input) => countStv('stv-nsw-local', { ...input, rules: { ...ruleSet, ...input.rules } }),
})
