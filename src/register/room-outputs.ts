import { z } from 'zod'

const count = z.int().nonnegative()

export const presenceListOutput = z.strictObject({
  organisation: z.string(),
  /** `since` is ISO 8601 in UTC. */
  present: z.array(z.strictObject({ number: z.string(), name: z.string(), since: z.string() })),
})

export const presenceChangeOutput = z.strictObject({
  organisation: z.string(),
  came: count,
  left: count,
  /** How many are present now. */
  present: count,
})

export const setWeightOutput = z.strictObject({
  election: z.string(),
  number: z.string(),
  name: z.string(),
  /** In votes. */
  weight: z.string(),
  /** What the member weighs elsewhere. */
  usual: z.string(),
  /** False if it was so already. */
  changed: z.boolean(),
})
