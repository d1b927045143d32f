import type { CheckId } from '../../../src/sealing/verification-report.ts'
import type { VerifiedPrefix } from '../../../src/sealing/verified-prefix.ts'
import type { BoardTexts, HeldElection } from '../held-election.ts'

/** By which check a forger is found out, and by no other. */
export interface FoundOut {
  /** A sentence that begins with "who". */
  readonly does: string
  readonly check: CheckId
  readonly reason: string
  /** As much of the place as is told. */
  readonly place?: object
}

/** What the forger writes on a board that is otherwise chained and written as it should be. */
export interface TextForgery extends FoundOut {
  readonly election?: () => Promise<HeldElection>
  readonly texts: (texts: BoardTexts, election: HeldElection) => Partial<BoardTexts>
}

/** What the forger does to the chain, or to the bytes of the archive. */
export interface ArchiveForgery extends FoundOut {
  readonly archive: () => Uint8Array
  /** What whoever verifies has verified before. */
  readonly since?: VerifiedPrefix
}
