import type { OptionIndex } from '../../tabulation/option-index.ts'
import type { Tabulation } from '../../tabulation/tabulation.ts'

/**
 * The options as a reader looks for them: the winners in the order of their election, then by the ranking
 * that the method makes or by how long they stood and how many votes they ended with, the withdrawn last.
 */
export function displayOrder({
  options,
  ranking,
  rounds,
  statuses,
  winners,
}: Pick<Tabulation, 'options' | 'ranking' | 'rounds' | 'statuses' | 'winners'>): OptionIndex[] {
  const won = new Map(winners.toReversed().map(({ option }, position) => [option, winners.length - position]))
  const ranked = new Map(
    ranking?.flatMap((equals, place) => equals.map((option) => [option, place] as const)),
  )
  const stoodUntil = (option: OptionIndex) => {
    const status = statuses[option]!
    if (status.kind === 'withdrawn') return -1
    return status.kind === 'excluded' ? status.round : Number.POSITIVE_INFINITY
  }
  const endedWith = (option: OptionIndex) => {
    const round = rounds[Math.min(rounds.length, stoodUntil(option) - 1) - 1] ?? rounds[0]
    return Number(round?.votes[option] ?? 0)
  }
  const place = (places: ReadonlyMap<OptionIndex, number>, option: OptionIndex) =>
    places.get(option) ?? Number.MAX_SAFE_INTEGER
  return [...options.keys()].sort(
    (a, b) =>
      place(won, a) - place(won, b) ||
      place(ranked, a) - place(ranked, b) ||
      (stoodUntil(a) === stoodUntil(b) ? 0 : stoodUntil(b) - stoodUntil(a)) ||
      endedWith(b) - endedWith(a) ||
      a - b,
  )
}

/** A class of the style sheet: eight colours in the order of display, then again from the first. */
export function colourIn(order: readonly OptionIndex[], option: OptionIndex): string {
  return `option-${order.indexOf(option) % 8}`
}
