import type { WeighedPart } from '../ballot/clear-choice.ts'
import type { Election } from '../election/find-election.ts'
import type { SealedContest } from '../election/sealed-election.ts'
import { formatWeight } from '../register/weights.ts'
import type { Group } from '../sealing/group.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import { partsOf } from '../voting/clear-ballot.ts'
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
  /** Number and name of the member who cast it in the voter's stead. */
  actedBy?: string
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
  const acting = await actingByCredential(tx, election)
  const votes = new Map<number, NamedVote>()
  for await (const { ballot, voterId } of countingBallots(tx, group, election)) {
    const { number, name, weight_micros } = voters.get(voterId)!
    const choices = partsOf(clear, ballot.choices, BigInt(weight_micros)).map((parts, index) =>
      partsInWords(parts, contests[index]!),
    )
    const actedBy = acting.get(ballot.credential)
    votes.set(voterId, {
      ...{ number, name, weight: formatWeight(weight_micros), choices },
      ...(actedBy !== undefined && { actedBy }),
    })
  }
  return [...voters.keys()].flatMap((id) => votes.get(id) ?? [])
}

/** `0.3 Ada; 0.7 Bo` of a ballot that divides its weight. */
function partsInWords(parts: readonly WeighedPart[], contest: SealedContest): string {
  const [only, ...others] = parts
  if (others.length === 0) return choiceInWords(only!.record, contest)
  return parts
    .map(({ record, micros }) => `${formatWeight(Number(micros))} ${choiceInWords(record, contest)}`)
    .join('; ')
}

/** Who casts with which credential in the stead of a voter. */
async function actingByCredential(tx: ReadTransaction, election: Election): Promise<Map<string, string>> {
  const rows = await tx.db
    .selectFrom('token_credential as c')
    .innerJoin('token as t', 't.id', 'c.token_id')
    .innerJoin('proxy as p', 'p.id', 't.proxy_id')
    .select(['c.credential', 'p.acting_number', 'p.acting_name'])
    .where('c.uuid', '=', election.uuid)
    .execute()
  return new Map(
    rows.map(({ credential, acting_number, acting_name }) => [credential, `${acting_number} ${acting_name}`]),
  )
}
