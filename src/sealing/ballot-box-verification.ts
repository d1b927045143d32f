import { type ParsedBallot, parseBallot, verifyBallot } from './ballot.ts'
import type { BoardCursor, EntryOf } from './board-cursor.ts'
import { elementToHex } from './encoding.ts'
import { type CountedBallot, withoutProofs } from './encrypted-tally.ts'
import type { Group } from './group.ts'
import type { VerificationContext, VerifiedSetup } from './setup-verification.ts'
import { type CheckFailed, checkFailed } from './verification-report.ts'

/** The ballots of a board, so far as they are verified. */
export interface BallotBox {
  /** How many ballots there are, recasts among them. */
  ballots: number
  /** The last ballot of each public credential, which is in hex. */
  readonly last: Map<string, LastBallot>
}

export interface LastBallot {
  readonly ballot: CountedBallot
  readonly weight: bigint
}

/**
 * Verifies ballots for as long as the board has some, and puts them in the box. That none is there twice, the
 * chain has seen to.
 *
 * @throws CheckFailed
 */
export async function verifyBallots(
  group: Group,
  board: BoardCursor,
  { setup, findings, progress }: VerificationContext,
  box: BallotBox,
): Promise<void> {
  for await (const entry of board.entries('Ballot')) {
    const { credential, answers } = verifyEntry(group, setup, entry)
    const hex = elementToHex(credential)
    const weight = setup.weights.get(hex)
    if (weight === undefined) throw failure(entry, 'token-not-of-this-election', { part: 'credential' })
    box.last.set(hex, { ballot: withoutProofs({ answers }), weight })
    box.ballots += 1
    progress?.({ check: 'ballots', done: box.ballots })
  }
  findings.pass('ballots', { count: box.ballots })
}

function verifyEntry(group: Group, { election }: VerifiedSetup, entry: EntryOf<'Ballot'>): ParsedBallot {
  const ballot = parseBallot(group, election, entry.ballot.body)
  if ('refused' in ballot) throw failure(entry, ballot.refused, { part: ballot.place })
  const refusal = verifyBallot(group, election, ballot)
  if (refusal !== undefined) throw failure(entry, refusal.refused, { part: refusal.place })
  return ballot
}

function failure(entry: EntryOf<'Ballot'>, reason: string, { part }: { part: string }): CheckFailed {
  return checkFailed('ballots', reason, entry.ballot, { height: entry.height, part })
}
