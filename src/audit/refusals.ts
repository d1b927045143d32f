import { Refusal } from '../errors.ts'

/** Of what was done since a backup. */
export interface Loss {
  /** Of the audit log; null where the file can't be read, or is another one. */
  entries: number | null
  ballots: number | null
}

export class RestoreWouldLose extends Refusal {
  readonly code = 'confirmation-needed'
  constructor({ path, name, loss }: { path: string; name: string; loss: Loss }) {
    super(
      loss.entries === null
        ? `${path} is not a later state of this backup, or can't be read, and would be replaced.`
        : `${path} is newer than the backup: ${loss.entries} entries of its audit log and ${loss.ballots} ballots came since.`,
      { path, ...loss },
      `To put the backup in its place and keep the file beside it, repeat the command with --confirm ${name}`,
    )
  }
}

export class AuditLogBroken extends Refusal {
  readonly code = 'audit-log-broken'
  constructor(place: { position: number }) {
    super(
      `The audit log was tampered with: entry ${place.position} does not follow from the one before it.`,
      place,
      'Compare with a backup, and with the heads of the log that were published.',
    )
  }
}

export class HeadNotInLog extends Refusal {
  readonly code = 'audit-log-broken'
  constructor(options: { head: string; entries: number }) {
    super(
      `This log has ${options.entries} entries, and none of them has that head: it is another log, was rewritten, or ends before it.`,
      options,
      'Compare with a backup, and with the other heads of the log that were kept.',
    )
  }
}

export class BackupFolderUnusable extends Refusal {
  readonly code = 'invalid-input'
  constructor(options: { folder: string; reason: string }) {
    super(
      `${options.folder} ${options.reason}.`,
      options,
      'Name a folder of its own with --backup-dir, best on another disk.',
    )
  }
}

/** A thread that made a backup says why there is none. */
export class BackupFailed extends Refusal {
  readonly code = 'backup-failed'
  constructor({ code, message }: { code: string; message: string }) {
    super(message, { code }, 'It is tried again. See that the folder is there and has room.')
  }
}
