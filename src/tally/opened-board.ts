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

/** What is still to be done with a closed box, and by whom. */
export type Opening = Pick<ClosedBoard, 'election' | 'trustees' | 'shares' | 'shuffled' | 'next'>

/**
 * Without a look at the sealed tally, which may be large.
 * @returns undefined while the box is not closed
 * @throws BoardDamaged
 */
export function openingOf(group: Group, state: BoardState): Opening | undefined {
  if (state.tally === undefined) return undefined
  const election = sealedElectionOf(group, state)
  const trustees = unless(parseTrustees(group, state.trustees), 'the list of trustees')
  const shuffled = election.parameters.questions.some(({ type }) => type === 'NonHomomorphic')
  const next = nextStep(state, { shuffled, trustees })
  if (next === undefined) throw new BoardDamaged('there is a tally before the close')
  return { election, trustees, shares: keyShares(trustees), shuffled, next }
}

/**
 * @returns undefined while the box is not closed
 * @throws BoardDamaged
 */
export function closedBoard(group: Group, state: BoardState): ClosedBoard | undefined {
  const opening = openingOf(group, state)
  if (opening === undefined || state.tally === undefined) return undefined
  const { election, trustees } = opening
  const keys = trusteeKeys(trustees)
  const tally = unless(parseEncryptedTally(group, election, state.tally.ciphertexts), 'the encrypted tally')
  const size = parseCanonical(sizedEncryptedTallyFormat, state.tally.sized)
  if (!size.ok) throw new BoardDamaged('the size of the tally is malformed')
  return { ...opening, state, keys, tally, size: size.value }
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
