import { accessSync, constants, existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { type Backup, backUpFile } from './back-up.ts'
import { type RecordedBackup, readBackups, recordRemoval } from './backup-record.ts'
import { BackupFolderUnusable } from './refusals.ts'

/** Where backups go that a server makes on its own. */
export interface BackupFolder {
  /** Whole path. */
  folder: string
  /** How many of the latest stay; at least 1. */
  keep: number
}

/**
 * Looks whether backups of a file can go there.
 * @returns its whole path
 * @throws BackupFolderUnusable
 */
export function requireBackupFolder(folder: string, file: string): string {
  const whole = resolve(folder)
  const unusable = (reason: string) => new BackupFolderUnusable({ folder: whole, reason })
  if (statSync(whole, { throwIfNoEntry: false })?.isDirectory() !== true) throw unusable('is no folder')
  if (whole === dirname(resolve(file))) throw unusable('is the folder of the file itself')
  try {
    accessSync(whole, constants.W_OK | constants.X_OK)
  } catch {
    throw unusable('can not be written to')
  }
  return whole
}

/** Backups in that folder that a server made of this file, and that are there, oldest first. */
export async function scheduledBackups(
  work: UnitOfWork,
  folder: string,
): Promise<(RecordedBackup & { at: string })[]> {
  const known = await work.read(readBackups)
  return known.filter(
    ({ path, scheduled }) => scheduled === true && dirname(path) === folder && existsSync(path),
  )
}

/**
 * Backs the file up into a folder. Only once the new one is whole and checked do the oldest go, of those that were made
 * of this file in the same way: whatever else is there stays.
 * @param now names it
 * @throws FileExists, FileUnreadable, DiskFull, DamagedFile, AuditLogBroken
 */
export async function backUpInto(
  work: UnitOfWork,
  { folder, keep }: BackupFolder,
  now: Date,
): Promise<Backup> {
  const name = basename(work.path, '.urna')
  removeLeftovers(folder, name, now)
  const path = join(folder, `${name}-${now.toISOString().replaceAll(/[:.]/g, '-')}.urna`)
  const backup = await backUpFile(work, path, { scheduled: true })
  const present = (await scheduledBackups(work, folder)).map((each) => each.path)
  const removed = present.slice(0, Math.max(0, present.length - keep)).filter(isRemoved)
  if (removed.length > 0) await work.write('remove backups', (tx) => recordRemoval(tx, removed))
  return backup
}

/** One that can't be removed now may be the next time; the new one counts. */
function isRemoved(path: string): boolean {
  try {
    rmSync(path)
    return true
  } catch {
    return false
  }
}

/** In milliseconds: no copy takes so long. */
const surelyLeft = 3_600_000

/** What a process that was killed left of a copy. */
function removeLeftovers(folder: string, name: string, now: Date): void {
  const left = readdirSync(folder).filter(
    (each) => each.startsWith(`${name}-`) && each.includes('.urna.unfinished'),
  )
  for (const each of left) {
    const path = join(folder, each)
    const age = now.getTime() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now.getTime())
    if (age > surelyLeft) rmSync(path, { force: true })
  }
}
