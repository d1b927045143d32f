import * as z from 'zod'

/** What a method that moves papers from option to option makes of irregular rankings. */
export const irregularRankingRules = {
  /**
   * When the next rank holds several options: the paper is exhausted, the rank is passed over, or it is
   * exhausted only if several of them are still continuing.
   */
  overvotes: z.enum(['exhaust', 'skip', 'exhaust if several continuing']),
  /**
   * When the next rank was left empty: the paper is exhausted, or one empty rank, or any number, is passed over;
   * or as many in a row as the number says.
   */
  skippedRanks: z.union([z.enum(['exhaust', 'skip one', 'skip all']), z.int().nonnegative()]),
  /** When an option is ranked again: the paper is exhausted, or the later rank is passed over. */
  repeatedOptions: z.enum(['exhaust', 'skip']),
}

export interface IrregularRankings {
  readonly overvotes: z.output<typeof irregularRankingRules.overvotes>
  readonly skippedRanks: z.output<typeof irregularRankingRules.skippedRanks>
  readonly repeatedOptions: z.output<typeof irregularRankingRules.repeatedOptions>
}

/** How many empty ranks in a row are passed over. */
export function skippableRanks(rule: IrregularRankings['skippedRanks']): number {
  switch (rule) {
    case 'exhaust':
      return 0
    case 'skip one':
      return 1
    case 'skip all':
      return Number.POSITIVE_INFINITY
    default:
      return rule
  }
}
