import { findOrganisation } from '../organisation/find-organisation.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import type { Election } from './find-election.ts'
import { overSince } from './schedule.ts'

export interface ListedElection {
  election: Election
  /** Since when it takes no ballot any more, though nobody has closed it; null otherwise. */
  over: string | null
  contests: number
  voters: number
  /** Voters who have voted. */
  voted: number
}

/**
 * The elections of the file, or of the organisation of that short name, the latest first.
 * @throws OrganisationNotFound
 */
export async function listElections(work: UnitOfWork, organisation?: string): Promise<ListedElection[]> {
  return work.read(async (tx) => {
    const holder = organisation === undefined ? undefined : await findOrganisation(tx, organisation)
    const elections = await tx.db
      .selectFrom('election')
      .selectAll()
      .$if(holder !== undefined, (query) => query.where('organisation_id', '=', holder!.id))
      .orderBy('id', 'desc')
      .execute()
    const counts = async (table: 'contest' | 'voter' | 'mark') => {
      const rows = await tx.db
        .selectFrom(table)
        .select(({ fn }) => ['election_id', fn.countAll<number>().as('count')])
        .groupBy('election_id')
        .execute()
      return new Map(rows.map(({ election_id, count }) => [election_id, count]))
    }
    const [contests, voters, marks] = [await counts('contest'), await counts('voter'), await counts('mark')]
    return elections.map((election) => ({
      election,
      over: overSince(election, tx.now),
      contests: contests.get(election.id) ?? 0,
      voters: voters.get(election.id) ?? 0,
      voted: marks.get(election.id) ?? 0,
    }))
  })
}
