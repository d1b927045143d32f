import { z } from 'zod'

/** As `unitKinds`, which a command need not load for its help. */
export const kindsOfUnit = ['group', 'region', 'chapter'] as const

/** A unit of an organisation. */
export const unitOutput = z.strictObject({
  /** Its short name. */
  unit: z.string(),
  name: z.string(),
  kind: z.enum(kindsOfUnit),
  /** Short name of the one that holds it; null at the top. */
  parent: z.string().nullable(),
})
