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
  /** Older ones whose place it took. */
  removed: z.array(z.string()).optional(),
})

export type RecordedBackup = z.infer<typeof recordSchema>

const made = 'backup-made'

export function recordBackup(tx: WriteTransaction, details: RecordedBackup): Promise<void> {
  return tx.record({ action: made, details })
}

/** Every backup of which the log knows and that urna has not removed itself, oldest first, each path once. */
export async function readBackups(tx: ReadTransaction): Promise<(RecordedBackup & { at: string })[]> {
  const log = await readLog(tx, { action: made })
  const backups = new Map<string, RecordedBackup & { at: string }>()
  for (const { at, details } of log) {
    const backup = recordSchema.parse(details)
    backups.set(backup.path, { ...backup, at })
    for (const path of backup.removed ?? []) backups.delete(path)
  }
  return [...backups.values()]
}
