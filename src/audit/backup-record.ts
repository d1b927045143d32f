import { z } from 'zod'
import type { ReadTransaction, WriteTransaction } from '../store/unit-of-work.ts'
import { readLog } from './read-log.ts'

/** What the log says of a backup. */
const recordSchema = z.object({
  /** Whole path. */
  path: z.string(),
  /** Of the log, as the copy has it. */
  entries: z.int().nonnegative(),
  head: z.string(),
  /** Made by a server on its own, so that a later one may take its place. */
  scheduled: z.literal(true).optional(),
})
const removalSchema = z.object({ removed: z.array(z.string()) })

export type RecordedBackup = z.infer<typeof recordSchema>

const made = 'backup-made'
const removed = 'backups-removed'

export function recordBackup(tx: WriteTransaction, details: RecordedBackup): Promise<void> {
  return tx.record({ action: made, details })
}

/** @param paths of backups that urna has removed itself */
export function recordRemoval(tx: WriteTransaction, paths: readonly string[]): Promise<void> {
  return tx.record({ action: removed, details: { removed: paths } })
}

/** Every backup of which the log knows and that urna has not removed itself, oldest first, each path once. */
export async function readBackups(tx: ReadTransaction): Promise<(RecordedBackup & { at: string })[]> {
  const gone = new Set(
    (await readLog(tx, { action: removed })).flatMap(({ details }) => removalSchema.parse(details).removed),
  )
  const backups = new Map<string, RecordedBackup & { at: string }>()
  for (const { at, details } of await readLog(tx, { action: made })) {
    const backup = recordSchema.parse(details)
    if (!gone.has(backup.path)) backups.set(backup.path, { ...backup, at })
  }
  return [...backups.values()]
}
