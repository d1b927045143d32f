import type { ReadTransaction } from '../store/unit-of-work.ts'

export interface LogEntry {
  position: number
  /** ISO 8601, UTC. */
  at: string
  officer: string
  action: string
  election: string | null
  details: Record<string, unknown>
  /** Hex. */
  hash: string
}

/**
 * The audit log, oldest first.
 *
 * @param options.election only what concerns the election of that short name
 * @param options.last only so many of the latest entries
 */
export async function readLog(
  tx: ReadTransaction,
  options: { election?: string | undefined; last?: number | undefined } = {},
): Promise<LogEntry[]> {
  const { election, last } = options
  const rows = await tx.db
    .selectFrom('audit_entry')
    .selectAll()
    .$if(election !== undefined, (query) => query.where('election', '=', election as string))
    .orderBy('position', 'desc')
    .$if(last !== undefined, (query) => query.limit(last as number))
    .execute()
  return rows
    .reverse()
    .map((row) => ({ ...row, details: JSON.parse(row.details) as Record<string, unknown> }))
}
