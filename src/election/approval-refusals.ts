import { Refusal } from '../errors.ts'
import type { WantedDeed } from './approval-subject.ts'

export class ApprovalNeeded extends Refusal {
  readonly code = 'approval-needed'
  /** @param waiting the number of a request that waits for another officer */
  constructor(place: { election: string; wanted: WantedDeed; waiting: number | undefined }) {
    const { election, wanted, waiting } = place
    const { deed, at } = wanted
    const what = `${election} ${deed}${at === null ? '' : ` --at ${at}`}`
    super(
      `To ${deed} ${election} needs the approval of a second officer.`,
      { election, deed, at, ...(waiting !== undefined && { approval: waiting }) },
      waiting === undefined
        ? `Ask for it with: urna approval request ${what} --key NAME.officer.private.json`
        : `Request ${waiting} waits for another officer: urna approval grant ${waiting} --key NAME.officer.private.json`,
    )
  }
}

export class ApprovalNotFound extends Refusal {
  readonly code = 'approval-not-found'
  constructor(approval: number) {
    super(`There is no request ${approval}.`, { approval }, 'See them all with: urna approval list')
  }
}

/** A request that can't be decided so, or by that officer. */
export class ApprovalRefused extends Refusal {
  readonly code = 'approval-refused'
  constructor(message: string, details: Readonly<Record<string, unknown>>, hint?: string) {
    super(message, details, hint)
  }
}
