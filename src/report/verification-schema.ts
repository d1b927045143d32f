import { z } from 'zod'
import { checkIds } from '../sealing/verification-report.ts'
import { prefixSchema } from './prefix-schema.ts'
import { storedTabulationSchema, vacantByOption } from './tabulation-schema.ts'

const place = z.strictObject({
  file: z.string(),
  height: z.int(),
  trustee: z.int().exactOptional(),
  question: z.int().exactOptional(),
  part: z.string().exactOptional(),
})

/** What `urna verify --json` prints: the `Verification` of `urna/verify`, checked. */
export const verificationSchema = z.strictObject({
  archive: z.string(),
  inTheClear: z.boolean().describe('Whether its ballots are signed and were never sealed.'),
  outcome: z.enum(['verified', 'failed']),
  stage: z.enum(['empty', 'open', 'closed', 'tallied', 'shuffling', 'shuffled', 'decrypting', 'finished']),
  complete: z.boolean(),
  election: z.strictObject({ name: z.string(), uuid: z.string(), fingerprint: z.string() }).nullable(),
  checks: z.array(
    z.strictObject({
      id: z.enum(checkIds),
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
  since: prefixSchema.nullable().describe('What was verified before, and not again.'),
  prefix: prefixSchema
    .nullable()
    .describe('What a later verification may go on from; null if a check failed.'),
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
  paper: z
    .enum(['counted', 'missing'])
    .nullable()
    .describe(
      'Whether papers that count beside its ballots were counted with them; null where there are none.',
    ),
})

export type PublishedVerification = z.infer<typeof verificationSchema>
