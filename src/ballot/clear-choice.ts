import * as z from 'zod/mini'
import type { BallotRules } from './rules.ts'
import { type BallotFault, type CastVoteRecord, faultOf, type Selections } from './selections.ts'

/**
 * Choices as a ballot says them that is not sealed: the selections themselves, as JSON. There is room for any number
 * of options, as nothing has to fit into a seal.
 */
const index = z.int().check(z.nonnegative())

const selectionsSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('blank') }),
  z.strictObject({
    kind: z.literal('options'),
    options: z.array(index),
    writeIn: z.exactOptional(z.string()),
  }),
  z.strictObject({ kind: z.literal('ranking'), ranks: z.array(z.array(index)) }),
  z.strictObject({ kind: z.literal('scores'), scores: z.array(index) }),
  z.strictObject({ kind: z.literal('grades'), grades: z.array(z.nullable(index)) }),
])

/**
 * Reads one choice. Whatever it is, the answer is a cast vote record; options come out in ascending order, so that
 * ballots that choose alike are alike.
 */
export function readClearChoice(choice: unknown, rules: BallotRules, optionCount: number): CastVoteRecord {
  const parsed = selectionsSchema.safeParse(choice)
  if (!parsed.success) return { status: 'invalid', fault: { code: 'unreadable', why: 'value' } }
  const selections = ordered(parsed.data)
  const fault: BallotFault | undefined = faultOf(selections, rules, optionCount)
  if (fault !== undefined) return { status: 'invalid', fault }
  return selections.kind === 'blank' ? { status: 'blank' } : { status: 'valid', selections }
}

function ordered(selections: Selections): Selections {
  switch (selections.kind) {
    case 'options':
      return { ...selections, options: ascending(selections.options) }
    case 'ranking':
      return { ...selections, ranks: selections.ranks.map(ascending) }
    default:
      return selections
  }
}

function ascending(options: readonly number[]): number[] {
  return [...options].sort((a, b) => a - b)
}
