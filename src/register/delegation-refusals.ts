import { Refusal } from '../errors.ts'

export class DelegationInvalid extends Refusal {
  readonly code = 'delegation-invalid'
  /** @param reason a sentence without its full stop */
  constructor(reason: string, hint?: string) {
    super(`${reason}.`, {}, hint)
  }
}

export class DelegationNotFound extends Refusal {
  readonly code = 'delegation-not-found'
  constructor({ represented, election }: { represented: string; election: string | undefined }) {
    const where = election === undefined ? 'for every election' : `in ${election}`
    super(
      `${represented} has not given the vote to anybody ${where}.`,
      { represented, ...(election !== undefined && { election }) },
      `See who has with: urna delegation list${election === undefined ? '' : ` --election ${election}`}`,
    )
  }
}

/** A vote that can't be given, or taken back, as things stand. */
export class DelegationRefused extends Refusal {
  readonly code = 'delegation-refused'
  /** @param reason a sentence without its full stop */
  constructor(given: { represented: string; acting: string }, reason: string, hint?: string) {
    super(`${reason}.`, given, hint)
  }
}
