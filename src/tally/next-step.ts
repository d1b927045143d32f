import { type MissingOwners, missingOwners } from '../sealing/combination.ts'
import type { Trustees } from '../sealing/trustee.ts'
import type { BoardState } from './board-state.ts'

/** What has to happen next for a closed box to become a result. Trustees by their position, from 1. */
export type TallyStep =
  /** Any of these, one after the other. */
  | { readonly kind: 'shuffle'; readonly trustees: readonly number[] }
  | { readonly kind: 'end-shuffles' }
  /** In any order. */
  | { readonly kind: 'decrypt'; readonly missing: readonly MissingOwners[] }
  | { readonly kind: 'open-result' }
  | { readonly kind: 'count' }

/**
 * What is opened ballot by ballot is shuffled by every trustee by itself, in order, and by as many of a group as its
 * threshold: whoever could decrypt without the others then lacks a shuffle at least. Then as many decrypt.
 *
 * @param shuffled whether a contest is opened ballot by ballot
 * @returns undefined while the box is not closed
 */
export function nextStep(
  board: Pick<BoardState, 'stage' | 'shuffles' | 'decryptions'>,
  { shuffled, trustees }: { shuffled: boolean; trustees: Trustees },
): TallyStep | undefined {
  switch (board.stage) {
    case 'empty':
    case 'open':
    case 'closed':
      return undefined
    case 'tallied':
    case 'shuffling': {
      if (!shuffled) return decryptionsOrResult(board, trustees)
      const [next] = missingOwners(trustees, ownersOf(board.shuffles))
      return next === undefined ? { kind: 'end-shuffles' } : { kind: 'shuffle', trustees: next.owners }
    }
    case 'shuffled':
    case 'decrypting':
      return decryptionsOrResult(board, trustees)
    case 'finished':
      return { kind: 'count' }
  }
}

function decryptionsOrResult(
  { decryptions }: Pick<BoardState, 'decryptions'>,
  trustees: Trustees,
): TallyStep {
  const missing = missingOwners(trustees, ownersOf(decryptions))
  return missing.length > 0 ? { kind: 'decrypt', missing } : { kind: 'open-result' }
}

function ownersOf(works: BoardState['shuffles']): ReadonlySet<number> {
  return new Set(works.map(({ owner }) => owner))
}
