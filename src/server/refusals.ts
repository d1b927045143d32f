import { Refusal } from '../errors.ts'

export class TooManyListeners extends Refusal {
  readonly code = 'too-many-listeners'
  constructor() {
    // `retryAfter` becomes a header, in seconds.
    super('Too many clients listen to live counts already.', { retryAfter: 30 })
  }
}
