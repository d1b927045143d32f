import { Refusal } from '../errors.ts'

export class CsvUnreadable extends Refusal {
  readonly code = 'csv-unreadable'
  /** @param reason completes "… can't be read: " */
  constructor(file: string, reason: string, options: { line?: number; hint?: string } = {}) {
    const { line, hint } = options
    super(
      `${file} can't be read${line === undefined ? '' : ` at line ${line}`}: ${reason}.`,
      { file, reason, ...(line === undefined ? {} : { line }) },
      hint,
    )
  }
}

export class CsvHeaderUnusable extends Refusal {
  readonly code = 'csv-header'
  /** @param reason a clause that says what is wrong with the header of the file */
  constructor(
    place: { file: string; line: number; columns: readonly string[] },
    reason: string,
    hint: string,
  ) {
    super(`${place.file}, line ${place.line}: ${reason}.`, { ...place, reason }, hint)
  }
}

export class RowsRejected extends Refusal {
  readonly code = 'rows-rejected'
  constructor(options: {
    file: string
    rejected: number
    first: readonly { line: number; reason: string }[]
  }) {
    const { file, rejected, first } = options
    const [one] = first
    super(
      `${rejected} ${rejected === 1 ? 'row' : 'rows'} of ${file} can't be taken, so nothing was imported; the first is on line ${one?.line}: ${one?.reason}.`,
      options,
      'Mend them, or import the others without --strict; --rejects FILE.csv writes them all.',
    )
  }
}

export class RejectsFileExists extends Refusal {
  readonly code = 'output-exists'
  constructor(path: string) {
    super(`${path} is already there, and urna never overwrites it.`, { path }, 'Choose another name.')
  }
}

export class CorrectionNeedsReason extends Refusal {
  readonly code = 'correction-needs-reason'
  constructor() {
    super(
      'A correction of the electoral roll needs a reason: it is listed with it.',
      {},
      'Give it with --reason TEXT.',
    )
  }
}

export class MemberNotFound extends Refusal {
  readonly code = 'member-not-found'
  constructor(number: string) {
    super(
      `There is no member ${number}.`,
      { number },
      'Look for the number with: urna voter list --search NAME',
    )
  }
}

export class VoterNotFound extends Refusal {
  readonly code = 'voter-not-found'
  constructor(place: { election: string; number: string }) {
    super(
      `There is no voter ${place.number} on the roll of ${place.election}.`,
      place,
      `Look for the number with: urna voter list --election ${place.election} --search NAME`,
    )
  }
}

/** A correction that the roll as it stands does not allow. */
export class CorrectionRefused extends Refusal {
  readonly code = 'correction-refused'
  constructor(place: { election: string; number: string }, reason: string, hint?: string) {
    super(`${place.number} ${reason}.`, place, hint)
  }
}
