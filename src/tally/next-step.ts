import type { BoardState } from './board-state.ts'

/** What has to happen next for a closed box to become a result. Trustees by their position, from 1. */
export type TallyStep =
  | { readonly kind: 'shuffle'; readonly trustee: number }
  | { readonly kind: 'end-shuffles' }
  /** In any order. */
  | { readonly kind: 'decrypt'; readonly trustees: readonly number[] }
  | { readonly kind: 'open-result' }
  | { readonly kind: 'count' }

/**
 * Every trustee shuffles what is opened ballot by ballot, in order, so that nobody who trusts only one of them
 * has to trust another; then every trustee decrypts.
 *
 * @param shuffled whether a contest is opened ballot by ballot
 * @param trustees how many there are
 * @returns undefined while the box is not closed
 */
export function nextStep(
  board: Pick<BoardState, 'stage' | 'shuffles' | 'decryptions'>,
  { shuffled, trustees }: { shuffled: boolean; trustees: number },
): TallyStep | undefined {
  switch (board.stage) {
    case 'empty':
    case 'open':
    case 'closed':
      return undefined
    case 'tallied':
    case 'shuffling': {
      if (!shuffled) return decryptionsOrResult(board, trustees)
      const done = board.shuffles.length
      return done < trustees ? { kind: 'shuffle', trustee: done + 1 } : { kind: 'end-shuffles' }
    }
    case 'shuffled':
    case 'decrypting':
      return decryptionsOrResult(board, trustees)
    case 'finished':
      return { kind: 'count' }
  }
}

function decryptionsOrResult({ decryptions }: Pick<BoardState, 'decryptions'>, trustees: number): TallyStep {
  const done = new Set(decryptions.map(({ owner }) => owner))
  const missing = Array.from({ length: trustees }, (_, i) => i + 1).filter((position) => !done.has(position))
  return missing.length > 0 ? { kind: 'decrypt', trustees: missing } : { kind: 'open-result' }
}
