import { domainToASCII } from 'node:url'
import type { ReadTransaction, WriteTransaction } from '../store/unit-of-work.ts'
import { HostTaken, OrganisationInvalid } from './refusals.ts'

/**
 * A hostname as it is compared: in lower case and in the letters of the domain name system, without a port and
 * a final dot. `Elecciones.Güemes.org:8443` → `elecciones.xn--gemes-kva.org`.
 * @returns undefined if the text is no hostname
 */
export function hostnameOf(text: string): string | undefined {
  const [, name = ''] = /^\s*(\[[\da-f:.]+\]|[^\s:/@]+?)\.?(?::\d{1,5})?\s*$/i.exec(text) ?? []
  const ascii = name.startsWith('[') ? name.toLowerCase() : domainToASCII(name)
  return ascii === '' || ascii.length > 253 ? undefined : ascii
}

/** @throws OrganisationInvalid */
export function requireHostname(text: string): string {
  const hostname = hostnameOf(text)
  if (hostname !== undefined) return hostname
  throw new OrganisationInvalid(
    `"${text}" is not a hostname.`,
    { host: text },
    'Give it without https:// and without a path, like vote.example.org.',
  )
}

/** Sorted. */
export async function hostsOf(tx: ReadTransaction, organisationId: number): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('organisation_host')
    .select('hostname')
    .where('organisation_id', '=', organisationId)
    .orderBy('hostname')
    .execute()
  return rows.map(({ hostname }) => hostname)
}

/** Lets a host lead to an organisation; once more does no harm. @throws HostTaken */
export async function addHost(tx: WriteTransaction, organisationId: number, hostname: string): Promise<void> {
  const holder = await tx.db
    .selectFrom('organisation_host')
    .innerJoin('organisation', 'id', 'organisation_id')
    .select(['organisation_id', 'slug'])
    .where('hostname', '=', hostname)
    .executeTakeFirst()
  if (holder?.organisation_id === organisationId) return
  if (holder !== undefined) throw new HostTaken({ host: hostname, organisation: holder.slug })
  await tx.db.insertInto('organisation_host').values({ hostname, organisation_id: organisationId }).execute()
}
