import { dirname } from 'node:path'
import { Refusal } from '../errors.ts'

export class OutputExists extends Refusal {
  readonly code = 'output-exists'
  constructor(path: string, hint = 'Name another file, or move that one away.') {
    super(`${path} is already there, and is not overwritten.`, { path }, hint)
  }
}

export class OutputUnwritable extends Refusal {
  readonly code = 'file-unreadable'
  /** The code of the system: `ENOENT`. */
  readonly reason: string
  constructor(path: string, reason: string) {
    super(
      `${path} can't be written: ${whyUnwritable(path, reason)}.`,
      { path, reason },
      reason === 'ENOENT' || reason === 'ENOTDIR'
        ? 'Make the folder, or name another.'
        : 'See that you may write there and that there is room, or name another place.',
    )
    this.reason = reason
  }
}

/** @param reason the code of the system: `ENOENT` */
export function whyUnwritable(path: string, reason: string): string {
  switch (reason) {
    case 'ENOENT':
      return `there is no folder ${dirname(path)}`
    case 'ENOTDIR':
      return `${dirname(path)} is no folder`
    case 'EISDIR':
      return 'it is a folder'
    case 'ENOSPC':
      return 'there is no room left on the disk'
    case 'EROFS':
      return 'the disk is read-only'
    case 'EIO':
      return 'the disk reports an error'
    default:
      return `the system does not allow it (${reason})`
  }
}
