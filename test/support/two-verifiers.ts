import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { verifyArchive } from '../../src/sealing/verification.ts'
import { verifyArchive as verifyAgain } from '../../tools/second-verifier/verify.js'

const group = await loadGroup()

/** What urna and the second verifier, which share no code, say of an archive. */
export interface Verdicts {
  readonly urna: 'holds' | 'does not hold'
  readonly second: 'holds' | 'does not hold'
  /** Of each the check that failed, for whoever looks into a disagreement. */
  readonly reasons: string
}

export async function verdictsOn(archive: Uint8Array): Promise<Verdicts> {
  const { outcome, checks } = await verifyArchive(group, [archive])
  const { holds, reason } = verifyAgain(archive)
  const failed = checks.filter(({ outcome }) => outcome === 'failed')
  return {
    urna: outcome === 'verified' ? 'holds' : 'does not hold',
    second: holds ? 'holds' : 'does not hold',
    reasons: `urna: ${failed.map((check) => `${check.id} ${check.reason}`).join(', ')}; second: ${reason ?? ''}`,
  }
}
