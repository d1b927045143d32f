import type { Election } from '../election/find-election.ts'
import { formatWeight } from '../register/weights.ts'
import type { Group } from '../sealing/group.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import { recordsOf } from '../voting/clear-ballot.ts'
import { choiceInWords } from './choice-words.ts'
import { clearElectionOf, countingBallots } from './clear-records.ts'

/** Who voted what, in words. */
export interface NamedVote {
  /** Of the voter on the roll. */
  number: string
  name: string
  /** In votes. */
  weight: string
  /** Contest by contest. */
  choices: string[]
}

/** The ballots that count with their voters, in the order of the roll: that of casting is nobody's business. */
export async function readNamedVotes(
  tx: ReadTransaction,
  group: Group,
  election: Election,
): Promise<NamedVote[]> {
  const clear = clearElectionOf(group, election)
  const { contests } = clear.parameters
  const voters = new Map(
    (
      await tx.db
        .selectFrom('voter')
        .select(['id', 'number', 'name', 'weight_micros'])
        .where('election_id', '=', election.id)
        .execute()
    ).map((voter) => [voter.id, voter]),
  )
  const votes = new Map<number, NamedVote>()
  for await (const { ballot, voterId } of countingBallots(tx, group, election)) {
    const { number, name, weight_micros } = voters.get(voterId)!
    const choices = recordsOf(clear, ballot.choices).map((record, index) =>
      choiceInWords(record, contests[index]!),
    )
    votes.set(voterId, { number, name, weight: formatWeight(weight_micros), choices })
  }
  return [...voters.keys()].flatMap((id) => votes.get(id) ?? [])
}
