import { readClearChoice } from '../ballot/clear-choice.ts'
import type { ClearElection } from '../election/clear-election.ts'
import type { AnonymousBox } from './anonymous-box.ts'
import type { CountableContest } from './opened-box.ts'

/** What was voted in an election of which nobody knows any more who cast what. */
export function contestsOfBox(clear: ClearElection, { contests }: AnonymousBox): CountableContest[] {
  return clear.parameters.contests.map((contest, index) => {
    const records = contests[index]!.map(({ choice, units, ballots }) => ({
      record: readClearChoice(choice, contest.ballot, contest.options.length),
      ...{ units: BigInt(units), ballots },
    }))
    return { contest, opened: { kind: 'records', records, order: 'forgotten' } }
  })
}
