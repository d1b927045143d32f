import { Refusal } from '../errors.ts'

export class ExpiryInvalid extends Refusal {
  readonly code = 'invalid-input'
  constructor(reason: string) {
    super(
      `The tokens can't expire then: ${reason}.`,
      { reason },
      'Write it like --expires "2026-12-01 18:00".',
    )
  }
}

export class VoterHasNoToken extends Refusal {
  readonly code = 'token-not-found'
  constructor(options: { election: string; number: string }) {
    super(
      `Voter ${options.number} has no token that could be replaced.`,
      options,
      'Give out missing tokens with: urna token issue',
    )
  }
}

export class TokenAlreadyUsed extends Refusal {
  readonly code = 'token-already-used'
  constructor(options: { election: string; number: string }) {
    super(
      `Voter ${options.number} has voted already with the present token, so it can't be replaced.`,
      options,
    )
  }
}

export class NoReserveToken extends Refusal {
  readonly code = 'no-reserve-token'
  constructor(options: { election: string; wanted: number; left: number }) {
    const { wanted, left } = options
    super(
      `${wanted} reserve ${wanted === 1 ? 'token is' : 'tokens are'} needed and ${left === 0 ? 'none is' : `${left} are`} left; nothing was changed.`,
      options,
      'The list of credentials is public since the opening, and nobody can add to it. For the next election make some before it opens: urna token issue --reserve 20',
    )
  }
}

export class ReserveWeighsOtherwise extends Refusal {
  readonly code = 'no-reserve-token'
  /** @param options.weight of the voter, in votes, as `reserve` of the reserve tokens */
  constructor(options: { election: string; number: string; weight: string; reserve: string }) {
    super(
      `The vote of ${options.number} weighs ${options.weight}, and every reserve token was published with ${options.reserve}.`,
      options,
      'A voter of another weight can get a new token only before the election opens.',
    )
  }
}

export class TokensMadeElsewhere extends Refusal {
  readonly code = 'tokens-made-otherwise'
  constructor(election: string) {
    super(
      `The tokens of ${election} are made on another machine; none can be made here.`,
      { election },
      `Ask the credential officer. Who still needs a token: urna token request ${election}`,
    )
  }
}

export class TokensMadeHere extends Refusal {
  readonly code = 'tokens-made-otherwise'
  constructor(election: string) {
    super(
      `Tokens of ${election} were made on this machine, so that a credential officer would keep nobody from voting with them.`,
      { election },
      'Make the election anew for that: urna election create',
    )
  }
}

export class TokenRequestInvalid extends Refusal {
  readonly code = 'token-request-invalid'
  constructor(path: string) {
    super(
      `${path} is no request for tokens.`,
      { path },
      'The officer of the election writes one with: urna token request',
    )
  }
}

export class NotRequested extends Refusal {
  readonly code = 'token-request-invalid'
  constructor(number: string) {
    super(`Voter ${number} is not in the request.`, { number }, 'Take the request that named the voter.')
  }
}

/** Public halves of tokens that are not taken in; nothing was changed. */
export class CredentialsInvalid extends Refusal {
  readonly code = 'credentials-invalid'
  constructor(path: string, reason: string) {
    super(
      `${path} is not taken in: ${reason}.`,
      { path, reason },
      'Write a new request with urna token request, and ask the credential officer for its answer.',
    )
  }
}

export class ReasonNeeded extends Refusal {
  readonly code = 'missing-input'
  constructor() {
    super('Tokens are replaced only with a reason.', {}, 'Say why, for the audit log: --reason "letter lost"')
  }
}

/** A token as somebody typed it that can't be one. Says where it goes wrong, never what was typed. */
export class TokenMalformed extends Refusal {
  readonly code = 'token-malformed'
  constructor(fault: { length: number } | { part: number; character: number }) {
    super(
      'length' in fault
        ? `This is no voting token: it has ${fault.length} letters and digits, and a token has 22.`
        : `This is no voting token: character ${fault.character} of part ${fault.part} is none that tokens have.`,
      fault,
      'A token looks like XXXXX-XXXXXX-XXXXX-XXXXXX, without the digit 0, the capital letters O and I, and the small letter l.',
    )
  }
}

