import * as z from 'zod/mini'

/** What was voted in one contest: each choice once, sorted by its text, with how many made it. */
const anonymousContestSchema = z.array(
  z.strictObject({
    choice: z.unknown(),
    /** Of one ballot, and how much they weigh together: in units of the count, decimal. */
    units: z.string().check(z.regex(/^[1-9][0-9]*$/)),
    ballots: z.int().check(z.positive()),
  }),
)

/** What was voted, contest by contest, when nobody is to know who cast what, nor what together with what. */
export const anonymousBoxSchema = z.strictObject({ contests: z.array(anonymousContestSchema) })

export type AnonymousBox = z.infer<typeof anonymousBoxSchema>

/**
 * Puts choices together that say the same. Their order, and what stood beside them on a ballot, are gone.
 * @param ballots the choices of each, contest by contest, with its weight
 */
export function anonymousBox(
  contests: number,
  ballots: readonly { readonly choices: readonly unknown[]; readonly units: bigint }[],
): AnonymousBox {
  return {
    contests: Array.from({ length: contests }, (_, contest) => {
      const alike = new Map<string, { units: bigint; ballots: number }>()
      for (const { choices, units } of ballots) {
        const text = JSON.stringify(choices[contest])
        const before = alike.get(text) ?? { units: 0n, ballots: 0 }
        alike.set(text, { units: before.units + units, ballots: before.ballots + 1 })
      }
      return [...alike]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([text, { units, ballots }]) => ({
          choice: JSON.parse(text) as unknown,
          ...{ units: String(units), ballots },
        }))
    }),
  }
}
