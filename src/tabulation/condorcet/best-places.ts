import type { OptionIndex } from '../option-index.ts'

/** One ranking of several that are equally right: each option at the best place that any of them gives it. */
export function rankingByBestPlace(
  rankings: readonly (readonly (readonly OptionIndex[])[])[],
): OptionIndex[][] {
  if (rankings.length === 1) return rankings[0]!.map((equals) => [...equals])
  const best = new Map<OptionIndex, number>()
  for (const ranking of rankings) {
    for (const [place, equals] of ranking.entries()) {
      for (const option of equals) best.set(option, Math.min(best.get(option) ?? place, place))
    }
  }
  const options = [...best.keys()].sort((a, b) => a - b)
  const places = [...new Set(best.values())].sort((a, b) => a - b)
  return places.map((place) => options.filter((option) => best.get(option) === place))
}
