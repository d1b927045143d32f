import type { Visibility } from '../election/secrecy.ts'
import { Refusal } from '../errors.ts'

/** A weight was to be divided among several choices where that is not possible. */
export class WeightUndivided extends Refusal {
  readonly code = 'choices-invalid'
  constructor(visibility: Visibility) {
    super(
      visibility === 'secret'
        ? 'In a secret election a weight is not divided: its parts would tell whose ballot it is.'
        : 'In this election a ballot does not divide its weight.',
    )
  }
}
