import type { AuditState, UnitOfWork } from '../store/unit-of-work.ts'
import { auditHash, auditRoot } from './entry.ts'
import { AuditLogBroken } from './refusals.ts'

/**
 * Recomputes the whole chain.
 * @throws AuditLogBroken naming the first entry that does not fit
 */
export async function verifyAuditLog(work: UnitOfWork): Promise<AuditState> {
  return work.read(async ({ db }) => {
    let head = auditRoot
    let entries = 0
    const rows = db.selectFrom('audit_entry').selectAll().orderBy('position').stream()
    for await (const { hash, ...entry } of rows) {
      entries += 1
      if (entry.position !== entries || auditHash(head, entry) !== hash) {
        throw new AuditLogBroken({ position: entries })
      }
      head = hash
    }
    return { entries, head }
  })
}
