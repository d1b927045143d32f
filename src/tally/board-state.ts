import type { ArchiveRecord } from '../sealing/archive.ts'
import type { BoardHead } from '../sealing/board.ts'
import { ownedFormat } from '../sealing/board-data.ts'
import { type Format, parseCanonical } from '../sealing/canonical-json.ts'
import { parseElection, type SealedElection } from '../sealing/election.ts'
import { type BoardStage, eventFormat, stageAfter } from '../sealing/event.ts'
import type { Group } from '../sealing/group.ts'
import { BoardDamaged } from './refusals.ts'

/** What a trustee added to the board. */
interface TrusteeWork {
  /** The trustee's position, from 1. */
  readonly owner: number
  /** The canonical JSON of the shuffle or the partial decryption. */
  readonly body: string
}

/** A board but for its ballots: each text is canonical JSON, as it was published. */
export interface BoardState {
  readonly stage: BoardStage
  readonly head: BoardHead
  readonly election: string
  readonly trustees: string
  readonly credentials: string
  /** From the close on: what the ballots add up to, and the piece that says how many they were. */
  readonly tally?: { readonly ciphertexts: string; readonly sized: string }
  readonly shuffles: readonly TrusteeWork[]
  readonly decryptions: readonly TrusteeWork[]
  readonly result?: string
}

/**
 * Reads the board of an election, past its ballots. The records may leave ballots out, but nothing else.
 * That the events are chained is not checked here: our own file's are, and a foreign archive is verified.
 *
 * @throws BoardDamaged where the records are not those of a board
 */
export async function readBoardState(records: AsyncIterable<ArchiveRecord>): Promise<BoardState> {
  let state: BoardState | undefined
  let data: ArchiveRecord[] = []
  for await (const record of records) {
    if (record.kind === 'data') {
      data.push(record)
      continue
    }
    state = stateAfter(state, record, data)
    data = []
  }
  if (state === undefined) throw new BoardDamaged('there is no event')
  return state
}

function stateAfter(
  state: BoardState | undefined,
  record: ArchiveRecord,
  data: readonly ArchiveRecord[],
): BoardState {
  const { type, height } = parsed(eventFormat, record)
  const stage = stageAfter(state?.stage ?? 'empty', type)
  if (stage === undefined) throw new BoardDamaged(`${type} comes out of turn`)
  const body = (index: number): string => {
    const found = data[index]
    if (found === undefined) throw new BoardDamaged(`${type} lacks its data`)
    return found.body
  }
  const head = { hash: record.hash, height }
  if (type === 'Setup') {
    const [election, trustees, credentials] = [body(0), body(1), body(2)]
    return { stage, head, election, trustees, credentials, shuffles: [], decryptions: [] }
  }
  const before = { ...state!, stage, head }
  switch (type) {
    case 'Ballot':
    case 'EndBallots':
    case 'EndShuffles':
      return before
    case 'EncryptedTally':
      return { ...before, tally: { ciphertexts: body(0), sized: body(1) } }
    case 'Shuffle':
      return { ...before, shuffles: [...before.shuffles, workOf(data, body(0))] }
    case 'PartialDecryption':
      return { ...before, decryptions: [...before.decryptions, workOf(data, body(0))] }
    case 'Result':
      return { ...before, result: body(0) }
  }
}

function workOf(data: readonly ArchiveRecord[], body: string): TrusteeWork {
  const owned = data[1]
  if (owned === undefined) throw new BoardDamaged('a contribution lacks its owner')
  return { owner: parsed(ownedFormat, owned).owner, body }
}

function parsed<T>(format: Format<T>, record: ArchiveRecord): T {
  const reading = parseCanonical(format, record.body)
  if (!reading.ok) throw new BoardDamaged(`${record.hash}.${record.kind}.json is malformed`)
  return reading.value
}

/** The public election of a board. @throws BoardDamaged */
export function sealedElectionOf(group: Group, board: Pick<BoardState, 'election'>): SealedElection {
  const election = parseElection(group, board.election)
  if ('refused' in election) throw new BoardDamaged(`the election is ${election.refused.code}`)
  return election
}
