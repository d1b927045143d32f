import { type Fraction, fraction, times } from '../exact-fraction.ts'

/**
 * The divisors of a method of highest averages: for a list with so many seats, what its votes are divided by
 * to see whether it gets one more. They grow with the seats. Where they are square roots, `power` is 2 and
 * they are given as squares, so that all stay exact. A first divisor of 0 gives each list with votes a seat
 * before any gets a second.
 */
export interface Divisors {
  readonly power: 1 | 2
  readonly after: (seats: bigint) => Fraction
}

const linear = (after: (seats: bigint) => bigint, bottom = 1n): Divisors => ({
  power: 1,
  after: (seats) => fraction(after(seats), bottom),
})

export const divisors = {
  /** 1, 2, 3, … */
  dhondt: linear((seats) => seats + 1n),
  /** 1, 3, 5, … */
  sainteLague: linear((seats) => 2n * seats + 1n),
  /** 1, 4, 7, … */
  danish: linear((seats) => 3n * seats + 1n),
  /** 1, 1.5, 2, 2.5, … */
  imperiali: linear((seats) => seats + 2n, 2n),
  /** 0, 1, 2, … */
  adams: linear((seats) => seats),
  /** 0, 4/3, 12/5, …: the harmonic mean of the seats and one more. */
  dean: { power: 1, after: (seats) => fraction(2n * seats * (seats + 1n), 2n * seats + 1n) },
  /** 0, √2, √6, …: the geometric mean of the seats and one more. */
  huntingtonHill: { power: 2, after: (seats) => fraction(seats * (seats + 1n)) },
} as const satisfies Readonly<Record<string, Divisors>>

/** The divisors with another first one, which has to be below the second. */
export function withFirst(first: Fraction, { power, after }: Divisors): Divisors {
  const own = power === 1 ? first : times(first, first)
  return { power, after: (seats) => (seats === 0n ? own : after(seats)) }
}

/** Whether the votes of `a` divided by its divisor are more than those of `b` by theirs; compared across. */
export function isLargerQuotient(
  a: { readonly votes: bigint; readonly divisor: Fraction },
  b: { readonly votes: bigint; readonly divisor: Fraction },
  power: Divisors['power'],
): boolean {
  if (a.divisor.top === 0n || b.divisor.top === 0n) {
    // Two first seats that come before all others go by the votes.
    return a.divisor.top === 0n && (b.divisor.top !== 0n || a.votes > b.votes)
  }
  const exponent = BigInt(power)
  return (
    a.votes ** exponent * a.divisor.bottom * b.divisor.top >
    b.votes ** exponent * b.divisor.bottom * a.divisor.top
  )
}
