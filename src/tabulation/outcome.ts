import type { Outcome } from './tabulation.ts'
import type { TieQuestion } from './ties.ts'

/** How a count ended that has no runoff: with the tie at which it stopped, if there is one. */
export function outcomeOf(open: TieQuestion | undefined): Outcome {
  return open ? { kind: 'tied', tie: open } : { kind: 'decided' }
}
