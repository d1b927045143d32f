import type { MeekRuleSet } from './rule-set.ts'

/**
 * The numbers of a count of Meek's family. A paper's value and a keep value are between `zero` and `one`; votes
 * are values times weights. The two have the same type `N` but need not have the same unit.
 */
export interface Numbers<N> {
  readonly zero: N
  readonly one: N
  plus(a: N, b: N): N
  minus(a: N, b: N): N
  /** Less than 0, 0 or more, as the rules compare. */
  compare(a: N, b: N): number
  /** Votes of papers. @param weight in units of the ballot groups */
  votes(value: N, weight: number): N
  /** The votes that an option keeps of papers of a value, and the value at which they go on. */
  share(value: N, keep: N, weight: number): { readonly votes: N; readonly rest: N }
  /** a × b, cut to the places of a value. */
  product(a: N, b: N): N
  /** A part of a value, cut. */
  part(value: N, parts: bigint): N
  quota(votes: N, seats: number): N
  /** The next higher quota. */
  justAbove(quota: N): N
  reaches(votes: N, quota: N): boolean
  nextKeep(keep: N, quota: N, votes: N): N
  /** Whether a surplus is below omega. */
  isSettled(surplus: N): boolean
  /** Votes in units of 10^-`votePlaces`, cut. */
  readonly votePlaces: number
  voteUnits(votes: N): bigint
  /** A value in units of 10^-`places` of the rules, cut. */
  valueUnits(value: N): bigint
}

export type NumberRules = Pick<
  MeekRuleSet,
  'arithmetic' | 'places' | 'guardPlaces' | 'keepPlaces' | 'share' | 'keepRounding' | 'oneSeat' | 'omega'
>
