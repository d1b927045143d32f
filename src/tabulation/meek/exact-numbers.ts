import { parseDecimal } from '../decimal.ts'
import type { NumberRules, Numbers } from './numbers.ts'

/** An exact fraction, in lowest terms, with a positive bottom. */
export interface ExactNumber {
  readonly top: bigint
  readonly bottom: bigint
}

/** Fractions. Nothing is rounded but, where the rules say so, keep values. */
export function exactNumbers(rules: NumberRules, weightPlaces: number): Numbers<ExactNumber> {
  const zero = { top: 0n, bottom: 1n }
  const one = { top: 1n, bottom: 1n }
  const weightUnit = 10n ** BigInt(weightPlaces)
  const { units, places } = parseDecimal(rules.omega)!
  const omega = reduced(units, 10n ** BigInt(places))
  const keepScale = rules.keepPlaces === null ? undefined : 10n ** BigInt(rules.keepPlaces)
  const shown = 10n ** BigInt(rules.places)
  const cut = ({ top, bottom }: ExactNumber, scale: bigint) => (top * scale) / bottom
  return {
    zero,
    one,
    plus,
    minus,
    compare,
    votes: (value, weight) => reduced(value.top * BigInt(weight), value.bottom * weightUnit),
    share(value, keep) {
      if (rules.share === 'up to the keep value') {
        const kept = compare(keep, value) < 0 ? keep : value
        return { kept, rest: minus(value, kept) }
      }
      const kept = times(value, keep)
      return { kept, rest: minus(value, kept) }
    },
    product: times,
    part: (value, parts) => reduced(value.top, value.bottom * parts),
    quota: (votes, seats) => reduced(votes.top, votes.bottom * BigInt(seats + 1)),
    // Votes must exceed the exact quota, so that too many can't reach it.
    justAbove: (quota) => quota,
    reaches: (votes, quota) => compare(votes, quota) > 0,
    nextKeep(keep, quota, votes) {
      if (votes.top === 0n) return keep
      const next = reduced(keep.top * quota.top * votes.bottom, keep.bottom * quota.bottom * votes.top)
      const rounded =
        keepScale === undefined
          ? next
          : reduced((next.top * keepScale + next.bottom - 1n) / next.bottom, keepScale)
      return compare(rounded, one) > 0 ? one : rounded
    },
    isSettled: (surplus) => compare(surplus, omega) < 0,
    votePlaces: rules.places + weightPlaces,
    voteUnits: (votes) => cut(votes, shown * weightUnit),
    valueUnits: (value) => cut(value, shown),
  }
}

function reduced(top: bigint, bottom: bigint): ExactNumber {
  let a = top < 0n ? -top : top
  let b = bottom
  while (b !== 0n) [a, b] = [b, a % b]
  return a === 1n ? { top, bottom } : { top: top / a, bottom: bottom / a }
}

function plus(a: ExactNumber, b: ExactNumber): ExactNumber {
  return a.bottom === b.bottom
    ? reduced(a.top + b.top, a.bottom)
    : reduced(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom)
}

function minus(a: ExactNumber, b: ExactNumber): ExactNumber {
  return plus(a, { top: -b.top, bottom: b.bottom })
}

function times(a: ExactNumber, b: ExactNumber): ExactNumber {
  return reduced(a.top * b.top, a.bottom * b.bottom)
}

function compare(a: ExactNumber, b: ExactNumber): number {
  const difference = a.top * b.bottom - b.top * a.bottom
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}
