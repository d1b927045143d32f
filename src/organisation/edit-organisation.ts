import type { ApprovedDeed } from '../election/approval-subject.ts'
import { type Change, changesBetween } from '../election/changes.ts'
import { deedsOfText } from '../election/require-approval.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { type DescribedOrganisation, requireFreeSlug, requireName, requireSlug } from './add-organisation.ts'
import { findOrganisation } from './find-organisation.ts'
import { addHost, hostsOf, requireHostname } from './hosts.ts'

/** What is left out stays as it is. */
interface OrganisationChanges {
  name?: string
  slug?: string
  addHosts?: readonly string[]
  removeHosts?: readonly string[]
  /** What needs a second officer: the whole list. An election that was opened keeps what it had. */
  twoOfficers?: readonly ApprovedDeed[]
  /** How many days the voters of an election are kept, once it is over; null for no limit. */
  keepDays?: number | null
}

/**
 * Names an organisation anew, or lets other hosts lead to it. Elections that were opened keep the name under
 * which they were published; keys and sessions stay good.
 * @param input.organisation short name; undefined where there is only one
 * @throws OrganisationNotFound, OrganisationAmbiguous, OrganisationInvalid, OrganisationExists, HostTaken
 */
export async function editOrganisation(
  work: UnitOfWork,
  input: { organisation: string | undefined; changes: OrganisationChanges },
): Promise<
  DescribedOrganisation & { twoOfficers: ApprovedDeed[]; keepDays: number | null; changes: Change[] }
> {
  const { addHosts = [], removeHosts = [], ...changes } = input.changes
  return work.write('edit organisation', async (tx) => {
    const { id, ...before } = await findOrganisation(tx, input.organisation)
    const name = changes.name === undefined ? before.name : requireName(changes.name)
    const slug = changes.slug === undefined ? before.slug : requireSlug(changes.slug)
    if (slug !== before.slug) await requireFreeSlug(tx, slug)
    const hostsBefore = await hostsOf(tx, id)
    for (const host of removeHosts.map(requireHostname)) {
      await tx.db
        .deleteFrom('organisation_host')
        .where('organisation_id', '=', id)
        .where('hostname', '=', host)
        .execute()
    }
    for (const host of addHosts.map(requireHostname)) await addHost(tx, id, host)
    const twoBefore = deedsOfText(before.two_officers)
    const twoOfficers = changes.twoOfficers === undefined ? twoBefore : [...changes.twoOfficers]
    const two_officers = JSON.stringify(twoOfficers)
    const keepDays = changes.keepDays === undefined ? before.keep_days : changes.keepDays
    const set = { name, slug, two_officers, keep_days: keepDays }
    await tx.db.updateTable('organisation').set(set).where('id', '=', id).execute()
    const hosts = await hostsOf(tx, id)
    const changed = changesBetween(
      {
        name: before.name,
        slug: before.slug,
        hosts: hostsBefore,
        twoOfficers: twoBefore,
        keepDays: before.keep_days,
      },
      { name, slug, hosts, twoOfficers, keepDays },
    )
    if (changed.length > 0) {
      await tx.record({
        action: 'organisation-edited',
        details: { organisation: before.slug, changes: changed },
      })
    }
    return { slug, name, hosts, twoOfficers, keepDays, changes: changed }
  })
}
