import type { BallotForm } from './ballot-form.ts'
import type { FormRefusal } from './form-refusal.ts'

/** Verifies the signature and the proofs of ballots, whichever way is quickest. */
export type BallotVerifier = (
  form: BallotForm,
  ballots: readonly string[],
) => Promise<readonly (FormRefusal | undefined)[]>

/** One after the other, in this process. */
export const verifyInProcess: BallotVerifier = async (form, ballots) => ballots.map(form.faultOf)
