import { Refusal, type RefusalCode } from '../errors.ts'

export class FileNotFound extends Refusal {
  readonly code = 'file-not-found'
  constructor(path: string) {
    super(`There is no file ${path}.`, { path }, `Make a new election file with: urna init ${path}`)
  }
}

export class FileUnreadable extends Refusal {
  readonly code = 'file-unreadable'
  constructor(path: string, reason: string, hint: string) {
    super(`${path} can't be used: ${reason}.`, { path, reason }, hint)
  }
}

export class FileExists extends Refusal {
  readonly code = 'file-exists'
  constructor(path: string) {
    super(`${path} is already there, and urna never overwrites it.`, { path }, 'Choose another name.')
  }
}

/** A command of several steps may have done some of them. */
export class FileLocked extends Refusal {
  readonly code = 'file-locked'
  constructor(path: string) {
    super(
      `${path} is being written by another urna just now.`,
      { path },
      'Wait until it is done and run the command again; nothing is half done.',
    )
  }
}

/** For what needs the file alone. */
export class FileInUse extends Refusal {
  readonly code = 'file-locked'
  constructor(path: string) {
    super(
      `${path} is open in another urna, and this needs it alone.`,
      { path },
      'Stop the server, if it is urna serve, or wait until the other one is done, and run the command again; nothing was changed.',
    )
  }
}

/** As `FileLocked`. */
export class DiskFull extends Refusal {
  readonly code = 'disk-full'
  constructor(path: string) {
    super(
      `There is no room left on the disk for ${path}; nothing is half done.`,
      { path },
      'Free some space and run the command again.',
    )
  }
}

/** How to mend a file that can't be read. */
function restoring(path: string): string {
  return `Put the last backup in its place, which keeps what is there beside it: urna restore BACKUP --to ${path}`
}

/** What a purge removed was committed, but its bytes are still there. */
export class NotCompacted extends Refusal {
  readonly code: RefusalCode
  constructor(path: string, { code, details }: Refusal) {
    super(
      `What was to go is gone from ${path}, but its bytes are not written over yet: ${reasons[code] ?? 'the file could not be written'}.`,
      { ...details, path },
      'Run the command again, which ends it.',
    )
    this.code = code
  }
}

const reasons: Partial<Record<RefusalCode, string>> = {
  'disk-full': 'there is no room left on the disk, of which it needs as much as the file takes',
  'file-locked': 'another urna has the file open',
}

export class NotAnUrnaFile extends Refusal {
  readonly code = 'not-an-urna-file'
  constructor(path: string, reason: string) {
    super(`${path} is not an urna file: ${reason}.`, { path, reason }, `If it was one: ${restoring(path)}`)
  }
}

export class DamagedFile extends Refusal {
  readonly code = 'damaged-file'
  constructor(path: string, reason: string) {
    super(`${path} is damaged: ${reason}.`, { path, reason }, restoring(path))
  }
}

export class NewerSchema extends Refusal {
  readonly code = 'newer-schema'
  constructor(path: string, versions: { file: number; urna: number }) {
    super(
      `${path} was written by a newer urna (file version ${versions.file}, this urna knows ${versions.urna}).`,
      { path, ...versions },
      'Install the newer urna.',
    )
  }
}

export class WrongPassphrase extends Refusal {
  readonly code = 'wrong-passphrase'
  constructor(path: string) {
    super(
      `The passphrase does not open ${path}.`,
      { path },
      `Check the passphrase, and that this really is an urna file. If both are right, its beginning is damaged. ${restoring(path)}`,
    )
  }
}

/** The file has its new passphrase, and the disk does not say that it will keep it. */
export class PassphraseNotFlushed extends Refusal {
  readonly code = 'file-unreadable'
  constructor(path: string) {
    super(
      `${path} opens with the new passphrase only, but the disk reports an error.`,
      { path },
      'Keep the old passphrase, too, until the disk is mended: if the machine stops now, the file may be as it was before.',
    )
  }
}

export class PassphraseUnacceptable extends Refusal {
  readonly code = 'passphrase-unacceptable'
  constructor(reason: string) {
    super(`This passphrase can't be used: ${reason}.`, {}, 'Four or more random words make a good one.')
  }
}
