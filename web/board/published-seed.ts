import * as z from 'zod/mini'
import { apiAddress } from '../shared/addresses.ts'
import { ask } from '../shared/answers.ts'

const result = z.object({
  contests: z.array(
    z.object({
      tabulation: z.object({
        ties: z.array(
          z.object({ decisions: z.array(z.object({ by: z.string(), seed: z.optional(z.string()) })) }),
        ),
      }),
    }),
  ),
})

/** Of the lot that decided ties, as the published result tells it; undefined where there was none, or no result. */
export async function publishedSeed(slug: string): Promise<string | undefined> {
  const answer = await ask(apiAddress(slug, 'results/'), result)
  if (answer.kind !== 'answer') return undefined
  const decisions = answer.value.contests.flatMap(({ tabulation }) =>
    tabulation.ties.flatMap((tie) => tie.decisions),
  )
  return decisions.find(({ by }) => by === 'lot')?.seed
}
