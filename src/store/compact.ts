import { readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type SQLite from 'better-sqlite3'
import { FileLocked } from './refusals.ts'

/**
 * Writes every page anew and empties the journal, so that no byte of the file is older than its rows.
 * @throws FileLocked while another process still reads what was there before
 */
export function compact(database: SQLite.Database, path: string): void {
  database.exec('vacuum')
  emptyJournal(database, path)
}

/** @throws FileLocked while another process still reads what was there before */
export function emptyJournal(database: SQLite.Database, path: string): void {
  const [checkpoint] = database.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
  if (checkpoint?.busy !== 0) throw new FileLocked(path)
}

/** Copies that urna itself left beside the file, before an upgrade or a change of the passphrase; whole paths. */
export function copiesBeside(path: string): string[] {
  const folder = dirname(path)
  const copies = [`${basename(path)}.before-`, basename(copyForPassphrase(path))]
  return readdirSync(folder)
    .filter((name) => copies.some((copy) => name.startsWith(copy)))
    .map((name) => join(folder, name))
    .sort()
}

/** The copy that gets the new passphrase, and then the name of the file. */
export function copyForPassphrase(path: string): string {
  return `${path}.new-passphrase.part`
}

export function removeCopies(paths: readonly string[]): void {
  for (const path of paths)
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true })
}
