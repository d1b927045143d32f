import { Refusal } from '../../errors.ts'

const addressFaults = {
  'no-server': 'This is not the address of a server.',
  'more-than-a-server': 'The address of the server has something behind its host.',
  'not-encrypted': 'Trustees work over an encrypted connection: the address begins with https://.',
} as const

export class ServerAddressInvalid extends Refusal {
  readonly code = 'invalid-input'
  constructor(fault: keyof typeof addressFaults) {
    super(addressFaults[fault], { fault }, 'Write it like https://vote.example.org')
  }
}

/** A file that is none of ours; nothing of it is repeated. */
export class InvitationInvalid extends Refusal {
  readonly code = 'invitation-invalid'
  constructor(path: string) {
    super(
      `${path} is not what urna trustee invite wrote.`,
      { path },
      'Give the invitation that the election officer sent, as it came.',
    )
  }
}

/** Nobody is invited by that secret, or not any more, or not here: which of these is not said. */
export class NotInvited extends Refusal {
  readonly code = 'not-authenticated'
  constructor() {
    super(
      'This needs the invitation of a trustee of this election.',
      {},
      'The election officer makes one with: urna trustee invite',
    )
  }
}

/** The network or the server, and not what it says. */
export class TrusteeServerUnreachable extends Refusal {
  readonly code = 'server-unreachable'
  constructor(options: { server: string; reason: string }) {
    super(
      `${options.server} can't be reached: ${options.reason}.`,
      options,
      'Type the same again later: nothing that was done is lost, and nothing is done twice.',
    )
  }
}

/** What the server said of what the trustee asked or sent. */
export class ServerRefuses extends Refusal {
  readonly code = 'server-refuses'
  /** What the server calls it. */
  readonly said: string
  /** @param options.said its code; @param options.message its sentence, without control characters */
  constructor(options: { server: string; status: number; said: string; message: string }) {
    const { server, status, said, message } = options
    super(
      `${server} refuses: ${message}`,
      { server, status, said },
      said === 'not-authenticated'
        ? 'Ask the election officer for a new invitation: urna trustee invite --again NAME'
        : 'Type the same again. If it stays, tell the election officer these words.',
    )
    this.said = said
  }
}

/** The server says what an honest one does not. */
export class ServerDistrusted extends Refusal {
  readonly code = 'ceremony-refused'
  /** @param options.reason completes "… is not believed: " */
  constructor(options: { server: string; reason: string }) {
    super(
      `${options.server} is not believed: ${options.reason}.`,
      options,
      'Do not go on. Tell the other trustees, and ask the election officer how that came.',
    )
  }
}
