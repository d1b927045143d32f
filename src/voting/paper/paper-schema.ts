import * as z from 'zod'

const count = z.int().nonnegative()
const option = count.describe('Position of an option on the ballot, from 0.')

/** What a paper chooses. */
const selections = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('options'), options: z.array(option).readonly() }),
  z.strictObject({ kind: z.literal('ranking'), ranks: z.array(z.array(option).readonly()).readonly() }),
  z.strictObject({ kind: z.literal('scores'), scores: z.array(count).readonly() }),
  z.strictObject({ kind: z.literal('grades'), grades: z.array(count.nullable()).readonly() }),
])

/** What papers say in one contest. */
export const paperTallySchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('totals'),
    votes: z.array(count).readonly().describe('By position of the option.'),
    valid: count,
    blank: count,
    invalid: count,
  }),
  z.strictObject({
    kind: z.literal('ballots'),
    choices: z.array(z.strictObject({ selections, papers: z.int().positive() })).readonly(),
    blank: count,
    invalid: count,
  }),
])

export type PaperTally = z.infer<typeof paperTallySchema>

const sheet = {
  issued: count.describe('Papers that were handed out.'),
  spoiled: count.describe('Of them, given back spoiled.'),
  papers: count.describe('Papers that were in the box.'),
}

/** The papers of an election, as they are published. */
export const paperRecordSchema = z.strictObject({
  struck: count.describe('Voters who were struck off as voting on paper.'),
  ...sheet,
  batches: z.array(
    z.strictObject({
      ...{ number: z.int().positive(), place: z.string(), ...sheet },
      contests: z.array(paperTallySchema),
    }),
  ),
})

export type PaperRecord = z.infer<typeof paperRecordSchema>
