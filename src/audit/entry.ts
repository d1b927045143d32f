import { createHash } from 'node:crypto'
import type { Personal } from './personal.ts'

/** What happened, by whom; never what anybody voted, never a token or a key. */
export interface AuditEvent {
  /** In the past tense with the thing first: `election-opened`, `ballot-accepted`, `command-refused`. */
  action: string
  /** Short name of the election it concerns. */
  election?: string
  details?: Readonly<Record<string, unknown>>
  /** What says who somebody is or where: it is encrypted, and can't be read once the election is purged. */
  personal?: Personal
}

export interface AuditEntry {
  /** 1, 2, 3 … without a gap. */
  position: number
  /** ISO 8601, UTC. */
  at: string
  officer: string
  action: string
  election: string | null
  /** JSON. Its `personal` is encrypted. */
  details: string
}

/** Where the audit log stands: how many entries, and the hash of the last one. */
export interface AuditState {
  entries: number
  /** Hex. Publish it elsewhere, and nobody can rewrite what came before. */
  head: string
}

/** The hash before the first entry. */
export const auditRoot = '0'.repeat(64)

/**
 * The hash of an entry: SHA-256 over the previous hash and the entry's fields as a JSON array, so that no
 * two different entries hash the same text.
 */
export function auditHash(previous: string, entry: AuditEntry): string {
  const text = JSON.stringify([
    previous,
    entry.position,
    entry.at,
    entry.officer,
    entry.action,
    entry.election,
    entry.details,
  ])
  return createHash('sha256').update(text).digest('hex')
}
