import type { ReadTransaction } from '../store/unit-of-work.ts'
import { tokenFamily } from '../voting/token-family.ts'
import type { Election } from './find-election.ts'
import { readPurge } from './purged.ts'

/** How long an election keeps who its voters were, and what of it can be put away. Moments are ISO 8601 in UTC. */
export interface Keeping {
  /** The first election of the family, with which its runoffs are purged. */
  first: string
  /** Null for no limit. */
  keepDays: number | null
  /** Since when it and its runoffs are over; null where one is not. */
  overSince: string | null
  /** Until when its voters are kept; null where there is no limit, or it is not over. */
  keptUntil: string | null
  purgedAt: string | null
  /** Since when it is certified and published, and can be archived; null where it can't or was. */
  archivableSince: string | null
}

/** What an officer is told to do with an election that is over, and from when on. */
export interface DueDeed {
  deed: 'archive' | 'purge'
  election: string
  /** ISO 8601 in UTC. */
  at: string
  due: boolean
  command: string
}

type Ending = Pick<Election, 'status' | 'certified_at' | 'cancelled_at' | 'published_at'>

/** Since when the voters of an election are needed no more by the election itself; null where they may be. */
export function overAt({ status, certified_at, cancelled_at, published_at }: Ending): string | null {
  switch (status) {
    case 'certified':
    case 'archived':
      return certified_at
    case 'cancelled':
      return cancelled_at
    default:
      return published_at
  }
}

const day = 86_400_000

export async function readKeeping(tx: ReadTransaction, election: Election): Promise<Keeping> {
  const { root, electionIds } = await tokenFamily(tx, election)
  const family = await tx.db.selectFrom('election').selectAll().where('id', 'in', electionIds).execute()
  const endings = family.map(overAt)
  const overSince = endings.includes(null) ? null : latest(endings as string[])
  const keepDays = root.keep_days ?? (await keepDaysOf(tx, root))
  const purge = await readPurge(tx, election)
  return {
    first: root.slug,
    keepDays,
    overSince,
    keptUntil: overSince === null || keepDays === null ? null : daysAfter(overSince, keepDays),
    purgedAt: purge?.at ?? null,
    archivableSince: archivableSince(election),
  }
}

async function keepDaysOf(tx: ReadTransaction, { organisation_id }: Election): Promise<number | null> {
  const { keep_days } = await tx.db
    .selectFrom('organisation')
    .select('keep_days')
    .where('id', '=', organisation_id)
    .executeTakeFirstOrThrow()
  return keep_days
}

function archivableSince({ status, certified_at, published_at }: Ending): string | null {
  if (status !== 'certified' || certified_at === null || published_at === null) return null
  return latest([certified_at, published_at])
}

/** The moments of the file sort as text. */
function latest(moments: readonly string[]): string {
  return [...moments].sort().at(-1)!
}

function daysAfter(moment: string, days: number): string {
  return new Date(Date.parse(moment) + days * day).toISOString()
}

/** What is due of an election, or will be: to archive it, and to purge it with its runoffs. */
export function dueDeeds(slug: string, keeping: Keeping, now: string): DueDeed[] {
  const { first, keptUntil, purgedAt, archivableSince: since } = keeping
  const deeds: DueDeed[] = []
  if (since !== null) {
    const command = `urna election archive ${slug}`
    deeds.push({ deed: 'archive', election: slug, at: since, due: true, command })
  }
  if (keptUntil !== null && purgedAt === null && first === slug) {
    const command = `urna election purge ${slug} --confirm ${slug}`
    deeds.push({ deed: 'purge', election: slug, at: keptUntil, due: keptUntil <= now, command })
  }
  return deeds
}

/** What is due of all elections of the file, or will be, by its moments. */
export async function allDueDeeds(tx: ReadTransaction): Promise<DueDeed[]> {
  const elections = await tx.db
    .selectFrom('election')
    .selectAll()
    .where((eb) =>
      eb.or([eb('status', 'in', ['certified', 'archived', 'cancelled']), eb('published_at', 'is not', null)]),
    )
    .orderBy('id')
    .execute()
  const deeds: DueDeed[] = []
  for (const election of elections) {
    deeds.push(...dueDeeds(election.slug, await readKeeping(tx, election), tx.now))
  }
  return deeds.sort((a, b) => a.at.localeCompare(b.at))
}
