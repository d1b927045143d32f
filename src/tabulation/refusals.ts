/**
 * What this area refuses. It runs in a browser and knows no other area, so its refusals are its own; each
 * has a code for programs, data, and one sentence for people. None holds a ballot.
 */
type TabulationRefusalCode =
  | 'unknown-method'
  | 'rules-invalid'
  | 'totals-not-taken'
  | 'ballot-style-mismatch'
  | 'totals-inconsistent'
  | 'weight-invalid'
  | 'weight-too-large'
  | 'ballot-malformed'
  | 'order-not-kept'
  | 'too-large'
  | 'seats-out-of-range'
  | 'options-out-of-range'
  | 'tie-decision-invalid'

export class TabulationRefusal extends Error {
  readonly code: TabulationRefusalCode
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: TabulationRefusalCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.name = 'TabulationRefusal'
    this.code = code
    this.details = details
  }
}
