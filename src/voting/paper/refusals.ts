import { Refusal } from '../../errors.ts'

/** Papers of an election that has none, a voter who can't vote on paper, a count that can't be taken now. */
export class PaperRefused extends Refusal {
  readonly code = 'paper-refused'
}

export class BatchNotFound extends Refusal {
  readonly code = 'batch-not-found'
  constructor(options: { election: string; batch: number }) {
    super(
      `${options.election} has no batch ${options.batch}.`,
      options,
      `See them all with: urna paper list ${options.election}`,
    )
  }
}

/** A file of papers that can't be what a batch holds. */
export class PaperEntryInvalid extends Refusal {
  readonly code = 'paper-entry-invalid'
}

/** Papers that two officers have not agreed on yet. */
export class PaperNotAgreed extends Refusal {
  readonly code = 'paper-not-agreed'
  constructor({ election, waiting }: { election: string; waiting: readonly string[] }) {
    super(
      `The papers of ${election} are not all counted: ${waiting.join('; ')}.`,
      { election, waiting },
      `See how it stands with: urna paper list ${election}`,
    )
  }
}
