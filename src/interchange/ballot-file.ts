import { Refusal } from '../errors.ts'
import type { BallotGroups } from '../tabulation/ballot-groups.ts'

/** What a file of ballots holds. */
export interface BallotFile {
  readonly title: string
  /** Names of the options, in the order of the ballot. */
  readonly options: readonly string[]
  /** Positions of the withdrawn options, ascending; they are still on the ballots. */
  readonly withdrawn: readonly number[]
  readonly seats: number
  readonly ballots: BallotGroups
  /** What was read in spite of being irregular. */
  readonly warnings: readonly FileRemark[]
}

/** Something at a place in a text. Lines and columns count from 1. */
export interface FileRemark {
  readonly line: number
  readonly column: number
  readonly message: string
}

/** A file of ballots that makes no sense at some place. */
export class BallotFileUnreadable extends Refusal {
  readonly code = 'ballot-file-unreadable'

  constructor(format: string, { line, column, message }: FileRemark) {
    super(`Line ${line}, column ${column}: ${message}`, { format, line, column })
  }
}
