import type { BallotFault } from '../ballot/selections.ts'
import type { BallotRefusal as SealedBallotRefusal } from '../sealing/ballot.ts'

/** Why a ballot is refused for what it is, and where in it the reason lies. */
export interface FormRefusal {
  readonly refused: SealedBallotRefusal['refused'] | 'invalid-vote'
  /** Such as `answers[0].overall_proof`; empty for the whole. */
  readonly place: string
  /** Of an `invalid-vote`. */
  readonly fault?: BallotFault
}
