import { randomBytes } from 'node:crypto'
import { slugOf, slugPattern } from '../election/slug.ts'
import type { UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import { addHost, hostsOf, requireHostname } from './hosts.ts'
import { OrganisationExists, OrganisationInvalid } from './refusals.ts'

export interface DescribedOrganisation {
  slug: string
  name: string
  /** Where a server is reached for it, sorted. */
  hosts: string[]
}

/**
 * Adds an organisation, with members, elections and officers of its own, to the file.
 * @param input.slug short name; undefined for one made from the name
 * @throws OrganisationInvalid, OrganisationExists, HostTaken
 */
export async function addOrganisation(
  work: UnitOfWork,
  input: { name: string; slug?: string | undefined; hosts?: readonly string[] | undefined },
): Promise<DescribedOrganisation> {
  const name = requireName(input.name)
  const wanted = requireSlug(input.slug ?? slugOf(name, 'organisation'))
  const hosts = (input.hosts ?? []).map(requireHostname)
  return work.write('add organisation', async (tx) => {
    const { id, slug } = await insertOrganisation(tx, { name, slug: wanted })
    for (const hostname of hosts) await addHost(tx, id, hostname)
    const described = { slug, name, hosts: await hostsOf(tx, id) }
    await tx.record({ action: 'organisation-added', details: described })
    return described
  })
}

/** @throws OrganisationExists */
export async function insertOrganisation(
  tx: WriteTransaction,
  { name, slug }: { name: string; slug: string },
): Promise<{ id: number; slug: string }> {
  await requireFreeSlug(tx, slug)
  return tx.db
    .insertInto('organisation')
    .values({ slug, name, hash_key: randomBytes(32), created_at: tx.now })
    .returning(['id', 'slug'])
    .executeTakeFirstOrThrow()
}

/** @throws OrganisationInvalid */
export function requireName(text: string): string {
  const name = text.trim()
  if (name === '') throw new OrganisationInvalid('An organisation needs a name.')
  return name
}

/** @throws OrganisationInvalid */
export function requireSlug(slug: string): string {
  if (slugPattern.test(slug)) return slug
  throw new OrganisationInvalid(
    `"${slug}" can't be a short name.`,
    { slug },
    'Small letters, figures and hyphens, like northern-chapter; 64 at most.',
  )
}

/** @throws OrganisationExists */
export async function requireFreeSlug(tx: WriteTransaction, slug: string): Promise<void> {
  const taken = await tx.db
    .selectFrom('organisation')
    .select('id')
    .where('slug', '=', slug)
    .executeTakeFirst()
  if (taken !== undefined) throw new OrganisationExists(slug)
}
