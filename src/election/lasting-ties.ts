import type { UnitOfWork } from '../store/unit-of-work.ts'
import { contendersOf } from './contenders.ts'
import { type Election, findElection } from './find-election.ts'
import { storedCounts, tabulationIn } from './stored-counts.ts'

/** Whether nobody relies on the result yet, so that a lot can still decide what it leaves open. */
export function isUndisclosed({ status, published_at }: Pick<Election, 'status' | 'published_at'>): boolean {
  return status === 'tallied' && published_at === null
}

/**
 * The contests whose tie only a lot decides, as no runoff can be held of it: once the result is published, nothing in
 * urna decides it any more.
 * @returns their titles; none where it is too late already
 * @throws ElectionNotFound, ElectionAmbiguous
 */
export async function lastingTies(
  work: UnitOfWork,
  slug: string | undefined,
): Promise<{ election: string; contests: string[] }> {
  return work.read(async (tx) => {
    const election = await findElection(tx, slug)
    const counts = isUndisclosed(election) ? await storedCounts(tx, election) : []
    const tied = counts.filter((count) => contendersOf(tabulationIn(count), undefined) === 'unclear')
    return { election: election.slug, contests: tied.map(({ title }) => title) }
  })
}
