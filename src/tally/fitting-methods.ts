import type { BallotFile } from '../interchange/ballot-file.ts'
import { ballotKinds } from '../tabulation/define-method.ts'
import type { Method } from '../tabulation/method.ts'
import { recastBallots } from '../tabulation/recast.ts'
import { methods } from '../tabulation/registry.ts'

/** What ballots hold, in words, and the methods that count such ballots as they are. */
export function fittingMethods(ballots: BallotFile['ballots']): { says: string; methods: readonly Method[] } {
  if (ballots.kind === 'totals') {
    return { says: 'only totals of votes', methods: methods.filter(({ takesTotals }) => takesTotals) }
  }
  const says = { rankings: 'rankings', selections: 'selected options', scores: 'scores' }[ballots.kind]
  return { says, methods: methods.filter(({ style }) => ballotKinds[style] === ballots.kind) }
}

/**
 * Ballots as a method's style has them, with a sentence where they had to be read another way.
 * @throws TabulationRefusal `ballot-style-mismatch`
 */
export function recastFor(
  { style }: Method,
  ballots: BallotFile['ballots'],
): { ballots: BallotFile['ballots']; remark?: string } {
  return ballots.kind === 'totals' ? { ballots } : recastBallots(ballots, style)
}
