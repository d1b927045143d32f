import type { Election } from '../election/find-election.ts'
import { openingBytes, recordBytes } from '../sealing/archive.ts'
import type { ReadTransaction } from '../store/unit-of-work.ts'
import { boardRecords } from '../voting/board-records.ts'
import { NotYetOpen } from './refusals.ts'
import { clearArchiveText } from './write-clear-archive.ts'

/** Takes the bytes of a file in order; awaited, so that it can hold the writer back. */
export type Sink = (bytes: Uint8Array) => void | Promise<void>

/**
 * Writes the public archive of an election as it stands: everything that may be known of it, and all that a
 * stranger needs to verify it. An archive only grows, and the same records always give the same bytes.
 *
 * @throws NotYetOpen while there is nothing to publish, ArchiveBeforeClose where its ballots are not sealed
 */
export async function writeArchive(tx: ReadTransaction, election: Election, sink: Sink): Promise<void> {
  if (election.visibility !== 'secret') {
    return sink(new TextEncoder().encode(await clearArchiveText(tx, election)))
  }
  const timestamp = archiveTimestamp(election)
  await sink(openingBytes(timestamp))
  for await (const record of boardRecords(tx, election.id)) await sink(recordBytes(record, timestamp))
}

/** The name of its file. */
export function archiveName(election: Pick<Election, 'uuid' | 'visibility' | 'anonymised_at'>): string {
  const { uuid, visibility, anonymised_at } = election
  if (visibility === 'secret') return `${uuid}.bel`
  return `${uuid}.${anonymised_at === null ? 'archive' : 'anonymous'}.json`
}

/** The date of every file in the archive: when the election opened, so that it tells nothing of the ballots. */
export function archiveTimestamp({ slug, opened_at }: Pick<Election, 'slug' | 'opened_at'>): number {
  if (opened_at === null) throw new NotYetOpen(slug)
  return Math.floor(Date.parse(opened_at) / 1000)
}
