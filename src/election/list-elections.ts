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

/** Every election of the file, the latest first. */
export async function listElections(work: UnitOfWork): Promise<ListedElection[]> {
  return work.read(async (tx) => {
    const elections = await tx.db.selectFrom('election').selectAll().orderBy('id', 'desc').execute()
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
