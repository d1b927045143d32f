import { findElection } from '../election/find-election.ts'
import type { Group } from '../sealing/group.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { type NamedVote, readNamedVotes } from './named-votes.ts'

export interface LiveVotes {
  election: string
  status: string
  /** Null where the election shows no votes before its result, or nobody knows any more whose they are. */
  votes: NamedVote[] | null
}

/**
 * Who voted what so far, in an election whose voters were told that its officers see that. It is the only partial
 * result that there is.
 * @throws ElectionNotFound
 */
export async function readLiveVotes(
  { work, group }: { work: UnitOfWork; group: Group },
  slug: string,
): Promise<LiveVotes> {
  return work.read(async (tx) => {
    const election = await findElection(tx, slug)
    const { live_voting, sealed_json, anonymised_at, status } = election
    if (live_voting === 0 || anonymised_at !== null) return { election: slug, status, votes: null }
    const votes = sealed_json === null ? [] : await readNamedVotes(tx, group, election)
    return { election: slug, status, votes }
  })
}
