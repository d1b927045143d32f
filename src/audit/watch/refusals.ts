import { Refusal } from '../../errors.ts'

export class BoardAddressInvalid extends Refusal {
  readonly code = 'invalid-input'
  constructor(address: string) {
    super(
      `${address} is not the address of a board.`,
      { address },
      'Give the address of its page: https://vote.example.org/board/board-2026',
    )
  }
}

/** The folder keeps the board of somebody else. */
export class FolderKeepsAnother extends Refusal {
  readonly code = 'invalid-input'
  constructor(options: { folder: string; kept: string; asked: string }) {
    super(
      `${options.folder} keeps what was at ${options.kept}, and you watch ${options.asked}.`,
      options,
      'Name another folder with --keep FOLDER.',
    )
  }
}

export class KeptBoardUnreadable extends Refusal {
  readonly code = 'invalid-input'
  constructor(path: string) {
    super(
      `${path} is not what urna board watch wrote.`,
      { path },
      'Take the folder out of the way and look at it: nothing in it can be compared with the board.',
    )
  }
}

export class BoardNotFound extends Refusal {
  readonly code = 'election-not-found'
  constructor(address: string) {
    super(`There is no election at ${address}.`, { address })
  }
}

/** The network or the server, and not what it says of the election. */
export class BoardUnreachable extends Refusal {
  readonly code = 'board-unreachable'
  constructor(options: { address: string; reason: string }) {
    super(`${options.address} can't be reached: ${options.reason}.`, options)
  }
}

/** What must never happen to a board has happened. */
export class BoardAlarm extends Refusal {
  readonly code = 'history-changed'
  /** @param options.evidence files that show it */
  constructor(options: { address: string; kind: string; sentence: string; evidence: readonly string[] }) {
    super(
      `Alarm: ${options.sentence}`,
      options,
      `Keep ${options.evidence.join(' and ')}, and show them to others who watch the election.`,
    )
  }
}
