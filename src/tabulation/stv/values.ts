/** The value of a paper of weight 1, in votes: an exact fraction from 0 to 1. */
export interface PaperValue {
  readonly top: bigint
  readonly bottom: bigint
}

/** Of a paper that has not been transferred. */
export const wholeValue: PaperValue = { top: 1n, bottom: 1n }

/** Less than 0, 0 or more, as a is less than, equal to or more than b. */
export function compareValues(a: PaperValue, b: PaperValue): number {
  if (a.bottom === b.bottom) return a.top < b.top ? -1 : a.top > b.top ? 1 : 0
  const left = a.top * b.bottom
  const right = b.top * a.bottom
  return left < right ? -1 : left > right ? 1 : 0
}

export function sameValue(a: PaperValue, b: PaperValue): boolean {
  return compareValues(a, b) === 0
}

export function lowerValue(a: PaperValue, b: PaperValue): PaperValue {
  return compareValues(a, b) <= 0 ? a : b
}

export function product(a: PaperValue, b: PaperValue): PaperValue {
  return { top: a.top * b.top, bottom: a.bottom * b.bottom }
}

/** In lowest terms. */
export function reduced({ top, bottom }: PaperValue): PaperValue {
  const divisor = greatestCommonDivisor(top, bottom)
  return { top: top / divisor, bottom: bottom / divisor }
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b]
  return a
}

/** The sum of fractions, those over one denominator added first. */
export function total(fractions: readonly PaperValue[]): PaperValue {
  const tops = new Map<bigint, bigint>()
  for (const { top, bottom } of fractions) tops.set(bottom, (tops.get(bottom) ?? 0n) + top)
  return [...tops].reduce(
    (sum, [bottom, top]) =>
      reduced({ top: sum.top * bottom + top * sum.bottom, bottom: sum.bottom * bottom }),
    { top: 0n, bottom: 1n },
  )
}

/** a − b, where b is not more. */
export function difference(a: PaperValue, b: PaperValue): PaperValue {
  return reduced({ top: a.top * b.bottom - b.top * a.bottom, bottom: a.bottom * b.bottom })
}
