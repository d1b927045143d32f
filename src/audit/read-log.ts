import type { ReadTransaction } from '../store/unit-of-work.ts'
import { openPersonal } from './personal.ts'

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
 * @param options.action only what was done so
 * @param options.last only so many of the latest entries
 */
export async function readLog(
  tx: ReadTransaction,
  options: { election?: string | undefined; action?: string | undefined; last?: number | undefined } = {},
): Promise<LogEntry[]> {
  const { election, action, last } = options
  const rows = await tx.db
    .selectFrom('audit_entry')
    .selectAll()
    .$if(election !== undefined, (query) => query.where('election', '=', election as string))
    .$if(action !== undefined, (query) => query.where('action', '=', action as string))
    .orderBy('position', 'desc')
    .$if(last !== undefined, (query) => query.limit(last as number))
    .execute()
  const keys = await readKeys(tx)
  return rows.reverse().map((row) => ({ ...row, details: readableDetails(row, keys) }))
}

/** By the short name of the election. */
async function readKeys(tx: ReadTransaction): Promise<Map<string, Uint8Array>> {
  const rows = await tx.db
    .selectFrom('log_key')
    .innerJoin('election', 'election.id', 'log_key.election_id')
    .select(['election.slug', 'log_key.key'])
    .execute()
  return new Map(rows.map(({ slug, key }) => [slug, key]))
}

function readableDetails(
  { position, election, details }: { position: number; election: string | null; details: string },
  keys: ReadonlyMap<string, Uint8Array>,
): Record<string, unknown> {
  const { personal, ...rest } = JSON.parse(details) as Record<string, unknown>
  if (typeof personal !== 'string') return rest
  const key = keys.get(election ?? '')
  const read = key === undefined ? undefined : openPersonal(key, position, personal)
  return { ...(read ?? { personal: 'purged' }), ...rest }
}
