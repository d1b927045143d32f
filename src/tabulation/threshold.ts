import * as z from 'zod'

/** A share that has to be reached, as a fraction of something. */
export const thresholdSchema = z.strictObject({
  of: z.tuple([z.int().nonnegative(), z.int().positive()]).refine(([part, whole]) => part <= whole),
  reach: z.enum(['more than', 'at least']),
})

export type Threshold = z.output<typeof thresholdSchema>

/** The smallest whole number of units that reaches the share of `base` units. */
export function unitsToReach({ of: [part, whole], reach }: Threshold, base: bigint): bigint {
  const share = base * BigInt(part)
  const down = share / BigInt(whole)
  const isExact = share % BigInt(whole) === 0n
  return reach === 'at least' && isExact ? down : down + 1n
}

/** "more than 1/2", "at least 2/3". */
export function thresholdPhrase({ of: [part, whole], reach }: Threshold): string {
  return `${reach} ${part}/${whole}`
}