export class TokenNotOfThisElection extends Refusal {
  readonly code = 'token-not-of-this-election'
  constructor(election: string) {
    super(
      `This token is not on the list of those that may vote in ${election}.`,
      {},
      'Check it for a typing error, and that it was given for this election.',
    )
  }
}

export class ElectionFileInvalid extends Refusal {
  readonly code = 'election-file-invalid'
  constructor(path: string, reason: string) {
    super(
      `${path} is not a public election that can be voted in: ${reason}.`,
      { path, reason },
      'Ask the election office for the file again.',
    )
  }
}

export class ChoicesInvalid extends Refusal {
  readonly code = 'choices-invalid'
  /** @param fault.contest its title; without one, the fault is of the whole file */
  constructor(fault: { contest?: string; reason: string }) {
    super(fault.contest === undefined ? fault.reason : `${fault.contest}: ${fault.reason}`, fault)
  }
}

export class NothingToIngest extends Refusal {
  readonly code = 'nothing-to-ingest'
  constructor(inputs: readonly string[], reason: 'not-there' | 'empty') {
    super(
      reason === 'empty'
        ? `There is no ballot in ${inputs.join(', ')}.`
        : `There is no file or folder ${inputs.join(', ')}.`,
      { inputs },
      'Sealed ballots are files whose names end in .json, or the folder that they are in.',
    )
  }
}

/** Some ballots of many; the others are in the box. */
export class BallotsRefused extends Refusal {
  readonly code = 'ballots-refused'
  /** @param result what became of all of them */
  constructor(result: Readonly<Record<string, unknown>> & { refused: number; ballots: number }) {
    const { refused, ballots } = result
    const others = ballots === refused ? 'none is in the box' : 'the others are in the box'
    super(
      `${refused} of ${ballots} ballots ${refused === 1 ? 'was' : 'were'} refused; ${others}.`,
      result,
      'Whoever sent a refused ballot may seal and send another one.',
    )
  }
}

/** One ballot that came over the network. */
export class BallotRefused extends Refusal {
  readonly code = 'ballot-refused'
  constructor({ reason, code }: { reason: string; code: string }) {
    super(reason, { reason: code }, 'Nothing was put into the box.')
  }
}

/** More ballots come than can be verified and written just now, or urna is stopping. Nothing is wrong with this one. */
export class Busy extends Refusal {
  readonly code = 'busy'
  /** @param retryAfter whole seconds, at least 1 */
  constructor(retryAfter: number) {
    super(
      'No more ballots can be taken at this moment, and this one was not.',
      { retryAfter },
      `Send the same ballot again in ${retryAfter === 1 ? 'a second' : `${retryAfter} seconds`}.`,
    )
  }
}

export class BallotNotOnBoard extends Refusal {
  readonly code = 'ballot-not-found'
  constructor(trackingCode: string) {
    super(
      'No ballot with this tracking code is on the board.',
      { trackingCode },
      'Check the code for a typing error. A ballot that was sent in just now may not be in the box yet.',
    )
  }
}

export class ArchiveInvalid extends Refusal {
  readonly code = 'archive-invalid'
  constructor(path: string, fault: { file: string; reason: string }) {
    super(
      `${path} is no sound archive of an election: ${fault.file}: ${fault.reason}.`,
      { path, ...fault },
      `Ask for it again, and check it with: urna verify ${path}`,
    )
  }
}

const linkFaults = {
  'not-a-host': 'Links need the address of the server, like https://vote.chapter.example.',
  'more-than-a-host':
    'Links need the address of the server alone, without a path, a password or a question mark.',
  'not-encrypted':
    'Links to a server elsewhere begin with https://: over http, somebody on the way could put another page in place of the ballot.',
} as const

export class LinkHostInvalid extends Refusal {
  readonly code = 'invalid-input'
  constructor(fault: keyof typeof linkFaults) {
    super(linkFaults[fault], { fault }, 'Write it like --links https://vote.chapter.example')
  }
}
