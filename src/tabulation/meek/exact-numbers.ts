import { parseDecimal } from '../decimal.ts'
import type { NumberRules, Numbers } from './numbers.ts'

/** An exact fraction with a positive bottom; in lowest terms only where that is worth the work. */
interface ExactNumber {
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
  const votes = (value: ExactNumber, weight: number) => ({
    top: value.top * BigInt(weight),
    bottom: value.bottom * weightUnit,
  })
  const cut = ({ top, bottom }: ExactNumber, scale: bigint) => (top * scale) / bottom
  return {
    zero,
    one,
    plus,
    minus,
    compare,
    votes,
    share(value, keep, weight) {
      const isAmount = rules.share === 'up to the keep value'
      const share = isAmount ? keep : times(value, keep)
      const kept = isAmount && compare(value, keep) < 0 ? value : share
      return { votes: votes(kept, weight), rest: minus(value, kept) }
    },
    product: times,
    part: (value, parts) => ({ top: value.top, bottom: value.bottom * parts }),
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

/** Mostly one bottom is a multiple of the other, because papers pass the same options. */
function plus(a: ExactNumber, b: ExactNumber): ExactNumber {
  if (b.top === 0n || a.top === 0n) return b.top === 0n ? a : b
  if (a.bottom === b.bottom) return { top: a.top + b.top, bottom: a.bottom }
  const [fine, coarse] = a.bottom > b.bottom ? [a, b] : [b, a]
  if (fine.bottom % coarse.bottom === 0n) {
    return { top: fine.top + coarse.top * (fine.bottom / coarse.bottom), bottom: fine.bottom }
  }
  return reduced(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom)
}

function minus(a: ExactNumber, b: ExactNumber): ExactNumber {
  return plus(a, { top: -b.top, bottom: b.bottom })
}

function times(a: ExactNumber, b: ExactNumber): ExactNumber {
  return { top: a.top * b.top, bottom: a.top === 0n || b.top === 0n ? 1n : a.bottom * b.bottom }
}

function compare(a: ExactNumber, b: ExactNumber): number {
  const difference = a.top * b.bottom - b.top * a.bottom
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}
