import type { BallotRules } from './rules.ts'
import { shuffled } from './shuffled.ts'

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
  const options = [...contest.options.keys()].filter((option) => option !== none)
  const order = contest.randomOrder ? shuffled(options, randomBelow) : options
  return none === undefined ? order : [...order, none]
}
