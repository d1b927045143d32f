import { Refusal } from '../errors.ts'
import type { ElectionStatus } from '../store/unit-of-work.ts'

export class ElectionNotFound extends Refusal {
  readonly code = 'election-not-found'
  constructor(slug: string | undefined) {
    super(
      slug === undefined ? 'There is no election in this file yet.' : `There is no election called ${slug}.`,
      slug === undefined ? {} : { election: slug },
      slug === undefined ? 'Make one with: urna election create' : 'See them all with: urna election list',
    )
  }
}

export class ElectionAmbiguous extends Refusal {
  readonly code = 'election-ambiguous'
  constructor(elections: readonly string[]) {
    super('There are several elections in this file.', { elections }, `Say which: ${elections.join(', ')}`)
  }
}

export class WrongState extends Refusal {
  readonly code = 'wrong-state'
  constructor(options: { election: string; status: ElectionStatus; deed: string; hint?: string }) {
    const { election, status, deed, hint } = options
    super(`${election} is ${status}, so it is not possible to ${deed}.`, { election, status, deed }, hint)
  }
}
