import { parseDecimal } from '../decimal.ts'
import type { NumberRules, Numbers } from './numbers.ts'

/**
 * Scaled integers. A value is in units of 10^-p, with p the places of the rules and the guard places; votes are in
 * units of 10^-(p + weight places), so that a value times a weight is exact.
 */
export function decimalNumbers(rules: NumberRules, weightPlaces: number): Numbers<bigint> {
  const guard = rules.arithmetic === 'quasi-exact' ? rules.guardPlaces : 0
  const places = rules.places + guard
  const one = 10n ** BigInt(places)
  const weightUnit = 10n ** BigInt(weightPlaces)
  const oneVote = one * weightUnit
  const alike = guard === 0 ? 1n : (10n ** BigInt(guard) / 2n) * weightUnit
  const isGuarded = guard > 0
  // Guarded arithmetic cuts everywhere, because what is cut is far below what it tells apart.
  const divideUp = isGuarded ? divideDown : roundUp
  const omega = parseDecimal(rules.omega)!
  const compare = (a: bigint, b: bigint) => {
    const difference = a - b
    if (difference < alike && difference > -alike) return 0
    return difference < 0n ? -1 : 1
  }
  return {
    zero: 0n,
    one,
    plus: (a, b) => a + b,
    minus: (a, b) => a - b,
    compare,
    votes: (value, weight) => value * BigInt(weight),
    share(value, keep, weight) {
      const papers = BigInt(weight)
      switch (rules.share) {
        case 'share rounded up': {
          const kept = divideUp(value * keep, one)
          return { votes: kept * papers, rest: value - kept }
        }
        case 'both cut':
          return { votes: ((value * keep) / one) * papers, rest: (value * (one - keep)) / one }
        case 'both cut, by the pile':
          return { votes: (value * keep * papers) / one, rest: (value * (one - keep)) / one }
        case 'up to the keep value': {
          const kept = keep < value ? keep : value
          return { votes: kept * papers, rest: value - kept }
        }
      }
    },
    product: (a, b) => (a === one ? b : b === one ? a : (a * b) / one),
    part: (value, parts) => value / parts,
    quota(votes, seats) {
      const cut = votes / BigInt(seats + 1)
      if (isGuarded) return cut
      const above = cut / weightUnit + 1n
      if (seats > 1 || rules.oneSeat === 'quota') return above * weightUnit
      // Hill's program: without the unit above where half of the votes is a whole number.
      return (above / one + (above % one > 1n ? 1n : 0n)) * oneVote
    },
    justAbove: (quota) => quota + weightUnit,
    reaches: (votes, quota) => (isGuarded ? compare(votes, quota) > 0 : votes >= quota),
    nextKeep(keep, quota, votes) {
      if (votes === 0n) return keep
      const next =
        rules.keepRounding === 'up once'
          ? divideUp(keep * quota, votes)
          : divideUp(divideUp(keep * quota, oneVote) * oneVote, votes)
      return next > one ? one : next
    },
    isSettled: (surplus) => surplus * 10n ** BigInt(omega.places) < omega.units * oneVote,
    votePlaces: rules.places + weightPlaces,
    voteUnits: (votes) => votes / 10n ** BigInt(guard),
    valueUnits: (value) => value / 10n ** BigInt(guard),
  }
}

function divideDown(a: bigint, b: bigint): bigint {
  return a / b
}

function roundUp(a: bigint, b: bigint): bigint {
  return (a + b - 1n) / b
}
