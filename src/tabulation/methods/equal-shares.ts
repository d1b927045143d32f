import * as z from 'zod'
import type { BallotGroups } from '../ballot-groups.ts'
import { type CommitteeCount, countOneByOne } from '../committees/committee-count.ts'
import { type Completion, equalSharesRule } from '../committees/equal-shares.ts'
import { electAll } from '../committees/thiele-count.ts'
import { formatDecimal } from '../decimal.ts'
import { defineMethod } from '../define-method.ts'
import { type Fraction, fraction, zero } from '../exact-fraction.ts'
import { TabulationRefusal } from '../refusals.ts'
import { SeatRecord } from '../seat-record.ts'
import { statisticsOf, tallySelections } from '../selection-tally.ts'
import type { Tabulation, TabulationInput } from '../tabulation.ts'
import { tieRulesSchema } from '../tie-rules.ts'

const rules = z.strictObject({
  /**
   * How the seats are filled that no supporters can pay for: not at all; by approvals; by Phragmén's sequential
   * rule with what the ballots have left; or by a count anew with a budget of one seat more, again and again.
   */
  completion: z.enum(['none', 'approvals', 'phragmen', 'larger budgets']).default('phragmen'),
  ties: tieRulesSchema.default(['lot']),
})

type EqualSharesRules = z.output<typeof rules>

/** Each ballot approves options and gets the same share of the seats' cost; supporters pay for their options. */
export const equalShares = defineMethod({
  id: 'equal-shares',
  title: 'Method of equal shares',
  style: 'approval',
  takesTotals: false,
  source: 'Peters and Skowron, "Proportionality and the Limits of Welfarism" (2020), there called Rule X',
  rules,
  count: countEqualShares,
})

/** Counts with larger budgets go on for some seconds, not for ever: looks at an entry of a ballot. */
const mostSteps = 2e9

function countEqualShares(input: TabulationInput<EqualSharesRules>): Tabulation {
  const { options: names, seats, rules } = input
  const groups = input.ballots as BallotGroups
  const standing = new SeatRecord('equal-shares', input).continuing()
  const tally = tallySelections(input, 'any number')
  const statistics = statisticsOf(tally)
  if (standing.length <= seats) {
    const approvals = tally.votes.map((votes) => formatDecimal(votes, tally.places))
    return electAll(new SeatRecord('equal-shares', input), standing, approvals, names, statistics)
  }
  // Blank ballots have a share too: the cost of the seats is everybody's.
  const ballots = fraction(tally.valid + tally.blank, 10n ** BigInt(tally.places))
  const attempt = (budgetOf: number, completion: Completion) => {
    const record = new SeatRecord('equal-shares', input)
    const rule = equalSharesRule({
      groups,
      standing,
      seats,
      names,
      budget: share(budgetOf, ballots),
      completion,
    })
    const title = 'Votes that would pay for the seat at one price, exactly'
    return { record, count: countOneByOne(record, rule, names, title) }
  }
  const finish = (record: SeatRecord, count: CommitteeCount) => record.finish(statistics, count)

  if (rules.completion !== 'larger budgets') {
    const { record, count } = attempt(seats, rules.completion)
    return finish(record, count)
  }
  const approved = standing.filter((option) => tally.votes[option]! > 0n)
  if (approved.length < seats) {
    const { record, count } = attempt(seats, 'approvals')
    return finish(record, count)
  }
  const stepsEach = (groups.entries.length + 1) * seats * 2
  for (let budgetOf = seats; (budgetOf - seats) * stepsEach < mostSteps; budgetOf++) {
    const { record, count } = attempt(budgetOf, 'none')
    // The committees of other decisions would each have a budget of their own.
    const { committees, ...rest } = count
    if (count.open || record.vacant() === 0) {
      return finish(record, record.ties.length === 0 && committees ? count : rest)
    }
  }
  throw new TabulationRefusal(
    'too-large',
    'Budgets would have to grow beyond what can be counted in reasonable time; another completion can count this.',
    { seats },
  )
}

/** The budget of a ballot of weight 1, where so many seats are to be paid for by all ballots. */
function share(seats: number, { top, bottom }: Fraction): Fraction {
  return top === 0n ? zero : fraction(BigInt(seats) * bottom, top)
}
