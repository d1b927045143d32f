import type { ParsedBallot } from '../../src/sealing/ballot.ts'
import { elementToHex } from '../../src/sealing/encoding.ts'

/** The last ballot of each credential, in the order they were cast. */
export function lastBallots(ballots: Iterable<ParsedBallot>): ParsedBallot[] {
  const last = new Map<string, ParsedBallot>()
  for (const ballot of ballots) {
    const credential = elementToHex(ballot.credential)
    last.delete(credential)
    last.set(credential, ballot)
  }
  return [...last.values()]
}
