import {
  type Format,
  hash,
  integer,
  largestSmallInteger,
  Malformed,
  optional,
  record,
} from './canonical-json.ts'

/**
 * The chain of events of a board. Each names the one before by its hash, so whoever remembers one event's
 * hash notices any change before it.
 *
 * Source: Belenios specification 3.1, section "Public data".
 */
export const eventTypes = [
  'Setup',
  'Ballot',
  'EndBallots',
  'EncryptedTally',
  'Shuffle',
  'EndShuffles',
  'PartialDecryption',
  'Result',
] as const

export type EventType = (typeof eventTypes)[number]

export interface BoardEvent {
  /** The SHA-256 of the event before, in hex; only the first has none. */
  readonly parent?: string
  /** 0 for the first event, then one more each. */
  readonly height: number
  readonly type: EventType
  /** The SHA-256 of the data that the event adds, in hex; the two End events add none. */
  readonly payload?: string
}

const eventType: Format<EventType> = {
  read(json, place) {
    const type = eventTypes.find((known) => known === json)
    if (type === undefined) throw new Malformed('wrong-shape', place)
    return type
  },
  write: (value) => `"${value}"`,
}

export const eventFormat: Format<BoardEvent> = record({
  parent: optional(hash),
  height: integer({ from: 0, to: largestSmallInteger }),
  type: eventType,
  payload: optional(hash),
})

/** How far an election is, by the last event of its board. */
export type BoardStage =
  | 'empty'
  | 'open'
  | 'closed'
  | 'tallied'
  | 'shuffling'
  | 'shuffled'
  | 'decrypting'
  | 'finished'

const transitions: Readonly<Record<BoardStage, Readonly<Partial<Record<EventType, BoardStage>>>>> = {
  empty: { Setup: 'open' },
  open: { Ballot: 'open', EndBallots: 'closed' },
  closed: { EncryptedTally: 'tallied' },
  tallied: { Shuffle: 'shuffling', PartialDecryption: 'decrypting' },
  shuffling: { Shuffle: 'shuffling', EndShuffles: 'shuffled' },
  shuffled: { PartialDecryption: 'decrypting' },
  decrypting: { PartialDecryption: 'decrypting', Result: 'finished' },
  finished: {},
}

/**
 * The stage after one more event, or undefined if that event can't come now. Whether a tallied election must
 * be shuffled before it is decrypted depends on its questions, and is not known here.
 */
export function stageAfter(stage: BoardStage, type: EventType): BoardStage | undefined {
  return transitions[stage][type]
}
