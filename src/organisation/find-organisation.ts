import type { Selectable } from 'kysely'
import type { Database, ReadTransaction } from '../store/unit-of-work.ts'
import { OrganisationAmbiguous, OrganisationNotFound } from './refusals.ts'

/** Without the key of its hashes, which stays where it is needed. */
export type Organisation = Omit<Selectable<Database['organisation']>, 'hash_key'>

/**
 * The organisation of that short name, or the only one in the file.
 * @throws OrganisationNotFound, OrganisationAmbiguous
 */
export async function findOrganisation(tx: ReadTransaction, slug: string | undefined): Promise<Organisation> {
  const organisations = await tx.db
    .selectFrom('organisation')
    .select(['id', 'slug', 'name', 'created_at', 'two_officers', 'keep_days'])
    .$if(slug !== undefined, (query) => query.where('slug', '=', slug as string))
    .orderBy('id')
    .execute()
  const [organisation] = organisations
  if (organisation === undefined) throw new OrganisationNotFound(slug)
  if (organisations.length > 1) throw new OrganisationAmbiguous(organisations.map((each) => each.slug))
  return organisation
}

/** The name of the organisation that holds an election. */
export async function organisationNameOf(
  tx: ReadTransaction,
  election: { organisation_id: number },
): Promise<string> {
  const { name } = await tx.db
    .selectFrom('organisation')
    .select('name')
    .where('id', '=', election.organisation_id)
    .executeTakeFirstOrThrow()
  return name
}
