import { z } from 'zod'
import { storedTabulationSchema, vacantByOption } from './tabulation-schema.ts'

const place = z.strictObject({
  file: z.string(),
  height: z.int(),
  trustee: z.int().exactOptional(),
  question: z.int().exactOptional(),
  part: z.string().exactOptional(),
})

/** What `urna verify --json` prints. */
export const verificationSchema = z.strictObject({
  archive: z.string(),
  outcome: z.enum(['verified', 'failed']),
  stage: z.string(),
  complete: z.boolean(),
  election: z.strictObject({ name: z.string(), uuid: z.string(), fingerprint: z.string() }).nullable(),
  checks: z.array(
    z.strictObject({
      id: z.string(),
      sentence: z.string(),
      outcome: z.enum(['passed', 'failed', 'not-reached']),
      count: z.int().exactOptional(),
      place: place.exactOptional(),
      reason: z.string().exactOptional(),
    }),
  ),
  ballots: z.int(),
  voters: z.int(),
  recasts: z.int(),
  head: z.string().nullable(),
  archiveHash: z.string(),
  contests: z
    .array(
      z.strictObject({
        title: z.string(),
        winners: z.array(z.string()),
        vacantBy: vacantByOption,
        tabulation: storedTabulationSchema,
      }),
    )
    .nullable(),
  questions: z
    .array(
      z.strictObject({
        title: z.string(),
        totals: z.array(z.strictObject({ answer: z.string(), votes: z.string() })).exactOptional(),
        ballots: z.int().exactOptional(),
      }),
    )
    .nullable(),
})
