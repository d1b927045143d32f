import { Fraction, sum } from './fraction.ts'

/** Divisors by their plain definitions: what the votes of a list with so many seats are divided by, squared. */
export const squaredDivisors: Readonly<Record<string, (seats: bigint) => Fraction>> = {
  dhondt: (seats) => square(new Fraction(seats + 1n)),
  'sainte-lague': (seats) => square(new Fraction(seats).plus(new Fraction(1n, 2n))),
  'sainte-lague-modified': (seats) =>
    square(seats === 0n ? new Fraction(7n, 10n) : new Fraction(seats).plus(new Fraction(1n, 2n))),
  danish: (seats) => square(new Fraction(seats).plus(new Fraction(1n, 3n))),
  imperiali: (seats) => square(new Fraction(seats + 2n)),
  'huntington-hill': (seats) => new Fraction(seats * (seats + 1n)),
  adams: (seats) => square(new Fraction(seats)),
  dean: (seats) =>
    seats === 0n
      ? new Fraction(0n)
      : square(new Fraction(2n).over(new Fraction(1n, seats).plus(new Fraction(1n, seats + 1n)))),
}

function square(number: Fraction): Fraction {
  return number.times(number)
}

/**
 * Whether the seats are those of a method of divisors: nobody's last quotient is below anybody's next one.
 * Slow and obvious; compares squares of quotients, which have the same order.
 */
export function areHighestAverages(id: string, votes: readonly bigint[], seats: readonly number[]): boolean {
  const divisor = squaredDivisors[id]!
  return votes.every((own, list) =>
    votes.every((others, other) => {
      if (others === 0n) return seats[other] === 0
      if (seats[list] === 0) return true
      const last = divisor(BigInt(seats[list]! - 1))
      const next = divisor(BigInt(seats[other]!))
      // A divisor of 0 makes a quotient above all others, and of two such the votes decide.
      if (last.top === 0n) return next.top !== 0n || own >= others
      if (next.top === 0n) return false
      return (
        square(new Fraction(own))
          .over(last)
          .compare(square(new Fraction(others)).over(next)) >= 0
      )
    }),
  )
}

/** The quotas of largest remainders by their plain definitions. */
export const quotas: Readonly<Record<string, (votes: bigint, seats: bigint) => Fraction>> = {
  'hare-lr': (votes, seats) => new Fraction(votes, seats),
  'droop-lr': (votes, seats) => new Fraction(votes, seats + 1n).cut(0).plus(new Fraction(1n)),
  'hagenbach-bischoff-lr': (votes, seats) => new Fraction(votes, seats + 1n),
}

/**
 * Whether the seats are those of largest remainders, where whole quotas and one seat for each remainder fill
 * them; `undefined` where they don't.
 */
export function areLargestRemainders(
  id: string,
  votes: readonly bigint[],
  seats: readonly number[],
): boolean | undefined {
  const all = BigInt(seats.reduce((total, won) => total + won, 0))
  const quota = quotas[id]!(
    votes.reduce((total, number) => total + number, 0n),
    all,
  )
  const inQuotas = votes.map((number) => new Fraction(number).over(quota))
  const full = inQuotas.map((number) => number.cut(0))
  const left = Number(all - sum(full).cut(0).top)
  const contenders = votes.filter((number) => number > 0n).length
  if (left < 0 || left > contenders) return undefined
  const more = full.map((number, list) => BigInt(seats[list]!) - number.top)
  const remainders = inQuotas.map((number, list) => number.minus(full[list]!))
  const isOneEach = more.every((number, list) => number === 0n || (number === 1n && votes[list]! > 0n))
  const areLargest = remainders.every((own, list) =>
    remainders.every(
      (others, other) =>
        more[list] !== 1n || more[other] !== 0n || votes[other] === 0n || own.compare(others) >= 0,
    ),
  )
  return isOneEach && areLargest
}
