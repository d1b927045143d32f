import { type Election, findElection } from '../election/find-election.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { publicExtent } from './public-archive.ts'
import { recordView } from './view-result.ts'

/**
 * The election whose archive an officer writes. Where more is in it than everybody may see yet, the log says who did.
 * @throws ElectionNotFound, ElectionAmbiguous
 */
export async function viewArchive(work: UnitOfWork, slug: string | undefined): Promise<Election> {
  const { election, isPublic } = await work.read(async (tx) => {
    const election = await findElection(tx, slug)
    const { sealed_json, published_at, closed_at, visibility } = election
    if (sealed_json === null || published_at !== null) return { election, isPublic: true }
    // Before the close there is none of ballots in the clear.
    if (visibility !== 'secret') return { election, isPublic: closed_at === null }
    const { position } = await publicExtent(tx, election)
    const last = await tx.db
      .selectFrom('board_record')
      .select(({ fn }) => fn.max<number>('position').as('position'))
      .where('election_id', '=', election.id)
      .executeTakeFirstOrThrow()
    return { election, isPublic: last.position === position }
  })
  if (!isPublic) await recordView(work, { slug: election.slug, viewed: 'archive' })
  return election
}
