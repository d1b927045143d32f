import { formatDecimal } from '../decimal.ts'
import type { OptionIndex } from '../option-index.ts'
import type { Working } from '../tabulation.ts'
import type { ScoreCounts } from './score-counts.ts'

/** With more different scores than this, a table of how often each was given is too wide to be read. */
const mostColumns = 11

/** How often each option got each score, the highest first, and what follows from it. */
export function scoreTable(table: {
  readonly title: string
  readonly names: readonly string[]
  readonly standing: readonly OptionIndex[]
  readonly counts: ScoreCounts
  /** Decimal places of the weights. */
  readonly places: number
  readonly last: {
    readonly head: readonly string[]
    readonly cells: (option: OptionIndex) => readonly string[]
  }
}): Working {
  const { title, names, standing, counts, places, last } = table
  const { given, width, unscored } = counts
  const scores = width > mostColumns ? [] : [...Array(width).keys()].reverse()
  return {
    title,
    head: ['Option', ...scores.map(String), 'No score', ...last.head],
    rows: standing.map((option) => [
      names[option]!,
      ...scores.map((score) => formatDecimal(given[option * width + score]!, places)),
      formatDecimal(unscored[option]!, places),
      ...last.cells(option),
    ]),
  }
}
