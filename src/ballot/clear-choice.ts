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

/** More parts than anybody divides a weight into, and few enough for a ballot to stay small. */
const mostParts = 100

/** A choice with a part of the weight: the whole weight of a ballot in as many parts as the voter likes. */
const splitSchema = z.strictObject({
  kind: z.literal('split'),
  parts: z
    .array(
      z.strictObject({
        /** In votes: an exact decimal above 0 with up to six places, and no zero behind them. */
        weight: z.string().check(z.regex(/^(?:0|[1-9]\d{0,9})(?:\.\d{0,5}[1-9])?$/)),
        choice: z.unknown(),
      }),
    )
    .check(z.minLength(1), z.maxLength(mostParts)),
})

/** Several choices of one voter in a contest, each with a part of the weight. */
export interface SplitChoice {
  readonly kind: 'split'
  readonly parts: readonly { readonly weight: string; readonly choice: Selections }[]
}

/** What is no choice of the contest, whatever it is: taken only where ballots that break the rules are. */
export interface FaultyChoice {
  readonly kind: 'faulty'
  readonly value: unknown
}

/** What a ballot says in one contest, with how much of its weight. */
export interface WeighedPart {
  readonly record: CastVoteRecord
  /** What it says, in its one spelling; of invalid ones as it is. */
  readonly choice: unknown
  /** Millionths of a vote. */
  readonly micros: bigint
}

/**
 * Reads one choice, which may divide the weight where that is allowed. A part that does not stand, or parts that weigh
 * more than the ballot, let none stand; what the parts leave of the weight is not voted with.
 * @param voter.weight of the whole ballot, in millionths of a vote
 */
export function readWeighedParts(
  choice: unknown,
  { rules, optionCount }: { rules: BallotRules; optionCount: number },
  voter: { weight: bigint; maySplit: boolean },
): WeighedPart[] {
  const split = voter.maySplit ? splitSchema.safeParse(choice).data : undefined
  if (split === undefined) return [partOf(readClearChoice(choice, rules, optionCount), choice, voter.weight)]
  const parts = split.parts.map((part) =>
    partOf(readClearChoice(part.choice, rules, optionCount), part.choice, microsOfPart(part.weight)),
  )
  const faulty = parts.find(({ record }) => record.status === 'invalid')
  if (faulty !== undefined) return [partOf(faulty.record, choice, voter.weight)]
  const stands = parts.every(({ micros }) => micros > 0n) && sumOf(parts) <= voter.weight
  return stands ? parts : [partOf(unreadable, choice, voter.weight)]
}

/** What the parts of a choice weigh together, in millionths of a vote; 0 of one that is not divided. */
export function partsMicros(choice: unknown): bigint {
  const split = splitSchema.safeParse(choice).data
  return (split?.parts ?? []).reduce((sum, { weight }) => sum + microsOfPart(weight), 0n)
}

const unreadable: CastVoteRecord = { status: 'invalid', fault: { code: 'unreadable', why: 'value' } }

function partOf(record: CastVoteRecord, choice: unknown, micros: bigint): WeighedPart {
  if (record.status === 'invalid') return { record, choice, micros }
  return { record, choice: record.status === 'blank' ? { kind: 'blank' } : record.selections, micros }
}

function sumOf(parts: readonly WeighedPart[]): bigint {
  return parts.reduce((sum, { micros }) => sum + micros, 0n)
}

function microsOfPart(weight: string): bigint {
  const [whole = '', places = ''] = weight.split('.')
  return BigInt(whole) * 1_000_000n + BigInt(places.padEnd(6, '0'))
}

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
