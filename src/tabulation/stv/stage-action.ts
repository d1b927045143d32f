import type { OptionIndex } from '../option-index.ts'
import type { RoundAction } from '../tabulation.ts'
import type { Tie } from '../ties.ts'

/** What a stage does, and the tie that had to be settled for it. */
export interface StageAction {
  readonly action: Extract<RoundAction, { kind: 'count' | 'exclude' | 'surplus' | 'choose' }>
  readonly tie?: Tie
}

/** Whom a stage elects, in order. */
export interface StageElections {
  /** With the quota, or what else elects. */
  readonly reached: readonly OptionIndex[]
  /** Because seats are left for all who continue. */
  readonly allLeft: readonly OptionIndex[]
  /** To the last seat, by the rule for it. */
  readonly ahead: readonly OptionIndex[]
}

export const nobody: StageElections = { reached: [], allLeft: [], ahead: [] }

export function together(earlier: StageElections, later: StageElections): StageElections {
  return {
    reached: [...earlier.reached, ...later.reached],
    allLeft: [...earlier.allLeft, ...later.allLeft],
    ahead: [...earlier.ahead, ...later.ahead],
  }
}

export function inOrderOfElection({ reached, allLeft, ahead }: StageElections): OptionIndex[] {
  return [...reached, ...allLeft, ...ahead]
}
