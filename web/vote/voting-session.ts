import type { BallotPaper } from '../../src/voting/ballot-paper-schema.ts'
import type { PageContest } from './paper.ts'
import type { OpenedElection, SealingDesk } from './sealing-desk.ts'
import type { VotingServer } from './voting-server.ts'

/** What a voter's visit to the page works with. */
export interface VotingSession {
  readonly desk: SealingDesk
  /** The election that ballots are bound to. */
  readonly election: OpenedElection
  /** What the election office says beside it. */
  readonly paper: BallotPaper
  readonly contests: readonly PageContest[]
  /** Undefined on a page that works without a network. */
  readonly server: VotingServer | undefined
  /** The published list of credentials, where the page has it already. */
  readonly credentials: string | undefined
}
