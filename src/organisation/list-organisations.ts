import type { UnitOfWork } from '../store/unit-of-work.ts'
import type { DescribedOrganisation } from './add-organisation.ts'
import { hostsOf } from './hosts.ts'

interface ListedOrganisation extends DescribedOrganisation {
  id: number
  members: number
  elections: number
  /** Who was not removed. */
  officers: number
}

/** The organisations of the file, the oldest first. */
export async function listOrganisations(work: UnitOfWork): Promise<ListedOrganisation[]> {
  return work.read(async (tx) => {
    const rows = await tx.db
      .selectFrom('organisation')
      .select(({ selectFrom, fn }) => [
        'id',
        'slug',
        'name',
        selectFrom('member')
          .select(fn.countAll<number>().as('count'))
          .whereRef('member.organisation_id', '=', 'organisation.id')
          .$asScalar()
          .as('members'),
        selectFrom('election')
          .select(fn.countAll<number>().as('count'))
          .whereRef('election.organisation_id', '=', 'organisation.id')
          .$asScalar()
          .as('elections'),
        selectFrom('officer')
          .select(fn.countAll<number>().as('count'))
          .whereRef('officer.organisation_id', '=', 'organisation.id')
          .where('removed_at', 'is', null)
          .$asScalar()
          .as('officers'),
      ])
      .orderBy('id')
      .execute()
    const listed: ListedOrganisation[] = []
    for (const { members, elections, officers, ...row } of rows) {
      const hosts = await hostsOf(tx, row.id)
      listed.push({
        ...row,
        hosts,
        members: members ?? 0,
        elections: elections ?? 0,
        officers: officers ?? 0,
      })
    }
    return listed
  })
}
