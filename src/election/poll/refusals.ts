import { Refusal } from '../../errors.ts'

/** What a meeting service is told in one word, as the OpenSlides vote service has them. */
export const pollFaults = [
  'not-exist',
  'invalid',
  'invalid_config',
  'invalid_ballot',
  'not-allowed',
  'not-started',
  'double-vote',
] as const
export type PollFault = (typeof pollFaults)[number]

/** What a poll does not take. */
export class PollRefused extends Refusal {
  readonly code = 'poll-refused'
  readonly fault: PollFault

  constructor(fault: PollFault, message: string) {
    super(message, { fault })
    this.fault = fault
  }
}
