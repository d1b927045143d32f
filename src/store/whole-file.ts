import { renameSync, writeFileSync } from 'node:fs'
import type SQLite from 'better-sqlite3'
import { removeCopies } from './compact.ts'
import { keyOf } from './passphrase.ts'
import { DamagedFile } from './refusals.ts'

/** Under a temporary name until it is whole: half a copy would pass for the backup that it is not. */
export function copyWhole(database: SQLite.Database, copy: string): void {
  const temporary = `${copy}.part`
  removeCopies([temporary])
  try {
    // SQLite writes into an empty file, and leaves it readable by its owner alone.
    writeFileSync(temporary, '', { mode: 0o600 })
    database.exec(`vacuum into '${temporary.replaceAll("'", "''")}'`)
    renameSync(temporary, copy)
  } finally {
    removeCopies([temporary])
  }
}

/**
 * Rewrites every page of a copy under the new key, and needs it for itself. The journal of that can't be rolled back
 * after a crash, for the salt of the key is among the first pages to change: it is not for a file that counts.
 */
export function rekey(database: SQLite.Database, passphrase: string): void {
  takeAlone(database)
  database.rekey(keyOf(passphrase))
}

/** Leaving WAL needs the file alone. */
export function takeAlone(database: SQLite.Database): void {
  database.pragma('locking_mode = EXCLUSIVE')
  database.pragma('journal_mode = DELETE')
  database.exec('begin exclusive; commit')
}

/** Reads every page. @throws DamagedFile */
export function checkPages(database: SQLite.Database, path: string): void {
  const [first] = database.pragma('integrity_check(1)') as { integrity_check: string }[]
  if (first?.integrity_check !== 'ok') {
    throw new DamagedFile(path, 'what is on its pages does not fit together')
  }
}
