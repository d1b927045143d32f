import { z } from 'zod'

/** A request as commands print it and the server answers it. Moments are ISO 8601 in UTC. */
export const approvalOutput = z.strictObject({
  approval: z.int().positive(),
  election: z.string(),
  deed: z.enum(['close', 'publish', 'certify', 'purge']),
  /** The moment for which it is; null for now. */
  at: z.string().nullable(),
  /** SHA-256 of the last record of the board as it was; null where there is none. */
  board: z.string().nullable(),
  state: z.enum(['requested', 'granted', 'refused', 'used', 'expired']),
  requestedBy: z.string(),
  requestedAt: z.string(),
  expiresAt: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  reason: z.string().nullable(),
  usedAt: z.string().nullable(),
})

export const approvalListOutput = z.strictObject({ approvals: z.array(approvalOutput) })
