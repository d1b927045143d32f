import type { z } from 'zod'
import type { storedTabulationSchema } from '../report/tabulation-schema.ts'

type Counted = Pick<
  z.infer<typeof storedTabulationSchema>,
  'seats' | 'outcome' | 'winners' | 'ranking' | 'seatsWon'
>

/** Between whom a runoff is held, by position on the ballot, and for how many seats. */
export interface Contenders {
  readonly options: readonly number[]
  readonly seats: number
}

/**
 * Whom a count leaves for a runoff: the contenders that the method names, those who tie for the last seats,
 * or the first of the ranking.
 * @param top how many go on at least, instead of those whom the count names; with those who equal the last
 * @returns undefined where all seats are filled; `unclear` where the count names nobody, as in a tie for exclusion,
 *   and among lists, which share seats out and don't contend for them
 */
export function contendersOf(
  tabulation: Counted,
  top: number | undefined,
): Contenders | 'unclear' | undefined {
  const { outcome, winners, ranking } = tabulation
  if (outcome.kind === 'decided') return undefined
  if (tabulation.seatsWon !== undefined) return 'unclear'
  const seats = tabulation.seats - winners.length
  const elected = new Set(winners.map(({ option }) => option))
  const standing = (ranking ?? []).map((rank) => rank.filter((option) => !elected.has(option)))
  const options = top === undefined ? namedBy(outcome, standing) : firstOf(standing, (count) => count >= top)
  if (options.length <= seats) return 'unclear'
  return { options: [...options].sort((a, b) => a - b), seats }
}

function namedBy(
  outcome: Exclude<Counted['outcome'], { kind: 'decided' }>,
  standing: readonly (readonly number[])[],
): readonly number[] {
  if (outcome.kind === 'runoff') return outcome.contenders
  const { to, among } = outcome.tie
  switch (to) {
    case 'elect':
      return among
    case 'enter the runoff':
      // All who tie for the last place go on, after those who are ahead of them.
      return firstOf(standing, (_, last) => last.some((option) => among.includes(option)))
    case 'exclude':
    case 'transfer first':
    case 'receive a seat':
    case 'give up a seat':
    case 'prevail':
      return []
  }
}

/** Rank by rank, up to the one after which it is enough. */
function firstOf(
  ranks: readonly (readonly number[])[],
  enough: (count: number, last: readonly number[]) => boolean,
): number[] {
  const options: number[] = []
  for (const rank of ranks) {
    options.push(...rank)
    if (enough(options.length, rank)) break
  }
  return options
}
