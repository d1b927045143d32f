import * as z from 'zod'
import { defineMethod } from '../define-method.ts'
import { TabulationRefusal } from '../refusals.ts'
import { tieRulesSchema } from '../tie-rules.ts'
import { countMostVotes } from './plurality.ts'

const blockRules = z.strictObject({ ties: tieRulesSchema.default(['lot']) })

/** Each ballot selects as many options as there are seats, or fewer; those with the most votes are elected. */
export const block = defineMethod({
  id: 'block',
  title: 'Block vote',
  style: 'approval',
  takesTotals: true,
  source: 'Local Elections (Principal Areas) (England and Wales) Rules 2006, Schedule 2, rules 32 and 47',
  rules: blockRules,
  count: (input) => countMostVotes('block', input.seats)(input),
})

const limitedRules = z.strictObject({
  /** The most options that a ballot selects, fewer than the seats; one fewer where nothing is said. */
  selections: z.int().positive().optional(),
  ties: tieRulesSchema.default(['lot']),
})

type LimitedRules = z.output<typeof limitedRules>

/** Each ballot selects fewer options than there are seats; those with the most votes are elected. */
export const limited = defineMethod({
  id: 'limited',
  title: 'Limited vote',
  style: 'approval',
  takesTotals: true,
  source:
    'Ley Orgánica del Régimen Electoral General (Spain), article 166: three selections for the four senators of a province',
  rules: limitedRules,
  count: (input) => countMostVotes('limited', limitOf(input.rules, input.seats))(input),
})

/** @throws TabulationRefusal `rules-invalid` */
function limitOf({ selections }: LimitedRules, seats: number): number {
  if (selections === undefined) return Math.max(1, seats - 1)
  if (selections === 1 || selections < seats) return selections
  throw new TabulationRefusal(
    'rules-invalid',
    'In a limited vote a ballot selects fewer options than there are seats.',
    { method: 'limited', selections, seats },
  )
}
