import { Refusal } from '../errors.ts'

export class ElectionPurged extends Refusal {
  readonly code = 'election-purged'
  constructor(options: { election: string; at: string; deed: string }) {
    const { election, at, deed } = options
    super(
      `${election} lost its voters for good on ${at.slice(0, 10)}, so it is not possible to ${deed}.`,
      options,
      `What is public is kept: urna election show ${election}`,
    )
  }
}

/** The tokens of a runoff are those of the first election. */
export class PurgeOfFirstOnly extends Refusal {
  readonly code = 'invalid-input'
  constructor({ election, first }: { election: string; first: string }) {
    super(
      `${election} is a runoff of ${first}, with the same voters and tokens: they are purged together.`,
      { election, first },
      `Purge both with: urna election purge ${first}`,
    )
  }
}

/** One that still goes on keeps its voters, and so do those that share them. */
export class NotOverYet extends Refusal {
  readonly code = 'wrong-state'
  constructor({ election, status }: { election: string; status: string }) {
    super(
      `${election} is ${status === 'draft' ? 'still a draft' : status}, and its voters may still be needed: only what is certified, cancelled or published can be purged.`,
      { election, status },
      `See what is next with: urna election show ${election}`,
    )
  }
}

/** Until then somebody may still want to know who voted: to contest the result, or because it was promised. */
export class StillKept extends Refusal {
  readonly code = 'still-kept'
  constructor(options: { election: string; keptUntil: string; keepDays: number }) {
    const { election, keptUntil, keepDays } = options
    super(
      `The voters of ${election} are kept until ${keptUntil.slice(0, 10)}: ${keepDays} days from when it was over.`,
      options,
      'If they have to go before, say why with: --reason TEXT',
    )
  }
}

export class KeepingUnchangeable extends Refusal {
  readonly code = 'invalid-input'
  constructor(sentence: string) {
    super(sentence, {}, 'Write it like --keep-days 90 --reason "the period for complaints was extended".')
  }
}
