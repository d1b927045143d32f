import * as z from 'zod'
import { defineMethod } from '../define-method.ts'
import { type Fraction, fraction } from '../exact-fraction.ts'
import type { ContendingList } from '../lists/allotment.ts'
import { countLists } from '../lists/count-lists.ts'
import { largestRemainders } from '../lists/largest-remainders.ts'
import { type ListRules, listRules } from '../lists/list-rules.ts'
import { remainderWorkings } from '../lists/list-workings.ts'
import type { Tabulation, TabulationInput } from '../tabulation.ts'

const rules = z.strictObject(listRules)

/** The votes that a whole seat costs, from all votes for the lists over the threshold, both in units of 10^-places. */
type Quota = (votes: bigint, places: number) => Fraction

function countByQuota(id: string, input: TabulationInput<ListRules>, quota: Quota): Tabulation {
  const quotaOf = (lists: readonly ContendingList[], places: number) =>
    quota(
      lists.reduce((sum, { votes }) => sum + votes, 0n),
      places,
    )
  return countLists(id, input, {
    allot: (lists, places, ties) => largestRemainders(lists, input.seats, quotaOf(lists, places), ties),
    workings: (lists, places, allotment) =>
      remainderWorkings(lists, allotment, quotaOf(lists, places), { names: input.options, places }),
  })
}

export const hareLr = defineMethod({
  id: 'hare-lr',
  title: 'Largest remainders, Hare quota (Hamilton)',
  style: 'list',
  takesTotals: true,
  source: 'Apportionment Act of 1850 (United States, 9 Stat. 432), sections 25 and 26',
  rules,
  count: (input) => countByQuota('hare-lr', input, (votes) => fraction(votes, input.seats)),
})

export const droopLr = defineMethod({
  id: 'droop-lr',
  title: 'Largest remainders, Droop quota',
  style: 'list',
  takesTotals: true,
  source: 'Electoral Act 73 of 1998 (South Africa), Schedule 3: the quota',
  rules,
  count: (input) =>
    countByQuota('droop-lr', input, (votes, places) => {
      const unit = 10n ** BigInt(places)
      return fraction(votes === 0n ? 0n : (votes / (BigInt(input.seats + 1) * unit) + 1n) * unit)
    }),
})

const hagenbachBischoffRules = z.strictObject({
  ...listRules,
  /** What is added to the seats that divide the votes; 2 makes the Imperiali quota. */
  added: z.int().min(1).max(2).default(1),
  /** What becomes of a fraction of a vote in the quota; a half goes up to the nearest. */
  rounding: z.enum(['none', 'nearest', 'up', 'down']).default('none'),
})

export const hagenbachBischoffLr = defineMethod({
  id: 'hagenbach-bischoff-lr',
  title: 'Largest remainders, Hagenbach-Bischoff quota',
  style: 'list',
  takesTotals: true,
  source:
    'Hagenbach-Bischoff, "Die Frage der Einführung einer Proportionalvertretung statt des absoluten Mehres" (1888)',
  rules: hagenbachBischoffRules,
  count: (input) => {
    const { added, rounding } = input.rules
    return countByQuota('hagenbach-bischoff-lr', input, (votes, places) =>
      rounded(fraction(votes, input.seats + added), rounding, places),
    )
  },
})

/** To whole votes, but never to nothing. */
function rounded(
  quota: Fraction,
  rounding: z.output<typeof hagenbachBischoffRules>['rounding'],
  places: number,
): Fraction {
  const { top, bottom } = quota
  if (rounding === 'none' || top === 0n) return quota
  const unit = 10n ** BigInt(places)
  const vote = bottom * unit
  const add = { up: vote - 1n, nearest: vote / 2n, down: 0n }[rounding]
  const votes = (top + add) / vote
  return votes === 0n ? quota : fraction(votes * unit)
}
