import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { type RecordedBackup, recordBackup } from './backup-record.ts'
import { describeFile, type FileContents } from './describe-file.ts'

export interface Backup extends FileContents {
  /** Whole path. */
  backup: string
  bytes: number
}

/**
 * Copies the file while it may be in use, as it is at one moment, encrypted with the same passphrase. The copy is read
 * through, and its log verified, before it gets its name. The log of the file keeps where it is, for a purge.
 * @param more what else the log keeps of it
 * @throws FileExists, FileUnreadable, DiskFull, DamagedFile, AuditLogBroken
 */
export async function backUpFile(
  work: UnitOfWork,
  out: string,
  more: Pick<RecordedBackup, 'scheduled'> = {},
): Promise<Backup> {
  const path = resolve(out)
  const contents = await work.copyTo(path, async (copy) => {
    const found = await describeFile(copy)
    const { entries, head } = found
    // Before it has its name: a purge must know of every copy, also of one that was made when the power went.
    await work.write('back up', (tx) => recordBackup(tx, { path, entries, head, ...more }))
    return found
  })
  return { backup: path, bytes: statSync(path).size, ...contents }
}
