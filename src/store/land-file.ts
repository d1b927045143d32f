import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { FileExists } from './refusals.ts'

/** What is under a temporary name gets its own for good, unless somebody has that. @throws FileExists */
export function landNew(temporary: string, path: string): void {
  flush(temporary)
  try {
    linkSync(temporary, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw new FileExists(path)
    throw error
  }
  rmSync(temporary)
  flush(dirname(path))
}

/** The same in place of what has the name now, which is kept beside it with its journal. */
export function landOver(temporary: string, path: string, kept: string): void {
  flush(temporary)
  linkSync(path, kept)
  // A journal of the old file would be read into the new one.
  if (existsSync(`${path}-wal`)) renameSync(`${path}-wal`, `${kept}-wal`)
  rmSync(`${path}-shm`, { force: true })
  renameSync(temporary, path)
  flush(dirname(path))
}

function flush(path: string): void {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
