import { type ArchiveRecord, recordName } from './archive.ts'
import { type ArchiveRefusal, type ByteSource, readArchive } from './archive-reader.ts'
import { ownedFormat, setupFormat } from './board-data.ts'
import { type Format, parseCanonical } from './canonical-json.ts'
import { type BoardEvent, type BoardStage, type EventType, eventFormat, stageAfter } from './event.ts'
import type { Group } from './group.ts'

/** Why the files of an archive are not a chain of events, each after its data and nothing else. */
export type ChainRefusal =
  | 'event-malformed'
  | 'event-out-of-turn'
  | 'parent-is-not-the-event-before'
  | 'height-is-not-one-more'
  | 'payload-is-not-the-data-before'
  | 'data-malformed'
  | 'data-missing'
  | 'data-is-not-what-is-named'
  | 'data-not-referred-to'
  | 'ballot-repeated'

/** An event, with the data that it adds. */
export type BoardEntry = {
  /** SHA-256 of the event, in hex. */
  readonly hash: string
  readonly height: number
  /** How far the election is with this event. */
  readonly stage: BoardStage
} & (
  | {
      readonly type: 'Setup'
      readonly election: ArchiveRecord
      readonly trustees: ArchiveRecord
      readonly credentials: ArchiveRecord
    }
  | { readonly type: 'Ballot'; readonly ballot: ArchiveRecord }
  | { readonly type: 'EndBallots' }
  | { readonly type: 'EncryptedTally'; readonly tally: ArchiveRecord; readonly sized: ArchiveRecord }
  | OwnedEntry<'Shuffle'>
  | { readonly type: 'EndShuffles' }
  | OwnedEntry<'PartialDecryption'>
  | { readonly type: 'Result'; readonly result: ArchiveRecord }
)

interface OwnedEntry<Type> {
  readonly type: Type
  /** The trustee's place among all trustees, from 1. */
  readonly owner: number
  readonly work: ArchiveRecord
}

export type BoardPiece =
  | { readonly kind: 'entry'; readonly entry: BoardEntry }
  /** The last piece: nothing after it was read. `height` counts the events before it. */
  | {
      readonly kind: 'refused'
      /** Whether the bytes are no archive, or its files no board. */
      readonly check: 'archive' | 'chain'
      readonly reason: ArchiveRefusal | ChainRefusal
      readonly file: string
      readonly height: number
    }

/**
 * The events of an archive with their data, as its bytes arrive; only one event's data is in memory. The
 * archive is refused unless a writer of these events would have written these very bytes: each event goes on
 * from the one before, in an allowed order, and comes right after the data it refers to, in their order.
 *
 * The one link not checked here is from the size of a tally to the tally.
 */
export async function* readBoard(group: Group, source: ByteSource): AsyncGenerator<BoardPiece> {
  let head: BoardEntry | undefined
  let pending: ArchiveRecord[] = []
  // Of ballots alone: where nobody voted, all trustees decrypt nothing, and say the same.
  const ballots = new Set<string>()
  const height = () => (head === undefined ? 0 : head.height + 1)
  const refuse = (reason: ChainRefusal, file: string): BoardPiece => {
    return { kind: 'refused', check: 'chain', reason, file, height: height() }
  }
  for await (const piece of readArchive(group, source)) {
    if (piece.kind === 'refused') return yield { ...piece, check: 'archive', height: height() }
    if (piece.kind === 'header') continue
    if (piece.kind === 'data') {
      if (pending.length === mostData) return yield refuse('data-not-referred-to', recordName(pending[0]!))
      pending.push(piece)
      continue
    }
    const entry = entryOf(head, piece, pending)
    if (typeof entry === 'string') return yield refuse(entry, recordName(piece))
    if (entry.type === 'Ballot') {
      if (ballots.has(entry.ballot.hash)) return yield refuse('ballot-repeated', recordName(entry.ballot))
      ballots.add(entry.ballot.hash)
    }
    yield { kind: 'entry', entry }
    head = entry
    pending = []
  }
  if (pending[0] !== undefined) yield refuse('data-not-referred-to', recordName(pending[0]))
}

function entryOf(
  head: BoardEntry | undefined,
  record: ArchiveRecord,
  data: readonly ArchiveRecord[],
): BoardEntry | ChainRefusal {
  const event = parseBody(eventFormat, record)
  if (event === undefined) return 'event-malformed'
  const stage = stageAfter(head?.stage ?? 'empty', event.type)
  if (stage === undefined) return 'event-out-of-turn'
  if (event.parent !== head?.hash) return 'parent-is-not-the-event-before'
  if (event.height !== (head === undefined ? 0 : head.height + 1)) return 'height-is-not-one-more'
  if (event.payload !== data.at(-1)?.hash) return 'payload-is-not-the-data-before'
  const content = contentOf(event, data)
  if (typeof content === 'string') return content
  return { hash: record.hash, height: event.height, stage, ...content }
}

type Content = BoardEntry extends infer Entry
  ? Entry extends BoardEntry
    ? Omit<Entry, 'hash' | 'height' | 'stage'>
    : never
  : never

/** How many pieces of data each event adds at most, the one it names being the last. */
const dataCounts: Readonly<Record<EventType, number>> = {
  Setup: 5,
  Ballot: 1,
  EndBallots: 0,
  EncryptedTally: 2,
  Shuffle: 2,
  EndShuffles: 0,
  PartialDecryption: 2,
  Result: 1,
}

const mostData = Math.max(...Object.values(dataCounts))

function contentOf({ type }: BoardEvent, data: readonly ArchiveRecord[]): Content | ChainRefusal {
  if (type === 'Setup') return setupContent(data)
  if (data.length > dataCounts[type]) return 'data-not-referred-to'
  if (data.length < dataCounts[type]) return 'data-missing'
  const [first, second] = data as [ArchiveRecord, ArchiveRecord]
  switch (type) {
    case 'Ballot':
      return { type, ballot: first }
    case 'EncryptedTally':
      return { type, tally: first, sized: second }
    case 'Shuffle':
    case 'PartialDecryption': {
      const owned = parseBody(ownedFormat, second)
      if (owned === undefined) return 'data-malformed'
      if (owned.payload !== first.hash) return 'data-is-not-what-is-named'
      return { type, owner: owned.owner, work: first }
    }
    case 'Result':
      return { type, result: first }
    case 'EndBallots':
    case 'EndShuffles':
      return { type }
  }
}

/** What the setup must name, and itself. */
const fewestOfSetup = 4

/** The setup comes after all that it names, in its order. */
function setupContent(data: readonly ArchiveRecord[]): Content | ChainRefusal {
  if (data.length < fewestOfSetup) return 'data-missing'
  const [election, trustees, credentials] = data as [ArchiveRecord, ArchiveRecord, ArchiveRecord]
  const setup = parseBody(setupFormat, data.at(-1)!)
  if (setup === undefined) return 'data-malformed'
  const named = Object.values(setup)
  if (data.length > named.length + 1) return 'data-not-referred-to'
  if (data.length < named.length + 1) return 'data-missing'
  if (named.some((hash, i) => hash !== data[i]!.hash)) return 'data-is-not-what-is-named'
  return { type: 'Setup', election, trustees, credentials }
}

function parseBody<T>(format: Format<T>, record: ArchiveRecord): T | undefined {
  const reading = parseCanonical(format, record.body)
  return reading.ok ? reading.value : undefined
}
