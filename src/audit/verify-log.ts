import type { UnitOfWork } from '../store/unit-of-work.ts'
import { type AuditEntry, type AuditState, auditHash, auditRoot } from './entry.ts'
import { AuditLogBroken, HeadNotInLog } from './refusals.ts'

export type ChainedEntry = AuditEntry & { hash: string }

/**
 * Recomputes the whole chain.
 * @param head of some step, as it was kept elsewhere, that must be in it
 * @throws AuditLogBroken naming the first entry that does not fit, HeadNotInLog
 */
export async function verifyAuditLog(work: UnitOfWork, head?: string): Promise<AuditState> {
  return work.read(({ db }) =>
    verifyChain(db.selectFrom('audit_entry').selectAll().orderBy('position').stream(), head),
  )
}

/** @throws AuditLogBroken, HeadNotInLog */
export async function verifyChain(
  chain: AsyncIterable<ChainedEntry>,
  wanted: string | undefined,
): Promise<AuditState> {
  let head = auditRoot
  let entries = 0
  let found = wanted === undefined
  for await (const { hash, ...entry } of chain) {
    entries += 1
    if (entry.position !== entries || auditHash(head, entry) !== hash) {
      throw new AuditLogBroken({ position: entries })
    }
    head = hash
    found ||= hash === wanted
  }
  if (!found) throw new HeadNotInLog({ head: wanted!, entries })
  return { entries, head }
}
