import type { CountRecord } from '../count-record.ts'
import { inOrderOfVotes } from '../most-votes.ts'
import type { OptionIndex } from '../option-index.ts'
import type { Tie, TieQuestion } from '../ties.ts'
import type { IrvRules } from './rules.ts'

/** Whom the votes of a round elect, and the tie that had to be settled for it or stands in the way. */
export interface Elected {
  readonly options: readonly OptionIndex[]
  readonly tie?: Tie
  readonly open?: TieQuestion
}

/** What the votes of a round are measured by, in the unit of the votes. */
export interface Thresholds {
  /** The smallest number of votes that is more than half of the active ones. */
  readonly majority: bigint
  /** The share of the active votes; exact, as the unit has the two places for it where a share is asked for. */
  readonly share: bigint
}

/** @param unit that of the ballots' weights, in the unit of the votes */
export function thresholdsOf(active: bigint, unit: bigint, { share }: IrvRules): Thresholds {
  return { majority: (active / (2n * unit) + 1n) * unit, share: (active * BigInt(share)) / 100n }
}

export function electedNow(
  record: CountRecord,
  round: { readonly votes: readonly bigint[]; readonly thresholds: Thresholds; readonly seats: number },
  rules: IrvRules,
): Elected {
  const { votes, thresholds, seats } = round
  const byVotes = inOrderOfVotes(record.continuing(), votes)
  if (rules.until === 'all have the share') {
    const all = byVotes.length === 1 || votes[byVotes.at(-1)!]! >= thresholds.share
    return { options: all ? byVotes : [] }
  }
  if (byVotes.length <= seats) return { options: byVotes }
  if (seats === 1 && votes[byVotes[0]!]! >= thresholds.majority) return { options: byVotes.slice(0, 1) }
  if (byVotes.length > seats + 1) return { options: [] }
  const { chosen, tie, open } = record.chooseMost(byVotes, votes, seats)
  return { options: chosen, ...(tie && { tie }), ...(open && { open }) }
}
