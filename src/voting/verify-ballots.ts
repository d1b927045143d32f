import { parseBallot, type BallotRefusal as SealedBallotRefusal, verifyBallot } from '../sealing/ballot.ts'
import type { SealedElection } from '../sealing/election.ts'
import type { Group } from '../sealing/group.ts'

/** Verifies the signature and the proofs of ballots, whichever way is quickest. */
export type BallotVerifier = (
  election: SealedElection,
  ballots: readonly string[],
) => Promise<readonly (SealedBallotRefusal | undefined)[]>

/** One after the other, in this process. */
export function verifierInProcess(group: Group): BallotVerifier {
  return async (election, ballots) => ballots.map((json) => faultOfBallot(group, election, json))
}

/** All that a ballot proves of itself. @returns why it is refused, or undefined */
export function faultOfBallot(
  group: Group,
  election: SealedElection,
  json: string,
): SealedBallotRefusal | undefined {
  const ballot = parseBallot(group, election, json)
  return 'refused' in ballot ? ballot : verifyBallot(group, election, ballot)
}
