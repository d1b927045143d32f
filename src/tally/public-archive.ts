import { type Election, findPublicElection } from '../election/find-election.ts'
import { ResultNotPublished } from '../election/time-refusals.ts'
import { type ArchiveRecord, openingBytes, recordBytes } from '../sealing/archive.ts'
import type { BoardHead } from '../sealing/board.ts'
import { parseCanonical } from '../sealing/canonical-json.ts'
import { type EventType, eventFormat } from '../sealing/event.ts'
import type { ReadTransaction, UnitOfWork } from '../store/unit-of-work.ts'
import { BoardDamaged } from './refusals.ts'
import { archiveName, archiveTimestamp } from './write-archive.ts'
import { clearArchiveText } from './write-clear-archive.ts'

/** How far the board is public. */
export interface PublicExtent {
  readonly head: BoardHead
  /** Of the last record. */
  readonly position: number
}

/** These events open the tally: they are the result, in parts. */
const opening: ReadonlySet<EventType> = new Set(['PartialDecryption', 'Result'])

/**
 * Where the board ends for everybody: at its last event once the result is published, and before the first one that
 * opens anything until then.
 */
export async function publicExtent(
  tx: ReadTransaction,
  election: Pick<Election, 'id' | 'published_at'>,
): Promise<PublicExtent> {
  const events = tx.db
    .selectFrom('board_record')
    .select(['position', 'hash', 'body'])
    .where('election_id', '=', election.id)
    .where('kind', '=', 'event')
    .orderBy('position', 'desc')
    .stream(1)
  for await (const { position, hash, body } of events) {
    const event = parseCanonical(eventFormat, body)
    if (!event.ok) throw new BoardDamaged(`${hash}.event.json is malformed`)
    const { type, height } = event.value
    if (election.published_at !== null || !opening.has(type)) return { head: { hash, height }, position }
  }
  throw new BoardDamaged('there is no event')
}

/** The public archive of an election as it stood at one moment. */
export interface PublicArchive {
  /** Of the file. */
  readonly name: string
  readonly type: string
  readonly head: BoardHead
  /** Reads as it is asked, a few records at a time: whoever is slow holds up nobody. */
  bytes(): AsyncGenerator<Uint8Array>
}

/**
 * The archive for everybody. Records are never changed and only added, so that those up to one position are the
 * archive of one moment, even when they are read in many short transactions.
 *
 * @throws ElectionNotFound, ResultNotPublished where ballots are not sealed
 */
export async function openPublicArchive(work: UnitOfWork, slug: string): Promise<PublicArchive> {
  return work.read(async (tx) => {
    const election = await findPublicElection(tx, slug)
    const { head, position } = await publicExtent(tx, election)
    if (election.visibility !== 'secret') return clearArchive(tx, election, head)
    const timestamp = archiveTimestamp(election)
    return {
      name: archiveName(election),
      type: 'application/x-tar',
      head,
      async *bytes() {
        yield openingBytes(timestamp)
        for (let after = 0; after < position; ) {
          const records = await work.read((then) =>
            recordsBetween(then, election.id, { after, last: position }),
          )
          for (const record of records) yield recordBytes(record, timestamp)
          after = records.at(-1)!.position
        }
      },
    }
  })
}

/**
 * All ballots in the clear, and all at once: until the result is published nobody sees any.
 * @throws ResultNotPublished
 */
async function clearArchive(
  tx: ReadTransaction,
  election: Election,
  head: BoardHead,
): Promise<PublicArchive> {
  if (election.published_at === null) throw new ResultNotPublished(election.slug)
  const text = await clearArchiveText(tx, election)
  return {
    ...{ name: archiveName(election), type: 'application/json; charset=utf-8', head },
    async *bytes() {
      yield new TextEncoder().encode(text)
    },
  }
}

/** Records that are read at once: few, for a ballot that is cast meanwhile waits for them. */
const chunk = 32

function recordsBetween(
  tx: ReadTransaction,
  electionId: number,
  { after, last }: { after: number; last: number },
): Promise<(ArchiveRecord & { position: number })[]> {
  return tx.db
    .selectFrom('board_record')
    .select(['position', 'kind', 'hash', 'body'])
    .where('election_id', '=', electionId)
    .where('position', '>', after)
    .where('position', '<=', last)
    .orderBy('position')
    .limit(chunk)
    .execute()
}
