import * as z from 'zod/mini'

/** What was voted in one contest: each choice once, sorted by its text, with how many made it. */
const anonymousContestSchema = z.array(
  z.strictObject({
    choice: z.unknown(),
    /** How much they weigh together, in units of the count, decimal; and how many ballots say so, or begin with it. */
    units: z.string().check(z.regex(/^[1-9][0-9]*$/)),
    ballots: z.int().check(z.nonnegative()),
  }),
)

/** What was voted, contest by contest, when nobody is to know who cast what, nor what together with what. */
export const anonymousBoxSchema = z.strictObject({ contests: z.array(anonymousContestSchema) })

export type AnonymousBox = z.infer<typeof anonymousBoxSchema>

/**
 * Puts choices together that say the same. Their order, and what stood beside them on a ballot, are gone.
 * @param ballots what each says, contest by contest; of one that divides its weight several choices, with their parts
 */
export function anonymousBox(
  contests: number,
  ballots: readonly (readonly { readonly choice: unknown; readonly units: bigint }[])[][],
): AnonymousBox {
  return {
    contests: Array.from({ length: contests }, (_, contest) => {
      const alike = new Map<string, { units: bigint; ballots: number }>()
      for (const ballot of ballots) {
        for (const [index, { choice, units }] of ballot[contest]!.entries()) {
          const text = JSON.stringify(choice)
          const before = alike.get(text) ?? { units: 0n, ballots: 0 }
          const one = index === 0 ? 1 : 0
          alike.set(text, { units: before.units + units, ballots: before.ballots + one })
        }
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
