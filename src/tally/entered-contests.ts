import { microsOf } from '../register/weights.ts'
import type { CountableContest } from './opened-box.ts'

/** The figures of a contest as they were typed in: decimals with up to six places. */
export interface EnteredContest {
  /** By position of the option. */
  readonly votes: readonly string[]
  readonly blank: string
  readonly invalid: string
  /** All that are valid, blank ones included. */
  readonly ballots: string
}

/** @param contests whose unit is a millionth of a vote */
export function countableEntries(
  contests: readonly CountableContest['contest'][],
  entered: { readonly contests: readonly EnteredContest[] },
): CountableContest[] {
  return contests.map((contest, index) => {
    const { votes, blank, invalid, ballots } = entered.contests[index]!
    const sums = [...(contest.ballot.blank ? [blank] : []), ...votes].map(microsOf)
    return {
      contest,
      opened: { kind: 'totals', sums, ballots: microsOf(ballots), invalid: microsOf(invalid) },
    }
  })
}
