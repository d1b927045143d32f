import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, unlinkSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Gives what is under a temporary name its own for good: whole, on the disk with its name, and in nobody else's place.
 * @throws what the system says, `EEXIST` where somebody has the name
 */
export function giveNewName(temporary: string, path: string): void {
  flushFile(temporary)
  giveSecondName(temporary, path)
  removeFirstName(temporary)
  flushFolder(dirname(path))
}

/** Where the file has it still. Node's own way without that question does not say which error there was. */
function removeFirstName(path: string): void {
  try {
    unlinkSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

/**
 * Gives a file another name besides the one it has. Unlike a renaming, a link takes nobody else's place; some file
 * systems, such as those of memory sticks, give a file one name only: there it loses the first.
 * @throws what the system says, `EEXIST` where somebody has the name
 */
export function giveSecondName(path: string, second: string): void {
  try {
    linkSync(path, second)
  } catch (error) {
    if (!withoutLinks.has((error as NodeJS.ErrnoException).code)) throw error
    claimAndRename(path, second)
  }
}

const withoutLinks: ReadonlySet<string | undefined> = new Set(['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'])

/** Whoever makes the empty file has the name. */
function claimAndRename(from: string, to: string): void {
  closeSync(openSync(to, 'wx', 0o600))
  try {
    renameSync(from, to)
  } catch (error) {
    rmSync(to, { force: true })
    throw error
  }
}

/** What was written into it is on the disk. */
export function flushFile(path: string): void {
  flush(openSync(path, 'r+'))
}

/** The names in it are on the disk. Some systems can't flush a folder, and need not. */
export function flushFolder(path: string): void {
  let descriptor: number
  try {
    descriptor = openSync(path, 'r')
  } catch {
    // Windows opens no folder, and writes names down by itself.
    return
  }
  try {
    flush(descriptor)
  } catch (error) {
    // So do network file systems that know no such call.
    if ((error as NodeJS.ErrnoException).code !== 'EINVAL') throw error
  }
}

function flush(descriptor: number): void {
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
