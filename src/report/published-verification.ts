import type { z } from 'zod'
import type { ElectionVerification } from '../tally/verification.ts'
import { seated } from './narrative.ts'
import { verificationSchema } from './verification-schema.ts'

/** A verification as `urna verify --json` prints it. */
export function publishedVerification(
  verification: ElectionVerification,
): z.infer<typeof verificationSchema> {
  const { archive, report, complete, contests, questions } = verification
  const { result: _, election, head, ...rest } = report
  return verificationSchema.parse({
    archive,
    ...rest,
    complete,
    election: election ?? null,
    head: head ?? null,
    contests:
      contests?.map(({ title, tabulation, invalidBallots, writeIns, none }) => ({
        title,
        ...seated(tabulation, none),
        tabulation: { ...tabulation, invalidBallots, ...(writeIns && { writeIns }) },
      })) ?? null,
    questions: questions ?? null,
  })
}
