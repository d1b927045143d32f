import type { BallotRules } from './rules.ts'

/**
 * In which order a voter is shown the options: as they are, or, where the contest says so, in one that chance
 * makes for each voter. The option that stands for none of the others is the last.
 * @param randomBelow a whole number from 0 to below `limit`, each as likely
 * @returns positions of the options
 */
export function shownOrder(
  contest: {
    readonly options: readonly unknown[]
    readonly ballot: BallotRules
    readonly randomOrder?: true
  },
  randomBelow: (limit: number) => number,
): number[] {
  const { none } = contest.ballot
  const order = [...contest.options.keys()].filter((option) => option !== none)
  if (contest.randomOrder) {
    // Fisher and Yates
    for (let last = order.length - 1; last > 0; last--) {
      const other = randomBelow(last + 1)
      ;[order[last], order[other]] = [order[other]!, order[last]!]
    }
  }
  return none === undefined ? order : [...order, none]
}
