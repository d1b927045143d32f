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
 * @param tidy is called once the copy is there, and says what else the log keeps
 * @throws FileExists, FileUnreadable, DiskFull, DamagedFile, AuditLogBroken
 */
export async function backUpFile(
  work: UnitOfWork,
  out: string,
  tidy: (made: Pick<RecordedBackup, 'path'>) => Promise<Partial<RecordedBackup>> = async () => ({}),
): Promise<Backup> {
  const path = resolve(out)
  const contents = await work.copyTo(path, describeFile)
  const bytes = statSync(path).size
  const { entries, head } = contents
  const more = await tidy({ path })
  await work.write('back up', (tx) => recordBackup(tx, { path, entries, head, ...more }))
  return { backup: path, bytes, ...contents }
}
