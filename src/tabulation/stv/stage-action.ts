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
  /** Because seats are left for all of them, or by the rule of the last seat. */
  readonly withoutQuota: readonly OptionIndex[]
}

export const nobody: StageElections = { reached: [], withoutQuota: [] }

export function together(earlier: StageElections, later: StageElections): StageElections {
  return {
    reached: [...earlier.reached, ...later.reached],
    withoutQuota: [...earlier.withoutQuota, ...later.withoutQuota],
  }
}
