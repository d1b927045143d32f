import type { Election } from '../election/find-election.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'

/**
 * An election and its runoffs share their tokens: a voter keeps one for all rounds. The tokens belong to the
 * first election, and voters are the same person in every round by their number.
 */
export interface TokenFamily {
  /** The first election, to which the tokens belong. */
  readonly root: Election
  /** The first election and every runoff that there is. */
  readonly electionIds: readonly number[]
  /**
   * The rounds for which a credential can still be made: those whose list of credentials is not public yet,
   * whether their election exists or not.
   */
  readonly openUuids: readonly string[]
}

export async function tokenFamily(tx: ReadTransaction, election: Election): Promise<TokenFamily> {
  const root = await rootOf(tx, election)
  const slots = await tx.db
    .selectFrom('runoff_slot')
    .select('uuid')
    .where('election_id', '=', root.id)
    .orderBy('round')
    .execute()
  const uuids = [root.uuid, ...slots.map((slot) => slot.uuid)]
  const rounds = await tx.db
    .selectFrom('election')
    .select(['id', 'uuid', 'sealed_json'])
    .where('uuid', 'in', uuids)
    .orderBy('id')
    .execute()
  const published = new Set(rounds.filter((round) => round.sealed_json !== null).map((round) => round.uuid))
  return {
    root,
    electionIds: rounds.map((round) => round.id),
    openUuids: uuids.filter((uuid) => !published.has(uuid)),
  }
}

async function rootOf(tx: ReadTransaction, election: Election): Promise<Election> {
  let root = election
  while (root.runoff_of !== null) {
    root = await tx.db
      .selectFrom('election')
      .selectAll()
      .where('id', '=', root.runoff_of)
      .executeTakeFirstOrThrow()
  }
  return root
}
