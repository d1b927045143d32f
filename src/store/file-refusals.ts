import type { Refusal } from '../errors.ts'
import { DamagedFile, DiskFull, FileLocked, FileUnreadable, WrongPassphrase } from './refusals.ts'

/** What was tried with a file, its errors told as refusals where there is a sentence for them. */
export function refusing<T>(path: string, attempt: () => T): T {
  try {
    return attempt()
  } catch (error) {
    throw refusalOf(error, path) ?? error
  }
}

/** The sentence for what SQLite or the operating system says of the file, if there is one. */
export function refusalOf(error: unknown, path: string): Refusal | undefined {
  switch ((error as { code?: unknown }).code) {
    case 'ENOSPC':
      return new DiskFull(path)
    case 'EROFS':
      return readOnly(path)
    case 'EACCES':
    case 'EPERM':
      return forbidden(path)
    case 'EIO':
      return failing(path)
    default:
      return databaseRefusalOf(error, path)
  }
}

/** The sentence for what SQLite says; what the system says may be of another file, such as a CSV. */
export function databaseRefusalOf(error: unknown, path: string): Refusal | undefined {
  const code = (error as { code?: unknown }).code
  if (typeof code !== 'string') return undefined
  if (code === 'SQLITE_NOTADB') return new WrongPassphrase(path)
  // The last one is of a file in whose place another one came since it was opened.
  if (/^SQLITE_(BUSY|LOCKED|READONLY_DBMOVED)/.test(code)) return new FileLocked(path)
  // The second is of the index of the journal, which SQLite makes when it opens a file.
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE') return new DiskFull(path)
  if (code.startsWith('SQLITE_CORRUPT')) return new DamagedFile(path, 'a page does not match its checksum')
  if (code.startsWith('SQLITE_READONLY')) return readOnly(path)
  if (code.startsWith('SQLITE_CANTOPEN')) return forbidden(path)
  if (code.startsWith('SQLITE_IOERR')) return failing(path)
  return undefined
}

function readOnly(path: string): FileUnreadable {
  const hint = 'Allow writing there, or copy it to where you may write.'
  return new FileUnreadable(path, 'it, or its folder, is read-only', hint)
}

function forbidden(path: string): FileUnreadable {
  const hint = 'See that you may read and write the file, and make others in its folder.'
  return new FileUnreadable(path, 'the system does not allow it', hint)
}

function failing(path: string): FileUnreadable {
  const hint = 'Copy it to a disk that works, and run the command again there; nothing is half done.'
  return new FileUnreadable(path, 'the disk reports an error', hint)
}
