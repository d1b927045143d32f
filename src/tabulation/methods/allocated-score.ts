import * as z from 'zod'
import { maxScore } from '../ballot-groups.ts'
import { defineMethod } from '../define-method.ts'
import {
  compareFractions,
  type Fraction,
  fraction,
  fractionText,
  minus,
  one,
  over,
  plus,
  smaller,
  times,
  zero,
} from '../exact-fraction.ts'
import { countSequentialScore, type Payment, type Supporters } from '../scores/sequential-score.ts'
import { tieRulesSchema } from '../tie-rules.ts'

const shared = {
  /** The highest score that a ballot can give; a ballot that gives more is invalid. */
  highestScore: z.int().min(1).max(maxScore).default(5),
  ties: tieRulesSchema.default(['lot']),
}

/** STAR-PR: each seat takes a quota of ballots, those that score its holder highest first. */
export const allocatedScore = defineMethod({
  id: 'allocated-score',
  title: 'Allocated score (proportional STAR)',
  style: 'score',
  takesTotals: false,
  source:
    'Equal Vote Coalition, "STAR voting: technical specifications", description and code of Allocated Score',
  rules: z.strictObject(shared),
  count: (input) => countSequentialScore('allocated-score', input, allocation),
})

/** A Hare quota of ballots is allocated, by weighted score from the top; ballots at the last score share what is left. */
const allocation: Payment = {
  quota: (valid, seats) => over(valid, fraction(seats)),
  keep: (supporters, quota) => {
    const weighted = ({ value, score }: Supporters) => times(value, fraction(score))
    const levels = Map.groupBy(supporters.keys(), (each) => fractionText(weighted(supporters[each]!)))
    const fromTop = [...levels.values()].sort((a, b) =>
      compareFractions(weighted(supporters[b[0]!]!), weighted(supporters[a[0]!]!)),
    )
    const kept = supporters.map(({ value }) => value)
    let left = quota
    for (const level of fromTop) {
      const held = level.reduce((sum, each) => plus(sum, times(kept[each]!, supporters[each]!.weight)), zero)
      if (left.top === 0n || held.top === 0n) break
      const spent = smaller(left, held)
      for (const each of level) kept[each] = times(kept[each]!, minus(one, over(spent, held)))
      left = minus(left, spent)
    }
    return kept
  },
  sentence: 'A quota of the ballots that score it highest is allocated to the seat.',
}

/** Sequentially spent score: ballots pay with the stars they gave, and get back what is above the quota. */
export const sequentiallySpentScore = defineMethod({
  id: 'sss',
  title: 'Sequentially spent score',
  style: 'score',
  takesTotals: false,
  source: 'Edmonds, "Sequentially Spent Score", electowiki.org',
  rules: z.strictObject(shared),
  count: (input) => countSequentialScore('sss', input, spending(input.rules.highestScore)),
})

function spending(highest: number): Payment {
  return {
    quota: (valid, seats) => over(times(valid, fraction(highest)), fraction(seats)),
    keep: (supporters, quota, total) => {
      const share: Fraction = total.top === 0n ? zero : smaller(one, over(quota, total))
      return supporters.map(({ value, score }) =>
        times(value, minus(one, times(share, fraction(score, highest)))),
      )
    },
    sentence:
      'Its supporters spend the stars that they gave it, less their share of what is above the quota.',
  }
}

const reweightedRules = z.strictObject({
  ...shared,
  /** What a ballot is divided by as its options are elected: 1, 2, 3… or 1, 3, 5… for full scores. */
  divisors: z.enum(["d'hondt", 'sainte-lague']).default("d'hondt"),
})

/** Reweighted range voting: a ballot weighs less the higher it scored those already elected. */
export const reweightedRange = defineMethod({
  id: 'rrv',
  title: 'Reweighted range voting',
  style: 'score',
  takesTotals: false,
  source: 'Smith, "Reweighted range voting", rangevoting.org/RRV.html',
  rules: reweightedRules,
  count: (input) => {
    const { highestScore, divisors } = input.rules
    return countSequentialScore('rrv', input, reweighting(highestScore, divisors))
  },
})

/** A ballot weighs K ÷ (K + the scores it gave to the elected ÷ the highest score), K being 1 or 1/2. */
function reweighting(highest: number, divisors: z.output<typeof reweightedRules>['divisors']): Payment {
  const step = divisors === "d'hondt" ? 1 : 2
  return {
    keep: (supporters) =>
      supporters.map(({ value, score }) =>
        over(one, plus(over(one, value), fraction(step * score, highest))),
      ),
    sentence: 'Its supporters weigh less from now on, by how high they scored it.',
  }
}
