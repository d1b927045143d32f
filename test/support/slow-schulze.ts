import type { ArbitraryElection } from './arbitrary-elections.ts'
import { Fraction, sum } from './fraction.ts'

export type Strength = 'winning votes' | 'winning votes then against' | 'margins' | 'ratio'

/** `votes(a, b)`: the weight of the ballots that rank a above b; unranked options are last. */
export function slowPairs({ ballots }: ArbitraryElection): (a: number, b: number) => Fraction {
  const rankOf = (ranks: readonly (readonly number[])[], option: number) => {
    const rank = ranks.findIndex((options) => options.includes(option))
    return rank === -1 ? Number.POSITIVE_INFINITY : rank
  }
  return (a, b) =>
    sum(
      ballots
        .filter(({ ranks }) => rankOf(ranks, a) < rankOf(ranks, b))
        .map(({ weight }) => Fraction.parse(weight)),
    )
}

/**
 * Whether a beats b: whether the best of all paths from a to b, each tried, is stronger than the best back.
 * A path is a list of wins; one is stronger than another if its weakest win is.
 */
export function slowBeats(
  election: ArbitraryElection,
  strength: Strength,
): (a: number, b: number) => boolean {
  const votes = slowPairs(election)
  const options = [...Array(election.optionCount).keys()]
  const stronger = (x: readonly [number, number], y: readonly [number, number]): number => {
    const [forX, againstX] = [votes(...x), votes(x[1], x[0])]
    const [forY, againstY] = [votes(...y), votes(y[1], y[0])]
    if (strength === 'winning votes') return forX.compare(forY)
    if (strength === 'winning votes then against') return forX.compare(forY) || againstY.compare(againstX)
    if (strength === 'margins') return forX.minus(againstX).compare(forY.minus(againstY))
    if (againstX.top === 0n && againstY.top === 0n) return forX.compare(forY)
    return forX.times(againstY).compare(forY.times(againstX))
  }
  const wins = (a: number, b: number) => votes(a, b).compare(votes(b, a)) > 0

  /** The weakest win of the strongest path; `undefined` without a path. */
  const bestPath = (
    from: number,
    to: number,
    visited: readonly number[],
  ): readonly [number, number] | undefined => {
    let best: readonly [number, number] | undefined
    for (const next of options) {
      if (visited.includes(next) || !wins(from, next)) continue
      const rest = next === to ? undefined : bestPath(next, to, [...visited, next])
      if (next !== to && rest === undefined) continue
      const step = [from, next] as const
      const weakest = rest === undefined || stronger(step, rest) < 0 ? step : rest
      if (best === undefined || stronger(weakest, best) > 0) best = weakest
    }
    return best
  }
  return (a, b) => {
    const there = bestPath(a, b, [a])
    const back = bestPath(b, a, [b])
    if (there === undefined) return false
    return back === undefined || stronger(there, back) > 0
  }
}
