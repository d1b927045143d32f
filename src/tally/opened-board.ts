import { parseCanonical } from '../sealing/canonical-json.ts'
import type { Ciphertext } from '../sealing/ciphertext.ts'
import { keyShares } from '../sealing/combination.ts'
import type { SealedElection } from '../sealing/election.ts'
import { shuffleFormat } from '../sealing/election-shuffle.ts'
import {
  ciphertextsToShuffle,
  type EncryptedTally,
  parseEncryptedTally,
  type SizedEncryptedTally,
  sizedEncryptedTallyFormat,
  withShuffled,
} from '../sealing/encrypted-tally.ts'
import type { Element, Group } from '../sealing/group.ts'
import { parseTrustees, type Trustees, trusteeKeys } from '../sealing/trustee.ts'
import { type BoardState, sealedElectionOf } from './board-state.ts'
import { nextStep, type TallyStep } from './next-step.ts'
import { BoardDamaged } from './refusals.ts'
import { unless } from './unless.ts'

/** A closed board, with everything in it that the work of trustees is about. */
export interface ClosedBoard {
  readonly state: BoardState
  readonly election: SealedElection
  readonly trustees: Trustees
  /** Of the trustee at position i + 1. */
  readonly keys: readonly Element[]
  /** Whose keys belong together, and how many of them are needed. */
  readonly shares: ReturnType<typeof keyShares>
  /** As it was at the close. */
  readonly tally: EncryptedTally
  readonly size: SizedEncryptedTally
  /** Whether a contest is opened ballot by ballot, so that every trustee has to shuffle. */
  readonly shuffled: boolean
  readonly next: TallyStep
}

/**
 * @returns undefined while the box is not closed
 * @throws BoardDamaged
 */
export function closedBoard(group: Group, state: BoardState): ClosedBoard | undefined {
  if (state.tally === undefined) return undefined
  const election = sealedElectionOf(group, state)
  const trustees = unless(parseTrustees(group, state.trustees), 'the list of trustees')
  const keys = trusteeKeys(trustees)
  const tally = unless(parseEncryptedTally(group, election, state.tally.ciphertexts), 'the encrypted tally')
  const size = parseCanonical(sizedEncryptedTallyFormat, state.tally.sized)
  if (!size.ok) throw new BoardDamaged('the size of the tally is malformed')
  const shuffled = election.parameters.questions.some(({ type }) => type === 'NonHomomorphic')
  const next = nextStep(state, { shuffled, trustees })
  if (next === undefined) throw new BoardDamaged('there is a tally before the close')
  const shares = keyShares(trustees)
  return { state, election, trustees, keys, shares, tally, size: size.value, shuffled, next }
}

/** What the next trustee shuffles: of each contest that is opened ballot by ballot. */
export function ciphertextsInTurn(group: Group, board: ClosedBoard): readonly (readonly Ciphertext[])[] {
  const last = board.state.shuffles.at(-1)
  if (last === undefined) return ciphertextsToShuffle(board.election, board.tally)
  const shuffle = parseCanonical(shuffleFormat(group), last.body)
  if (!shuffle.ok) throw new BoardDamaged('the last shuffle is malformed')
  return shuffle.value.ciphertexts
}

/** What the trustees open: the tally after the last shuffle. */
export function tallyToOpen(group: Group, board: ClosedBoard): EncryptedTally {
  return withShuffled(board.election, board.tally, ciphertextsInTurn(group, board))
}
