import { Refusal } from '../errors.ts'
import { whyUnwritable } from '../report/refusals.ts'

export class TokenFileExists extends Refusal {
  readonly code = 'token-file-exists'
  constructor(path: string) {
    super(
      `${path} is already there, and a file of tokens is never overwritten.`,
      { path },
      'Name another one with --out FILE.',
    )
  }
}

/** Tokens were committed, and their file could not get its name. */
export class TokenFileUnnamed extends Refusal {
  readonly code = 'token-file-unnamed'
  /** @param file.reason the code of the system: `EEXIST` where somebody has the name */
  constructor(file: { path: string; written: string; reason: string }) {
    const { path, written, reason } = file
    const why = reason === 'EEXIST' ? 'it is already there' : whyUnwritable(path, reason)
    super(
      `The tokens are issued, but their file can't be called ${path}: ${why}. They are in ${written}.`,
      file,
      `Rename ${written} yourself: it is the only copy.`,
    )
  }
}

/** The disk failed while the tokens were committed: it may have kept the commit, which is seen when it works again. */
export class TokensUncertain extends Refusal {
  readonly code = 'tokens-uncertain'
  constructor(written: string, { message, details }: Refusal) {
    super(
      `${message} The tokens that were being made are in ${written}.`,
      { ...details, written },
      `Leave ${written} where it is, see that the disk works and has room, and run the command again: it says what becomes of them.`,
    )
  }
}

export class TokenFileLeftOver extends Refusal {
  readonly code = 'token-file-exists'
  constructor(file: { path: string; written: string }) {
    super(
      `${file.written} was left by a command that did not finish, and its tokens are none of this election.`,
      file,
      `If the file is not of another election either, nobody can vote with what is in it: delete it. Or name another file with --out FILE.`,
    )
  }
}

export class GenerationCutShort extends Refusal {
  readonly code = 'token-file-exists'
  constructor(file: { path: string; written: string; publicFile: string }) {
    super(
      `${file.written} was left by a command that did not finish, and there is no ${file.publicFile} beside it.`,
      file,
      `If you have sent no public halves of these tokens to anybody, nobody can vote with them: delete the file and run the command again. Otherwise rename it to ${file.path}: it is the only copy.`,
    )
  }
}

export class TokenFileUnwritable extends Refusal {
  readonly code = 'file-unreadable'
  constructor(path: string, reason: string) {
    super(
      `${path} can't be written: ${whyUnwritable(path, reason)}; no token was issued.`,
      { path, reason },
      'See that you may write there and that there is room, or name another place with --out.',
    )
  }
}
