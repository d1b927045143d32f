import type { Numbers } from './numbers.ts'
import { type PaperTree, root } from './paper-tree.ts'
import type { MeekRuleSet } from './rule-set.ts'

/** What papers give under given keep values. */
export interface Tally<N> {
  /** Of each option, by position. */
  readonly votes: N[]
  /** What is left of papers that name no further option. */
  exhausted: N
}

export function emptyTally<N>(numbers: Numbers<N>, optionCount: number): Tally<N> {
  return { votes: Array.from({ length: optionCount }, () => numbers.zero), exhausted: numbers.zero }
}

/** Adds what the papers of a tree give, in any numbers. */
export function tallyTree<N>(
  tree: PaperTree,
  keep: readonly N[],
  numbers: Numbers<N>,
  tally: Tally<N>,
): void {
  const rests: N[] = [numbers.one]
  tally.exhausted = numbers.plus(tally.exhausted, numbers.votes(numbers.one, tree.endedAt(root)))
  for (let node = 1; node < tree.size; node++) {
    const weight = tree.weightOf(node)
    const value = rests[tree.parentOf(node)]!
    if (weight === 0) {
      rests.push(numbers.zero)
      continue
    }
    const option = tree.optionOf(node)
    const { votes, rest } = numbers.share(value, keep[option]!, weight)
    tally.votes[option] = numbers.plus(tally.votes[option]!, votes)
    rests.push(rest)
    const ended = tree.endedAt(node)
    if (ended > 0) tally.exhausted = numbers.plus(tally.exhausted, numbers.votes(rest, ended))
  }
}

/** The rules by which a paper's share doesn't hang on the papers that came with it. */
export type SmallShare = Exclude<MeekRuleSet['share'], 'both cut, by the pile'>

/** The most places that `SmallValues` holds: a value of 1 is then below 2^30. */
export const mostSmallPlaces = 9

/** Weights add up to less than this where `SmallValues` counts: 2^38, beyond 270 thousand million papers. */
export const mostSmallWeight = 2 ** 38

/**
 * The same as `tallyTree` in `decimal` arithmetic of up to nine places, in doubles: tens of millions of nodes a
 * second. All its numbers are whole and below 2^53:
 *
 * - A value or keep value is at most 10^9 < 2^30. Their product, up to 10^18, is never held: see `share`.
 * - Votes are sums of value × weight. A value is split at its 15th bit, and the upper and lower parts times weights
 *   are summed apart; with weights of less than 2^38 in all, either sum is below 2^15 × 2^38 = 2^53.
 */
export class SmallValues {
  readonly #one: number
  readonly #rule: SmallShare
  #rests = new Float64Array(1024)
  #rest = 0

  constructor(places: number, rule: SmallShare) {
    this.#one = 10 ** places
    this.#rule = rule
  }

  tally(tree: PaperTree, keep: readonly bigint[], tally: Tally<bigint>): void {
    const optionCount = keep.length
    const keeps = Float64Array.from(keep, Number)
    // What is exhausted is summed as one option more.
    const upper = new Float64Array(optionCount + 1)
    const lower = new Float64Array(optionCount + 1)
    const add = (option: number, value: number, weight: number) => {
      upper[option]! += (value >>> 15) * weight
      lower[option]! += (value & 0x7fff) * weight
    }
    if (tree.size > this.#rests.length) this.#rests = new Float64Array(tree.size * 2)
    this.#rests[root] = this.#one
    add(optionCount, this.#one, tree.endedAt(root))
    for (let node = 1; node < tree.size; node++) {
      const weight = tree.weightOf(node)
      const value = this.#rests[tree.parentOf(node)]!
      if (weight === 0 || value === 0) {
        this.#rests[node] = 0
        continue
      }
      const option = tree.optionOf(node)
      add(option, this.#share(value, keeps[option]!), weight)
      this.#rests[node] = this.#rest
      add(optionCount, this.#rest, tree.endedAt(node))
    }
    const sum = (option: number) => BigInt(upper[option]!) * 0x8000n + BigInt(lower[option]!)
    for (let option = 0; option < optionCount; option++) tally.votes[option]! += sum(option)
    tally.exhausted += sum(optionCount)
  }

  /** What is kept; what goes on is left in `#rest`. */
  #share(value: number, keep: number): number {
    let kept: number
    switch (this.#rule) {
      case 'share rounded up':
        kept = this.#product(value, keep, 1)
        this.#rest = value - kept
        return kept
      case 'both cut':
        kept = this.#product(value, keep, 0)
        this.#rest = this.#product(value, this.#one - keep, 0)
        return kept
      case 'up to the keep value':
        kept = Math.min(value, keep)
        this.#rest = value - kept
        return kept
    }
  }

  /**
   * a × b ÷ `#one`, cut, or rounded up when `up` is 1. The quotient of doubles is off by less than one, because its
   * error is below 2^-52 of at most 10^9. So the remainder a × b - quotient × one lies between -one and 2 × one, which
   * 32 bits hold: its low 32 bits, which `Math.imul` gives exactly, are all of it.
   */
  #product(a: number, b: number, up: 0 | 1): number {
    const one = this.#one
    let quotient = Math.floor((a * b) / one)
    let remainder = (Math.imul(a, b) - Math.imul(quotient, one)) | 0
    if (remainder < 0) {
      quotient--
      remainder += one
    } else if (remainder >= one) {
      quotient++
      remainder -= one
    }
    return up === 1 && remainder > 0 ? quotient + 1 : quotient
  }
}
