import type { UnitOfWork } from '../store/unit-of-work.ts'
import { hostnameOf } from './hosts.ts'

/** An organisation as it is addressed. */
export interface Place {
  readonly id: number
  readonly slug: string
}

/** Which host leads to which organisation, at one moment. */
export interface HostDirectory {
  /**
   * The organisation that a request to this host is for. A file with one organisation and no hosts needs none;
   * once there are hosts, no other name leads anywhere.
   * @param host as in the header of that name
   */
  placeOf(host: string): Place | undefined
  /** Whether all elections are of the organisation: there is no other. */
  readonly alone: boolean
}

export async function readHostDirectory(work: UnitOfWork): Promise<HostDirectory> {
  return work.read(async ({ db }) => {
    const places = await db.selectFrom('organisation').select(['id', 'slug']).execute()
    const hosts = await db.selectFrom('organisation_host').selectAll().execute()
    const alone = places.length === 1
    const byHost = new Map(hosts.map((row) => [row.hostname, row.organisation_id]))
    const only = alone && hosts.length === 0 ? places[0] : undefined
    return {
      placeOf: (host) => only ?? places.find(({ id }) => id === byHost.get(hostnameOf(host) ?? '')),
      alone,
    }
  })
}

/** The organisation that holds the election; undefined where there is none of that short name. */
export async function holderOf(work: UnitOfWork, slug: string): Promise<number | undefined> {
  const held = await work.read(({ db }) =>
    db.selectFrom('election').select('organisation_id').where('slug', '=', slug).executeTakeFirst(),
  )
  return held?.organisation_id
}
