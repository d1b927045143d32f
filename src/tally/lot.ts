import { createHash } from 'node:crypto'
import type { TieBreaks } from '../tabulation/ties.ts'
import { seededTieBreaks } from './seeded-lot.ts'

/** How a published seed decides ties, hashed by Node. */
export function tieBreaksOf(seed: string | undefined): TieBreaks {
  return seededTieBreaks(seed, (text) => createHash('sha256').update(text).digest('hex'))
}
