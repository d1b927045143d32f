import { gcd } from '../exact-fraction.ts'

/** What the members of a committee that a ballot approves are worth to it: the first, the second, and so on. */
export type ThieleWeights =
  | 'harmonic'
  | 'sainte-lague'
  | 'geometric'
  | 'at least one'
  | 'at least one, then at least two'
  | 'at least one, then adams'

/** Worths as whole numbers of 1 ÷ `unit`. They never rise. */
export interface ThieleValues {
  /** By the number of the member, from 1; 0 is there for nothing. */
  readonly values: readonly bigint[]
  /** 1 vote; 0n where the worths only have an order. */
  readonly unit: bigint
}

/**
 * @param size the most members that a ballot can approve
 * @param ballots the weight of all ballots, in units
 */
export function thieleValues(weights: ThieleWeights, size: number, ballots: bigint): ThieleValues {
  const worths = (unit: bigint, worth: (member: bigint) => bigint): ThieleValues => ({
    values: [0n, ...Array.from({ length: size }, (_, member) => worth(BigInt(member + 1)))],
    unit,
  })
  switch (weights) {
    case 'harmonic': {
      const unit = commonMultiple(size, 1n)
      return worths(unit, (member) => unit / member)
    }
    case 'sainte-lague': {
      const unit = commonMultiple(size, 2n)
      return worths(unit, (member) => unit / (2n * member - 1n))
    }
    case 'geometric': {
      const unit = 2n ** BigInt(size)
      return worths(unit, (member) => unit / 2n ** (member - 1n))
    }
    case 'at least one':
      return worths(1n, (member) => (member === 1n ? 1n : 0n))
    case 'at least one, then at least two': {
      // One ballot with its first member outweighs all ballots' second ones, and so on.
      const base = ballots + 1n
      return { ...worths(1n, (member) => base ** (BigInt(size) - member)), unit: 0n }
    }
    case 'at least one, then adams': {
      // Adams's divisors 0, 1, 2… make the first member infinitely worth: more than all others of all ballots.
      const common = commonMultiple(size, 1n)
      const first = (ballots * BigInt(size) + 1n) * common
      return { ...worths(1n, (member) => (member === 1n ? first : common / (member - 1n))), unit: 0n }
    }
  }
}

/** The least common multiple of 1, 1 + step, 1 + 2 × step… up to so many numbers. */
function commonMultiple(count: number, step: bigint): bigint {
  let common = 1n
  for (let number = 1n, n = 0; n < count; n++, number += step)
    common = (common / gcd(common, number)) * number
  return common
}
