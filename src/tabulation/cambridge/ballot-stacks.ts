import { type BallotGroups, sharesRank, skippedRank } from '../ballot-groups.ts'
import type { OptionIndex } from '../option-index.ts'

/** What a rank with several options does to a ballot. */
export type SharedRankRule = 'exhaust' | 'skip'

/** Where ballots of a stack went. */
export interface Dealt {
  readonly received: ReadonlyMap<OptionIndex, number>
  readonly exhausted: number
}

/**
 * Whole ballots, one by one, in stacks: each option's, in the order in which they came to it. A ballot is its number in
 * the order in which all were cast.
 */
export class BallotStacks {
  readonly #groups: BallotGroups
  readonly #sequence: Uint32Array
  readonly #sharedRanks: SharedRankRule
  readonly #stacks: number[][]
  /** An option that has as many takes no more. */
  #most = Number.POSITIVE_INFINITY

  constructor(groups: BallotGroups, sharedRanks: SharedRankRule) {
    this.#groups = groups
    this.#sequence = groups.sequence!
    this.#sharedRanks = sharedRanks
    this.#stacks = Array.from({ length: groups.optionCount }, () => [])
  }

  /** @returns how many are not blank but have no choice that counts */
  dealFirstChoices(standing: ReadonlySet<OptionIndex>): number {
    const cast = Array.from(this.#sequence.keys()).filter((ballot) => !this.#isBlank(this.#sequence[ballot]!))
    return this.#deal(cast, new Set(standing)).exhausted
  }

  limitTo(most: number): void {
    this.#most = most
  }

  sizeOf(option: OptionIndex): number {
    return this.#stacks[option]!.length
  }

  /** Deals all ballots of an option to their next choices; those without one are put aside. */
  dealAll(from: OptionIndex, takers: ReadonlySet<OptionIndex>): Dealt {
    const stack = this.#stacks[from]!
    this.#stacks[from] = []
    return this.#deal(stack, this.#below(takers))
  }

  /**
   * Deals so many ballots of an option, every `step`th first, then from the one after the first taken, and so on round
   * the stack. Those without a next choice stay.
   */
  dealEvery(from: OptionIndex, step: number, number: number, takers: ReadonlySet<OptionIndex>): Dealt {
    const stack = this.#stacks[from]!
    const open = this.#below(takers)
    const received = new Map<OptionIndex, number>()
    const dealt = new Set<number>()
    for (const at of everyNth(stack.length, step)) {
      if (dealt.size === number) break
      const to = this.#give(stack[at]!, open)
      if (to === undefined) continue
      received.set(to, (received.get(to) ?? 0) + 1)
      dealt.add(at)
    }
    this.#stacks[from] = stack.filter((_, at) => !dealt.has(at))
    return { received, exhausted: 0 }
  }

  /** How many ballots of a group lie in each stack. */
  countOf(group: number): number[] {
    return this.#stacks.map((stack) => stack.filter((ballot) => this.#sequence[ballot] === group).length)
  }

  #deal(ballots: readonly number[], open: Set<OptionIndex>): Dealt {
    const received = new Map<OptionIndex, number>()
    let exhausted = 0
    for (const ballot of ballots) {
      const to = this.#give(ballot, open)
      if (to === undefined) exhausted++
      else received.set(to, (received.get(to) ?? 0) + 1)
    }
    return { received, exhausted }
  }

  #give(ballot: number, open: Set<OptionIndex>): OptionIndex | undefined {
    const option = this.#choiceOf(this.#sequence[ballot]!, open)
    if (option === undefined) return undefined
    this.#stacks[option]!.push(ballot)
    if (this.#stacks[option]!.length >= this.#most) open.delete(option)
    return option
  }

  #below(takers: ReadonlySet<OptionIndex>): Set<OptionIndex> {
    return new Set([...takers].filter((option) => this.#stacks[option]!.length < this.#most))
  }

  #isBlank(group: number): boolean {
    return this.#groups.starts[group] === this.#groups.starts[group + 1]
  }

  /** The first choice on a ballot among the open options. Empty ranks are passed over. */
  #choiceOf(group: number, open: ReadonlySet<OptionIndex>): OptionIndex | undefined {
    const { entries, starts } = this.#groups
    const end = starts[group + 1]!
    for (let rank = starts[group]!; rank < end; ) {
      let next = rank + 1
      while (next < end && entries[next]! >= sharesRank) next++
      const entry = entries[rank]!
      if (next > rank + 1) {
        if (this.#sharedRanks === 'exhaust') return undefined
      } else if (entry !== skippedRank && open.has(entry)) return entry
      rank = next
    }
    return undefined
  }
}

/** Positions from 0: the nth, 2nth, …; then the one after the nth, after the 2nth, …; at last those before the nth. */
function* everyNth(length: number, step: number): Generator<number> {
  for (let start = step - 1; start < 2 * step - 1; start++) {
    for (let at = start; at < length; at += step) yield at
  }
  for (let at = 0; at < Math.min(step - 1, length); at++) yield at
}
