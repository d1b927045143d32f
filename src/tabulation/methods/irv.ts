import { defineMethod } from '../define-method.ts'
import { countIrv } from '../irv/count.ts'
import { irvRules } from '../irv/rules.ts'

/** Each ballot ranks options; the lowest is excluded and its ballots go to their next preference, round by round. */
export const irv = defineMethod({
  id: 'irv',
  title: 'Instant runoff',
  style: 'ranking',
  takesTotals: false,
  source:
    "Robert's Rules of Order Newly Revised, preferential voting; optional preferential as in New South Wales",
  rules: irvRules,
  count: countIrv,
})
