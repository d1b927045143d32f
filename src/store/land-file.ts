import { chmodSync, copyFileSync, existsSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { flushFile, flushFolder, giveNewName, giveSecondName } from '../new-name.ts'
import { copiesBeside, removeCopies } from './compact.ts'
import { FileExists, FileNotFound } from './refusals.ts'

/** What is under a temporary name gets its own for good, unless somebody has that. @throws FileExists */
export function landNew(temporary: string, path: string): void {
  try {
    giveNewName(temporary, path)
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'EEXIST' ? new FileExists(path) : error
  }
}

/** The same in place of what has the name now, which is kept beside it with its journal. */
function landOver(temporary: string, path: string, kept: string): void {
  flushFile(temporary)
  giveSecondName(path, kept)
  try {
    // A journal of the old file would be read into the new one.
    if (existsSync(`${path}-wal`)) renameSync(`${path}-wal`, `${kept}-wal`)
    rmSync(`${path}-shm`, { force: true })
    renameSync(temporary, path)
  } catch (error) {
    if (!existsSync(path)) renameSync(kept, path)
    throw error
  }
  flushFolder(dirname(path))
}

/** A copy of a file on its way to a name, under a temporary one. */
export interface IncomingCopy {
  /** Where it is until then; whole path. */
  readonly path: string
  /**
   * Gives it the name.
   * @param kept the name for what has the name now; undefined where nothing has
   * @throws FileExists
   */
  land(kept: string | undefined): void
  /** Leaves nothing of it under its temporary name. */
  discard(): void
}

/**
 * The file that is copied stays as it is, also where it is of an older urna and has to be upgraded.
 * @param name what the copy is to be called
 * @throws FileNotFound
 */
export function bringIn(file: string, name: string): IncomingCopy {
  const path = `${name}.restoring`
  const discard = () => removeCopies([path, ...copiesBeside(path)])
  removeCopies([path])
  if (!existsSync(file)) throw new FileNotFound(file)
  try {
    copyFileSync(file, path)
    chmodSync(path, 0o600)
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${path}-wal`)
  } catch (error) {
    discard()
    throw error
  }
  return {
    path,
    land: (kept) => (kept === undefined ? landNew(path, name) : landOver(path, name, kept)),
    discard,
  }
}
