import { type Format, hash, integer, largestSmallInteger, optional, record } from './canonical-json.ts'

/** The small pieces of data that tie larger ones to an event, by their hashes (SHA-256, hex). */

/** What a Setup event names. */
export interface SetupData {
  readonly election: string
  readonly trustees: string
  readonly credentials: string
  /** Belenios 3.3 and later: who made the credentials, where a server of its own did. No ballot depends on it. */
  readonly credentials_certificate?: string
}

export const setupFormat: Format<SetupData> = record({
  election: hash,
  trustees: hash,
  credentials: hash,
  credentials_certificate: optional(hash),
})

/** A shuffle or a partial decryption, with whose it is: what their events name. */
export interface Owned {
  /** The trustee's place among all trustees, from 1. */
  readonly owner: number
  readonly payload: string
}

export const ownedFormat: Format<Owned> = record({
  owner: integer({ from: 1, to: largestSmallInteger }),
  payload: hash,
})
