import type { BallotGroups } from '../ballot-groups.ts'
import { CountRecord } from '../count-record.ts'
import { inOrderOfVotes } from '../most-votes.ts'
import type { OptionIndex } from '../option-index.ts'
import { countedWeight, rankedStatistics } from '../ranked-statistics.ts'
import { electedSentence, nameList, settledTieSentence } from '../sentences.ts'
import type { RoundAction, Tabulation, TabulationInput, Transfer } from '../tabulation.ts'
import type { Tie, TieQuestion, TieRule } from '../ties.ts'
import { BallotStacks, type Dealt, type SharedRankRule } from './ballot-stacks.ts'

interface CambridgeRules {
  /** Options with fewer votes at the first exclusion are excluded together. */
  readonly fewest: number
  readonly overvotes: SharedRankRule
  readonly ties: readonly TieRule[]
}

/** What began a round, and how. */
interface Begun {
  readonly action: Extract<RoundAction, { kind: 'count' | 'surplus' | 'exclude' }>
  readonly ties: readonly Tie[]
  readonly transfers: readonly Transfer[]
  readonly sentence: string
}

/** Counts whole ballots, so all numbers are those of ballots. */
export function countCambridge(input: TabulationInput<CambridgeRules>, groups: BallotGroups): Tabulation {
  return new CambridgeCount(input, groups).count()
}

class CambridgeCount {
  readonly #input: TabulationInput<CambridgeRules>
  readonly #groups: BallotGroups
  readonly #record: CountRecord
  readonly #stacks: BallotStacks
  readonly #uncountable: number
  readonly #valid: number
  readonly #quota: number
  /** Whose surplus is transferred; what is left above the quota has no next choice. */
  readonly #transferred = new Set<OptionIndex>()
  #isFirstExclusion = true

  constructor(input: TabulationInput<CambridgeRules>, groups: BallotGroups) {
    this.#input = input
    this.#groups = groups
    this.#record = new CountRecord('stv-cambridge', input, 0)
    this.#stacks = new BallotStacks(groups, input.rules.overvotes)
    this.#uncountable = this.#stacks.dealFirstChoices(new Set(this.#record.continuing()))
    this.#valid = countedWeight(groups) - this.#uncountable
    this.#quota = Math.floor(this.#valid / (input.seats + 1)) + 1
    this.#stacks.limitTo(this.#quota)
  }

  count(): Tabulation {
    let begun: Begun | { readonly open: TieQuestion } = {
      action: { kind: 'count' },
      ties: [],
      transfers: [],
      sentence: 'The first choices are counted.',
    }
    for (;;) {
      this.#finishRound(begun)
      const vacant = this.#input.seats - this.#record.electedCount()
      if (vacant <= 0 || this.#record.continuing().length === 0) return this.#finish()
      begun = this.#begin()
      if ('open' in begun) return this.#finish(begun.open)
    }
  }

  #finish(open?: TieQuestion): Tabulation {
    const statistics = rankedStatistics(this.#groups, {
      uncountable: this.#uncountable,
      exhausted: BigInt(this.#exhausted()),
      places: 0,
      sharedRanks: 'overvotes',
    })
    return this.#record.finish(statistics, open)
  }

