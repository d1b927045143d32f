import { type ArchiveRecord, recordOf } from './archive.ts'
import { ownedFormat, setupFormat } from './board-data.ts'
import { sizedEncryptedTallyFormat } from './encrypted-tally.ts'
import { type BoardEvent, type EventType, eventFormat } from './event.ts'
import type { Group } from './group.ts'

/**
 * Writing the board: each function gives the records that one step of the election adds, in the order in
 * which they stand in the archive, and the new head. Dumping all records of all steps in order, after
 * `openingBytes`, is the archive.
 */
export interface BoardStep {
  readonly records: readonly ArchiveRecord[]
  readonly head: BoardHead
}

/** The last event of a board. */
export interface BoardHead {
  /** SHA-256 of the event, in hex. */
  readonly hash: string
  readonly height: number
}

/** Opens the board. Each of the three is the text that `serialize…` gave. */
export function setupRecords(
  group: Group,
  setup: { readonly election: string; readonly trustees: string; readonly credentials: string },
): BoardStep {
  const [election, trustees, credentials] = [setup.election, setup.trustees, setup.credentials].map((body) =>
    recordOf(group, 'data', body),
  ) as [ArchiveRecord, ArchiveRecord, ArchiveRecord]
  const named = { election: election.hash, trustees: trustees.hash, credentials: credentials.hash }
  const payload = recordOf(group, 'data', setupFormat.write(named))
  return append(group, undefined, 'Setup', [election, trustees, credentials, payload])
}

export function ballotRecords(group: Group, head: BoardHead, ballot: string): BoardStep {
  return append(group, head, 'Ballot', [recordOf(group, 'data', ballot)])
}

export function endBallots(group: Group, head: BoardHead): BoardStep {
  return append(group, head, 'EndBallots', [])
}

/** @param tallied.tally the text that `serializeEncryptedTally` gave; the numbers come with the tally. */
export function encryptedTallyRecords(
  group: Group,
  head: BoardHead,
  tallied: { readonly tally: string; readonly num_tallied: number; readonly total_weight: bigint },
): BoardStep {
  const { num_tallied, total_weight } = tallied
  const tally = recordOf(group, 'data', tallied.tally)
  const sized = { num_tallied, total_weight, encrypted_tally: tally.hash }
  return append(group, head, 'EncryptedTally', [
    tally,
    recordOf(group, 'data', sizedEncryptedTallyFormat.write(sized)),
  ])
}

/** @param owned.owner the trustee's place among all trustees, from 1. */
export function shuffleRecords(
  group: Group,
  head: BoardHead,
  owned: { readonly owner: number; readonly shuffle: string },
): BoardStep {
  return appendOwned(group, head, 'Shuffle', { owner: owned.owner, body: owned.shuffle })
}

export function endShuffles(group: Group, head: BoardHead): BoardStep {
  return append(group, head, 'EndShuffles', [])
}

/** @param owned.owner the trustee's place among all trustees, from 1. */
export function partialDecryptionRecords(
  group: Group,
  head: BoardHead,
  owned: { readonly owner: number; readonly partialDecryption: string },
): BoardStep {
  return appendOwned(group, head, 'PartialDecryption', { owner: owned.owner, body: owned.partialDecryption })
}

export function resultRecords(group: Group, head: BoardHead, result: string): BoardStep {
  return append(group, head, 'Result', [recordOf(group, 'data', result)])
}

function appendOwned(
  group: Group,
  head: BoardHead,
  type: EventType,
  { owner, body }: { owner: number; body: string },
): BoardStep {
  const record = recordOf(group, 'data', body)
  const owned = recordOf(group, 'data', ownedFormat.write({ owner, payload: record.hash }))
  return append(group, head, type, [record, owned])
}

/** The event's payload is the last piece of data, which names those before it. */
function append(
  group: Group,
  head: BoardHead | undefined,
  type: EventType,
  data: readonly ArchiveRecord[],
): BoardStep {
  const height = head === undefined ? 0 : head.height + 1
  const payload = data.at(-1)?.hash
  const event: BoardEvent = {
    ...(head && { parent: head.hash }),
    height,
    type,
    ...(payload && { payload }),
  }
  const record = recordOf(group, 'event', eventFormat.write(event))
  return { records: [...data, record], head: { hash: record.hash, height } }
}
