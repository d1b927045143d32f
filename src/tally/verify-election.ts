import type { Group } from '../sealing/group.ts'
import { archiveFile } from './archive-file.ts'
import { openCrew } from './crew.ts'
import { VerificationIncomplete } from './refusals.ts'
import type { ElectionVerification } from './verification.ts'
import { requireHolds, verifySource } from './verify-archive.ts'
import type { WriteInDecision } from './written-names.ts'

/**
 * Verifies an election from the file of its public archive.
 *
 * @param options.seed of the lot by which the published result decided ties
 * @throws InputUnreadable
 */
export async function verifyElection(
  group: Group,
  path: string,
  options: {
    seed: string | undefined
    writeIns?: readonly WriteInDecision[]
    progress?: (done: number, total: number) => void
    /** How many threads verify; by default as many as the machine has cores. */
    jobs?: number | undefined
  },
): Promise<ElectionVerification> {
  const { progress, jobs, ...decisions } = options
  const crew = openCrew(group, { jobs })
  try {
    return await verifySource(group, await archiveFile(path, progress), { ...decisions, crew })
  } finally {
    await crew.close()
  }
}

/**
 * @param options.wanted whether an archive that holds but does not reach to the result will do
 * @throws VerificationFailed, VerificationIncomplete
 */
export function requireVerified(
  { archive, report, complete }: ElectionVerification,
  options: { wanted: 'any stage' | 'complete' },
): void {
  requireHolds(archive, report)
  if (options.wanted === 'complete' && !complete) {
    throw new VerificationIncomplete({ archive, stage: report.stage })
  }
}
