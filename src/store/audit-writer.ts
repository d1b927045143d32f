import { randomBytes } from 'node:crypto'
import type { Insertable, Kysely } from 'kysely'
import { type AuditEntry, type AuditEvent, type AuditState, auditHash, auditRoot } from '../audit/entry.ts'
import { logKeyLength, sealPersonal } from '../audit/personal.ts'
import { insertRows } from './insert-rows.ts'
import type { Database } from './schema.ts'

/** Appends to the log, and says where it stands then. The last hash is read once: whoever writes has the file for itself. */
export function auditWriter(
  db: Kysely<Database>,
  { now, officer }: { readonly now: string; readonly officer: string },
): (events: readonly AuditEvent[]) => Promise<AuditState | undefined> {
  let last: { position: number; hash: string } | undefined
  const keys = new Map<string, Uint8Array | undefined>()
  const detailsOf = async (event: AuditEvent, position: number) => {
    const { election, details = {}, personal } = event
    if (personal === undefined) return details
    if (election === undefined) throw new Error(`${event.action} is of a person and of no election`)
    if (!keys.has(election)) keys.set(election, await logKeyOf(db, election))
    const key = keys.get(election)
    return key === undefined ? details : { ...details, personal: sealPersonal(key, position, personal) }
  }
  return async (events) => {
    if (events.length === 0) return undefined
    last ??= (await lastEntry(db)) ?? { position: 0, hash: auditRoot }
    const rows: Insertable<Database['audit_entry']>[] = []
    for (const event of events) {
      const entry: AuditEntry = {
        position: last.position + 1,
        at: now,
        officer,
        action: event.action,
        election: event.election ?? null,
        details: JSON.stringify(await detailsOf(event, last.position + 1)),
      }
      last = { position: entry.position, hash: auditHash(last.hash, entry) }
      rows.push({ ...entry, hash: last.hash })
    }
    await insertRows(db, 'audit_entry', rows)
    return { entries: last.position, head: last.hash }
  }
}

/** The key of what the log says of people in an election; made when it is first needed, and never after the purge. */
async function logKeyOf(db: Kysely<Database>, slug: string): Promise<Uint8Array | undefined> {
  const { id, key, purged } = await db
    .selectFrom('election')
    .leftJoin('log_key', 'log_key.election_id', 'election.id')
    .leftJoin('purge', 'purge.election_id', 'election.id')
    .select(['election.id', 'log_key.key', 'purge.at as purged'])
    .where('election.slug', '=', slug)
    .executeTakeFirstOrThrow()
  if (key !== null) return key
  if (purged !== null) return undefined
  const made = randomBytes(logKeyLength)
  await db.insertInto('log_key').values({ election_id: id, key: made }).execute()
  return made
}

function lastEntry(db: Kysely<Database>): Promise<{ position: number; hash: string } | undefined> {
  return db
    .selectFrom('audit_entry')
    .select(['position', 'hash'])
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst()
}
