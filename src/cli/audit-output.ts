import { z } from 'zod'

/** What `--json` of a command that works on a file says of the audit log, where the command moved it. */
export const auditOutput = z.strictObject({
  entries: z.int().positive(),
  /** Hash of the last entry, hex. */
  head: z.string(),
})
