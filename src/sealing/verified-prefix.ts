import type { BoardHead } from './board.ts'
import { hexOf } from './encoding.ts'
import type { Group } from './group.ts'

/**
 * The beginning of an archive that was verified. What takes long is not done again for it, if the very same bytes
 * stand at the beginning of the archive that is verified now.
 */
export interface VerifiedPrefix {
  /** How many. */
  readonly bytes: number
  /** SHA-256 of them, in hex. */
  readonly sha256: string
  /** The last event in them. */
  readonly head: BoardHead
}

/** Watches the bytes and the events of an archive go by, for whether it begins with what was verified. */
export interface PrefixWatch {
  chunk(bytes: Uint8Array): void
  event(head: BoardHead): void
  isKnown(height: number): boolean
  /** Once all bytes and events went by. */
  holds(): boolean
}

/** @param prefix without one, nothing is known, and that holds. */
export function watchPrefix(group: Group, prefix: VerifiedPrefix | undefined): PrefixWatch {
  if (prefix === undefined) {
    return { chunk: () => {}, event: () => {}, isKnown: () => false, holds: () => true }
  }
  const { bytes, sha256, head } = prefix
  const hash = group.sha256()
  let missing = bytes
  let headSeen = false
  return {
    chunk: (chunk) => {
      const piece = chunk.subarray(0, missing)
      missing -= piece.length
      if (piece.length > 0) hash.update(piece)
    },
    event: (event) => {
      if (event.height === head.height) headSeen = event.hash === head.hash
    },
    isKnown: (height) => height <= head.height,
    holds: () => missing === 0 && headSeen && hexOf(hash.digest()) === sha256,
  }
}
