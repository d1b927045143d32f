import { type BoxOpening, readBoxOpening } from '../tally/remote/trustee-progress.ts'
import { boardHead } from '../voting/board-records.ts'
import { Latest } from './latest.ts'

/** Where the opening of a box is, read once for each head of its board: shuffles are large, and pages ask often. */
export function latestOpening(): typeof readBoxOpening {
  const latest = new Latest<BoxOpening>()
  return async (tx, group, election) => {
    const { hash } = await boardHead(tx, election.id)
    return latest.of(election.slug, hash, () => readBoxOpening(tx, group, election))
  }
}
