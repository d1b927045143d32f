import { Refusal } from '../errors.ts'

/** Why no one-time code can be asked for. None of it depends on who asks. */
export class CodeNotUsed extends Refusal {
  readonly code = 'code-not-used'
  constructor(election: string) {
    super(`${election} asks for no one-time code: the token is enough.`, { election })
  }
}

export class CodesUnavailable extends Refusal {
  readonly code = 'codes-unavailable'
  constructor(election: string) {
    super(
      `Codes of ${election} can't be sent now: nothing to send them with is set up.`,
      { election },
      'Whoever runs urna serve sets up the mail server or the SMS gateway.',
    )
  }
}

export class CodesBusy extends Refusal {
  readonly code = 'codes-busy'
  constructor() {
    super('So many codes are being asked for that no more can wait. Try again in a minute.', {
      retryAfter: 60,
    })
  }
}

export class ChallengeInvalid extends Refusal {
  readonly code = 'challenge-invalid'
  constructor() {
    super('What was signed has expired, or is not of this election. Ask for a code again.')
  }
}

export class NoBallotsNow extends Refusal {
  readonly code = 'wrong-state'
  constructor(election: string, { code, reason }: { code: string; reason: string }) {
    super(reason, { election, reason: code })
  }
}
