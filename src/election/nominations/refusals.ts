import { Refusal } from '../../errors.ts'

const obstacles = {
  lists: 'its options are lists, which are put up as a whole',
  motion: 'it is a question, and nobody stands for it',
} as const

export class NominationsNotPossible extends Refusal {
  readonly code = 'nominations-not-possible'
  constructor(options: { contest: string; obstacle: keyof typeof obstacles }) {
    const { contest, obstacle } = options
    super(
      `Nobody can be nominated for "${contest}": ${obstacles[obstacle]}.`,
      options,
      'Put what is voted on onto the ballot with: urna candidate import',
    )
  }
}

/** It has not begun, or has ended. */
export class NominationsOver extends Refusal {
  readonly code = 'nominations-over'
  /** @param options.endedAt ISO 8601 in UTC; undefined where it never began */
  constructor(options: { election: string; contest: string; endedAt: string | undefined }) {
    const { election, contest, endedAt } = options
    super(
      endedAt === undefined
        ? `Nominations for "${contest}" have not been opened.`
        : `Nominations for "${contest}" are over.`,
      { election, contest, ...(endedAt !== undefined && { endedAt }) },
      `An officer opens them with: urna nomination open ${election} --until TIME`,
    )
  }
}

export class NominationNotFound extends Refusal {
  readonly code = 'nomination-not-found'
  /** @param options.nearest who was probably meant */
  constructor(options: { name: string; election: string; nearest: string | undefined }) {
    const { name, election, nearest } = options
    super(
      `Nobody called ${name} is nominated in ${election}.`,
      { name, election, ...(nearest === undefined ? {} : { nearest }) },
      nearest === undefined
        ? `See them all with: urna nomination list ${election}`
        : `Did you mean ${nearest}?`,
    )
  }
}

export class NominationAmbiguous extends Refusal {
  readonly code = 'invalid-input'
  constructor(options: { name: string; numbers: readonly number[] }) {
    const { name, numbers } = options
    super(
      `${name} is nominated ${numbers.length} times.`,
      options,
      `Say which by its number: ${numbers.join(', ')}. If they are one person: urna nomination merge`,
    )
  }
}

export class NominationInvalid extends Refusal {
  readonly code = 'invalid-input'
  /** @param sentence with its full stop */
  constructor(sentence: string, details: Readonly<Record<string, unknown>> = {}) {
    super(sentence, details)
  }
}

/** Whoever is on the ballot steps down as a candidate. */
export class NomineeOnBallot extends Refusal {
  readonly code = 'wrong-state'
  constructor(options: { election: string }) {
    super(
      'The nominee is on the ballot already, so the nomination is not changed any more.',
      options,
      `Who steps down comes off it with: urna candidate remove NAME ${options.election}`,
    )
  }
}

/** The link is none, or none any more, or of another election: which of these is not said. */
export class NoNominee extends Refusal {
  readonly code = 'not-authenticated'
  constructor() {
    super(
      'This needs the link of a nominee of this election.',
      {},
      'The election officer makes one with: urna nomination invite',
    )
  }
}
