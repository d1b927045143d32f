import { z } from 'zod'
import { paperTallySchema } from './paper-schema.ts'
import { type BatchContest, type PaperBatch, paperStates } from './read-paper.ts'

const count = z.int().nonnegative()

export const batchContestOutput = z.strictObject({
  contest: z.string(),
  position: z.int().positive(),
  state: z.enum(paperStates),
  /** Who has entered it, in their order. */
  officers: z.array(z.string()),
  /** Why a third entry stands; null where the two were alike. */
  reason: z.string().nullable(),
  /** Where two entries differ, line by line. */
  differences: z.array(z.strictObject({ line: z.string(), first: count, second: count })),
  /** Once it is agreed. */
  tally: paperTallySchema.nullable(),
})

export const batchOutput = z.strictObject({
  number: z.int().positive(),
  place: z.string(),
  /** Papers that were handed out, given back spoiled, and in the box. */
  issued: count,
  spoiled: count,
  papers: count,
  contests: z.array(batchContestOutput),
})

export function outputOfBatch({ id: _id, ...batch }: PaperBatch): z.infer<typeof batchOutput> {
  return batch
}

export function outputOfContest({
  contest,
  position,
  state,
  officers,
  reason,
  differences,
  tally,
}: BatchContest): z.infer<typeof batchContestOutput> {
  return { contest, position, state, officers, reason, differences, tally }
}
