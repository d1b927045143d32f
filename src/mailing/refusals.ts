import { Refusal } from '../errors.ts'

/** A file of tokens that nothing can be sent from; never a token of it. */
export class TokenListInvalid extends Refusal {
  readonly code = 'token-list-invalid'
  /** @param reason completes "…: " */
  constructor(place: { file: string; line?: number }, reason: string) {
    const { file, line } = place
    super(
      `${file}${line === undefined ? '' : `, line ${line}`}: ${reason}.`,
      { ...place, reason },
      'Give the file that urna token issue wrote for this election, as it was.',
    )
  }
}

/** Where an election and its tokens are kept by different people, they do not meet on one machine. */
export class TokensKeptApart extends Refusal {
  readonly code = 'tokens-made-otherwise'
  constructor(election: string) {
    super(
      `The tokens of ${election} are made on another machine, and do not belong on the one with the election file.`,
      { election },
      'The credential officer hands them out; from here, reminders go out without tokens.',
    )
  }
}

export class TemplateInvalid extends Refusal {
  readonly code = 'template-invalid'
  constructor(place: { template: string; line: number; column: number }, reason: string, hint?: string) {
    const { template, line, column } = place
    super(`${template}, line ${line}, column ${column}: ${reason}.`, { ...place, reason }, hint)
  }
}

/** Another process sends this mailing, or stopped without a word a moment ago. */
export class MailingUnderWay extends Refusal {
  readonly code = 'mailing-under-way'
  constructor(options: { election: string; mailing: string; seconds: number }) {
    const { election, mailing, seconds } = options
    super(
      `The mailing ${mailing} of ${election} is being sent by another urna.`,
      options,
      `If that was stopped, type the command again in ${seconds} seconds.`,
    )
  }
}

/** The other side takes nothing from us: nobody is blamed for it, and nothing is lost. */
export class MailingHalted extends Refusal {
  readonly code = 'mailing-halted'
  constructor(options: { election: string; mailing: string; reason: string; sent: number }) {
    const { election, mailing, reason, sent } = options
    super(
      `The mailing ${mailing} of ${election} was halted after ${sent} messages: the other side takes nothing from us (${reason}).`,
      options,
      'Mend the settings or wait for the server, and type the same command again: nobody gets it twice.',
    )
  }
}

export class VotingIsOver extends Refusal {
  readonly code = 'wrong-state'
  constructor(options: { election: string; closesAt: string }) {
    super(`The voting of ${options.election} is over, so nobody is written to any more.`, options)
  }
}

export class MailFolderUnreadable extends Refusal {
  readonly code = 'file-not-found'
  constructor(path: string, reason: string) {
    super(
      `${path} can't be read (${reason}).`,
      { path, reason },
      'Give a Maildir, an mbox, or a folder of .eml files.',
    )
  }
}

export class PostalAddressNeeded extends Refusal {
  readonly code = 'template-invalid'
  constructor(known: readonly string[]) {
    super(
      'No member has a field that looks like a postal address, so a letter would reach nobody.',
      { known },
      `Say what stands below the name with --address "{street}|{postcode} {city}"${known.length === 0 ? ', after urna voter import of these columns' : `; there are: ${known.join(', ')}`}. Letters to be handed out by name: --address ""`,
    )
  }
}
