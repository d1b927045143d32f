import { Refusal } from '../errors.ts'

export class MissingInput extends Refusal {
  readonly code = 'missing-input'
  /** @param flag how to give it without a terminal: `--title TEXT` */
  constructor(what: string, flag: string) {
    super(`${what} is missing, and there is no terminal to ask at.`, { flag }, `Give it with ${flag}.`)
  }
}

export class InvalidInput extends Refusal {
  readonly code = 'invalid-input'
  constructor(message: string, details: Readonly<Record<string, unknown>> = {}, hint?: string) {
    super(message, details, hint)
  }
}

export class MethodNotFound extends Refusal {
  readonly code = 'method-not-found'
  constructor({ id, nearest }: { id: string; nearest: string | undefined }) {
    super(
      `There is no method "${id}".`,
      { method: id },
      nearest === undefined ? 'See them all with: urna method list' : `Did you mean ${nearest}?`,
    )
  }
}

export class PassphraseMissing extends Refusal {
  readonly code = 'passphrase-missing'
  constructor() {
    super(
      'The passphrase of the file is needed, and there is no terminal to ask at.',
      {},
      'Give it with --passphrase-file FILE, --passphrase-stdin, the keychain (urna passphrase remember), or the environment variable URNA_PASSPHRASE.',
    )
  }
}

export class KeychainUnavailable extends Refusal {
  readonly code = 'keychain-unavailable'
  constructor(reason: string) {
    super(
      'This system has no keychain that urna can use.',
      { reason },
      'Use --passphrase-file FILE or the prompt instead.',
    )
  }
}

export class ConfirmationNeeded extends Refusal {
  readonly code = 'confirmation-needed'
  constructor(options: { deed: string; name: string }) {
    super(
      `${options.deed} can't be undone, so it wants the name once more.`,
      options,
      `Repeat the command with --confirm ${options.name}`,
    )
  }
}

/** What the operating system did not let urna do, where no other refusal says it better. */
export class SystemRefused extends Refusal {
  readonly code = 'system-refused'
  /** @param message of the system: `ENOENT: no such file or directory, open 'x.csv'` */
  constructor(message: string) {
    super(
      `The system refuses: ${message}.`,
      {},
      'See that the file and its folder are there, that you may use them, and that there is room.',
    )
  }
}
