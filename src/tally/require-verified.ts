import type { Check } from '../sealing/verification-report.ts'
import { VerificationIncomplete } from './refusals.ts'
import { requireHolds } from './verify-archive.ts'

/**
 * @param options.wanted whether an archive that holds but does not reach to the result will do
 * @throws VerificationFailed, VerificationIncomplete
 */
export function requireVerified(
  verification: { archive: string; checks: readonly Check[]; stage: string; complete: boolean },
  options: { wanted: 'any stage' | 'complete' },
): void {
  const { archive, stage, complete } = verification
  requireHolds(archive, verification)
  if (options.wanted === 'complete' && !complete) throw new VerificationIncomplete({ archive, stage })
}
