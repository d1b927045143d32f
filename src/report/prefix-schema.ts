import { z } from 'zod'

const hash = z.string().regex(/^[0-9a-f]{64}$/)

/** The beginning of an archive that was verified, as files and reports keep it. */
export const prefixSchema = z.strictObject({
  bytes: z.int().nonnegative(),
  /** Of those bytes. */
  sha256: hash,
  /** The last event in them. */
  head: z.strictObject({ hash, height: z.int().nonnegative() }),
})
