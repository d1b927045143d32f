/** How many votes elect. All numbers are in units of the ledger, in which `valid` ÷ `divisor` is whole if exact. */
interface QuotaRule {
  readonly votes: (count: {
    readonly valid: bigint
    readonly seats: number
    /** Units of one vote. */
    readonly one: bigint
    /** Units of the last decimal place. */
    readonly lastPlace: bigint
  }) => bigint
  /** Whether a candidate needs so many votes, or more. */
  readonly reachedWith: 'as many' | 'more'
  /** What the valid votes are divided by where the quota stays a fraction. */
  readonly divisor: (seats: number) => number
}

const isNoFraction = () => 1

export const quotaRules = {
  /** floor(valid ÷ (seats + 1)) + 1, in whole votes. */
  'droop in whole votes': {
    votes: ({ valid, seats, one }) => (valid / (BigInt(seats + 1) * one) + 1n) * one,
    reachedWith: 'as many',
    divisor: isNoFraction,
  },
  /** valid ÷ (seats + 1) cut to the places of votes, plus one of the last place. */
  'droop to the last place': {
    votes: ({ valid, seats, lastPlace }) => (valid / (BigInt(seats + 1) * lastPlace) + 1n) * lastPlace,
    reachedWith: 'as many',
    divisor: isNoFraction,
  },
  /** valid ÷ (seats + 1), rounded up to the places of votes unless it is exact. */
  'droop rounded up': {
    votes: ({ valid, seats, lastPlace }) => dividedUp(valid, BigInt(seats + 1) * lastPlace) * lastPlace,
    reachedWith: 'as many',
    divisor: isNoFraction,
  },
  /** valid ÷ (seats + 1), rounded up to whole votes unless it is exact. */
  'droop rounded up to whole votes': {
    votes: ({ valid, seats, one }) => dividedUp(valid, BigInt(seats + 1) * one) * one,
    reachedWith: 'as many',
    divisor: isNoFraction,
  },
  /** valid ÷ (seats + 1) as a fraction, which has to be exceeded. */
  'exact droop': {
    votes: ({ valid, seats }) => valid / BigInt(seats + 1),
    reachedWith: 'more',
    divisor: (seats) => seats + 1,
  },
  /** valid ÷ seats, rounded up to whole votes. */
  'hare in whole votes': {
    votes: ({ valid, seats, one }) => dividedUp(valid, BigInt(seats) * one) * one,
    reachedWith: 'as many',
    divisor: isNoFraction,
  },
  /** valid ÷ seats as a fraction. */
  'exact hare': {
    votes: ({ valid, seats }) => valid / BigInt(seats),
    reachedWith: 'as many',
    divisor: (seats) => seats,
  },
} satisfies Record<string, QuotaRule>

function dividedUp(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor
}
