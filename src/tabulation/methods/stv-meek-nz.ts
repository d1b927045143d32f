import * as z from 'zod'
import type { BallotGroups } from '../ballot-groups.ts'
import { defineMethod } from '../define-method.ts'
import { irregularRankingRules } from '../irregular-rankings.ts'
import { countMeek } from '../meek/engine.ts'
import { newZealandNumbers } from '../meek/nz-numbers.ts'
import type { MeekRuleSet } from '../meek/rule-set.ts'
import { countedWeight } from '../ranked-statistics.ts'
import type { TabulationInput } from '../tabulation.ts'
import { tieRules } from '../ties.ts'

const rules = z.strictObject({
  /** A ballot counts as far as its preferences are in order. */
  overvotes: irregularRankingRules.overvotes.default('exhaust'),
  skippedRanks: irregularRankingRules.skippedRanks.default('exhaust'),
  repeatedOptions: irregularRankingRules.repeatedOptions.default('skip'),
  /** Whoever was behind at the first difference; then the numbers of the program. */
  ties: z.array(z.enum([...tieRules, 'pseudo-random'])).default(['forwards', 'pseudo-random']),
})

type StvMeekNzRules = z.output<typeof rules>

const ruleSet: Omit<MeekRuleSet, keyof StvMeekNzRules> = {
  arithmetic: 'decimal',
  places: 9,
  guardPlaces: 0,
  keepPlaces: null,
  share: 'share rounded up',
  keepRounding: 'up twice',
  quota: 'each iteration',
  oneSeat: 'absolute majority',
  surplus: 'above the quota',
  exclusion: 'as Hill',
  omega: '0.0001',
  stalled: 'no keep value falls',
  tiedWith: 'equal votes',
  rounds: 'each iteration',
}

/** Meek's method as New Zealand counts it, to the last decimal of Hill's program. */
export const stvMeekNz = defineMethod({
  id: 'stv-meek-nz',
  title: 'Meek STV, New Zealand',
  style: 'ranking',
  takesTotals: false,
  source:
    'Local Electoral Regulations 2001, Schedule 1A, as counted by I. D. Hill’s program, version 6.7.7 (fullalg123.pas)',
  rules,
  count: countNewZealand,
})

function countNewZealand(input: TabulationInput<StvMeekNzRules>) {
  const ballots = input.ballots as BallotGroups
  const votes = BigInt(countedWeight(ballots)) / 10n ** BigInt(ballots.weightPlaces)
  const numbers = newZealandNumbers(input.options.length, input.seats, votes)
  return countMeek('stv-meek-nz', { ...input, rules: { ...ruleSet, ...input.rules } }, numbers)
}
