import { type Decimal, formatDecimal } from './decimal.ts'

/** An exact fraction, in lowest terms; the denominator is above 0. */
export interface Fraction {
  readonly top: bigint
  readonly bottom: bigint
}

/** @throws RangeError if the denominator is 0 */
export function fraction(top: bigint | number, bottom: bigint | number = 1n): Fraction {
  return reduced(BigInt(top), BigInt(bottom))
}

export const zero = fraction(0n)
export const one = fraction(1n)

export function plus(a: Fraction, b: Fraction): Fraction {
  return reduced(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom)
}

export function minus(a: Fraction, b: Fraction): Fraction {
  return reduced(a.top * b.bottom - b.top * a.bottom, a.bottom * b.bottom)
}

export function times(a: Fraction, b: Fraction): Fraction {
  return reduced(a.top * b.top, a.bottom * b.bottom)
}

/** @throws RangeError if b is 0 */
export function over(a: Fraction, b: Fraction): Fraction {
  return reduced(a.top * b.bottom, a.bottom * b.top)
}

/** Less than 0 if a is the smaller, 0 if they are equal. */
export function compareFractions(a: Fraction, b: Fraction): number {
  const [left, right] = [a.top * b.bottom, b.top * a.bottom]
  return left < right ? -1 : left > right ? 1 : 0
}

export function smaller(a: Fraction, b: Fraction): Fraction {
  return compareFractions(a, b) <= 0 ? a : b
}

/** The same numbers as whole multiples of one unit, so that they can be compared as votes are. */
export function inCommonUnits(fractions: readonly Fraction[]): bigint[] {
  const unit = fractions.reduce((common, { bottom }) => leastCommonMultiple(common, bottom), 1n)
  return fractions.map(({ top, bottom }) => top * (unit / bottom))
}

/** As people write it: `7`, `1/3`. */
export function fractionText({ top, bottom }: Fraction): string {
  return bottom === 1n ? top.toString() : `${top}/${bottom}`
}

/** How many places the methods of fractions show; what is beyond them is cut off, and only in print. */
export const shownPlaces = 6

/** The fraction, which is at least 0, cut to `shownPlaces` places. */
export function cutFraction({ top, bottom }: Fraction): Decimal {
  return formatDecimal((top * 10n ** BigInt(shownPlaces)) / bottom, shownPlaces)
}

function reduced(top: bigint, bottom: bigint): Fraction {
  if (bottom === 0n) throw new RangeError('division by zero')
  const divisor = gcd(top < 0n ? -top : top, bottom < 0n ? -bottom : bottom)
  const sign = bottom < 0n ? -1n : 1n
  return { top: (sign * top) / divisor, bottom: (sign * bottom) / divisor }
}

/** The greatest common divisor of two numbers that are at least 0. */
export function gcd(a: bigint, b: bigint): bigint {
  let [larger, rest] = [a, b]
  while (rest !== 0n) [larger, rest] = [rest, larger % rest]
  return larger
}

/** The smallest number that both divide, which are above 0. */
export function leastCommonMultiple(a: bigint, b: bigint): bigint {
  return (a / gcd(a, b)) * b
}