  /** Surpluses go before exclusions, the largest first. */
  #begin(): Begun | { readonly open: TieQuestion } {
    const withSurplus = [...this.#input.options.keys()].filter(
      (option) => this.#votesOf(option) > this.#quota,
    )
    if (withSurplus.length === 0) return this.#exclude()
    const choice = this.#record.choose(withSurplus, 'transfer first')
    if (choice.kind === 'tied') return { open: choice.question }
    return this.#transferSurplus(choice.option, choice.tie ? [choice.tie] : [])
  }

  #transferSurplus(from: OptionIndex, ties: readonly Tie[]): Begun {
    const total = this.#stacks.sizeOf(from)
    const surplus = total - this.#quota
    // To the nearest whole number, halves up. Ballots whose order is kept are fewer than 2^27, so the quotient of
    // whole numbers is never rounded over one.
    const step = Math.floor((2 * total + surplus) / (2 * surplus))
    const takers = new Set(this.#record.continuing())
    const dealt = this.#stacks.dealEvery(from, step, surplus, takers)
    this.#transferred.add(from)
    const left = this.#stacks.sizeOf(from) - this.#quota
    const every =
      step === 1 ? 'every ballot' : `every ballot whose place in the stack is a multiple of ${step}`
    return {
      action: { kind: 'surplus', option: from },
      ties,
      transfers: [this.#transfer(from, { ...dealt, exhausted: left }, this.#quota)],
      sentence: `The surplus of ${this.#input.options[from]} goes to next choices as whole ballots: ${every} first.`,
    }
  }

  #exclude(): Begun | { readonly open: TieQuestion } {
    const ties: Tie[] = []
    let excluded = this.#isFirstExclusion ? this.#withFewVotes() : []
    this.#isFirstExclusion = false
    if (excluded.length === 0) {
      const choice = this.#record.choose(this.#record.continuing(), 'exclude')
      if (choice.kind === 'tied') return { open: choice.question }
      if (choice.tie) ties.push(choice.tie)
      excluded = [choice.option]
    }
    // The ballots of those with fewest votes are dealt first, which can matter to whoever is near the quota.
    const order: OptionIndex[] = excluded.filter((option) => this.#votesOf(option) === 0)
    for (let left = excluded.filter((option) => !order.includes(option)); left.length > 0; ) {
      const choice = this.#record.choose(left, 'exclude')
      if (choice.kind === 'tied') return { open: choice.question }
      if (choice.tie) ties.push(choice.tie)
      order.push(choice.option)
      left = left.filter((option) => option !== choice.option)
    }
    this.#record.exclude(excluded)
    const takers = new Set(this.#record.continuing())
    const transfers = order.map((option) => this.#transfer(option, this.#stacks.dealAll(option, takers), 0))
    const names = nameList(excluded.map((option) => this.#input.options[option]!))
    const are = excluded.length === 1 ? 'is' : 'are'
    return {
      action: { kind: 'exclude', options: excluded },
      ties,
      transfers,
      sentence: `${names} ${are} excluded, and the ballots go to next choices; nobody takes more than the quota.`,
    }
  }

  /** None where too few would be left for the seats. */
  #withFewVotes(): OptionIndex[] {
    const continuing = this.#record.continuing()
    const few = continuing.filter((option) => this.#votesOf(option) < this.#input.rules.fewest)
    const vacant = this.#input.seats - this.#record.electedCount()
    return continuing.length - few.length < vacant ? [] : few
  }

  #transfer(from: OptionIndex, dealt: Dealt, kept: number): Transfer {
    return {
      from,
      to: [...dealt.received]
        .sort(([a], [b]) => a - b)
        .map(([option, ballots]) => ({ option, votes: String(ballots) })),
      exhausted: String(dealt.exhausted),
      loss: '0',
      kept: String(kept),
      values: [],
    }
  }

  #votesOf(option: OptionIndex): number {
    const size = this.#stacks.sizeOf(option)
    return this.#transferred.has(option) ? Math.min(size, this.#quota) : size
  }

  #exhausted(): number {
    return this.#input.options.reduce((left, _, option) => left - this.#votesOf(option), this.#valid)
  }

  #finishRound(begun: Begun): void {
    const { options, seats, trace } = this.#input
    const votes = options.map((_, option) => BigInt(this.#votesOf(option)))
    const continuing = inOrderOfVotes(this.#record.continuing(), votes)
    const reached = continuing.filter((option) => votes[option]! >= BigInt(this.#quota))
    const vacant = seats - this.#record.electedCount() - reached.length
    const others = continuing.slice(reached.length)
    const left = others.length <= vacant ? others : []
    const elected = [...reached, ...left]
    this.#record.elect(elected)
    this.#record.finishRound({
      action: begun.action,
      votes,
      exhausted: BigInt(this.#exhausted()),
      loss: 0n,
      quota: BigInt(this.#quota),
      surplus: votes.reduce((sum, each) => sum + (each > this.#quota ? each - BigInt(this.#quota) : 0n), 0n),
      elected,
      transfers: begun.transfers,
      ...(trace !== undefined && { traced: this.#whereabouts(trace) }),
      sentence: [
        ...begun.ties.map((tie) => settledTieSentence(tie, options)),
        begun.sentence,
        electedSentence(elected, options) ?? 'Nobody is elected yet.',
      ].join(' '),
    })
  }

  /** Alike ballots part ways here, so the numbers are those of all that are like the traced one. */
  #whereabouts(group: number): { readonly option: OptionIndex; readonly votes: string }[] {
    return this.#stacks
      .countOf(group)
      .map((ballots, option) => ({ option, votes: String(ballots) }))
      .filter(({ votes }) => votes !== '0')
  }
}
