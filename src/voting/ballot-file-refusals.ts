import { Refusal } from '../errors.ts'
import { whyUnwritable } from '../report/refusals.ts'

export class BallotFileUnwritable extends Refusal {
  readonly code = 'file-unreadable'
  /** @param reason the code of the system: `ENOSPC` */
  constructor(path: string, reason: string, flag: string) {
    super(
      `${path} can't be written: ${whyUnwritable(path, reason)}.`,
      { path, reason },
      `Try again with another ${flag} FILE.`,
    )
  }
}

export class BallotFileExists extends Refusal {
  readonly code = 'output-exists'
  constructor(path: string, flag: string) {
    super(`${path} is already there, and is not overwritten.`, { path }, `Name another with ${flag} FILE.`)
  }
}
