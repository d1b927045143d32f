import type { RoundAction } from '../tabulation.ts'
import type { Tie } from '../ties.ts'

/** What a stage after the first does, and the tie that had to be settled for it. */
export interface StageAction {
  readonly action: Extract<RoundAction, { kind: 'surplus' | 'exclude' }>
  readonly tie?: Tie
}
