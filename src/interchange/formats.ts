import type { BallotFormat } from './ballot-format.ts'
import { blt } from './blt.ts'

/**
 * Every format of ballots, the more particular first: where several fit a file, its extension decides, and
 * then this order.
 */
export const formats: readonly BallotFormat[] = [blt]
