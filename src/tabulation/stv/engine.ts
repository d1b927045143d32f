import type { BallotGroups } from '../ballot-groups.ts'
import { CountRecord } from '../count-record.ts'
import { formatDecimal } from '../decimal.ts'
import { inOrderOfVotes } from '../most-votes.ts'
import type { OptionIndex } from '../option-index.ts'
import { RankedPapers } from '../ranked-papers.ts'
import { rankedStatistics } from '../ranked-statistics.ts'
import type { Tabulation, TabulationInput, Transfer } from '../tabulation.ts'
import type { TieQuestion } from '../ties.ts'
import {
  exclusionRules,
  quotaRules,
  type StvNumbers,
  surplusOrders,
  terminationRules,
  transferValueRules,
} from './decisions.ts'
import { type Parcel, pilesByValue, receive, votesOf } from './parcels.ts'
import type { StvRuleSet } from './rule-set.ts'
import type { StageAction } from './stage-action.ts'
import { stageSentence } from './stage-sentence.ts'

/** Counts by single transferable vote under a rule set. */
export function countStv(method: string, input: TabulationInput<StvRuleSet>): Tabulation {
  return new StvCount(method, input).count()
}

class StvCount {
  readonly #input: TabulationInput<StvRuleSet>
  readonly #groups: BallotGroups
  readonly #numbers: StvNumbers
  readonly #papers: RankedPapers
  readonly #record: CountRecord
  readonly #parcels: Parcel[][]
  readonly #votes: bigint[]
  /** 1 for options that may receive papers. */
  readonly #continuing: Uint8Array
  #quota = 0n
  #exhausted = 0n
  #loss = 0n

  constructor(method: string, input: TabulationInput<StvRuleSet>) {
    const groups = input.ballots as BallotGroups
    const { valuePlaces } = input.rules
    const places = valuePlaces + groups.weightPlaces
    this.#input = input
    this.#groups = groups
    this.#numbers = { valuePlaces, places, oneVote: 10n ** BigInt(places) }
    this.#papers = new RankedPapers(groups, input.rules)
    this.#record = new CountRecord(method, input, places)
    this.#parcels = input.options.map(() => [])
    this.#votes = input.options.map(() => 0n)
    this.#continuing = new Uint8Array(input.options.length)
    for (const option of this.#record.continuing()) this.#continuing[option] = 1
  }

  count(): Tabulation {
    const uncountable = this.#countFirstPreferences()
    let open: TieQuestion | undefined
    while (open === undefined && !this.#isOver()) {
      const next = this.#nextAction()
      if ('open' in next) open = next.open
      else this.#countStage(next)
    }
    const statistics = rankedStatistics(this.#groups, {
      uncountable,
      exhausted: this.#exhausted,
      places: this.#numbers.valuePlaces,
      sharedRanks: 'overvotes',
    })
    return this.#record.finish(statistics, open)
  }

  /** @returns the weight of the papers without a first preference that counts, which are not valid */
  #countFirstPreferences(): number {
    const value = 10n ** BigInt(this.#numbers.valuePlaces)
    const sorted = this.#papers.sort(this.#papers.all(), this.#continuing)
    for (const [option, pile] of sorted.piles) this.#credit(option, { value, stage: 1, pile })
    const { seats, rules } = this.#input
    const valid = this.#votes.reduce((sum, votes) => sum + votes, 0n)
    this.#quota = quotaRules[rules.quota]({ valid, seats, numbers: this.#numbers })
    this.#finishStage(undefined, [])
    return sorted.exhausted.weight
  }

  #isOver(): boolean {
    return this.#record.electedCount() >= this.#input.seats || this.#record.continuing().length === 0
  }

  /** Surpluses go before exclusions. */
  #nextAction(): StageAction | { readonly open: TieQuestion } {
    const withSurplus = [...this.#votes.keys()].filter((option) => this.#votes[option]! > this.#quota)
    const { surplusOrder, exclusion } = this.#input.rules
    const choice =
      withSurplus.length > 0
        ? surplusOrders[surplusOrder](this.#record, withSurplus)
        : exclusionRules[exclusion](this.#record)
    if (choice.kind === 'tied') return { open: choice.question }
    const { option, tie } = choice
    const action: StageAction['action'] =
      withSurplus.length > 0 ? { kind: 'surplus', option } : { kind: 'exclude', options: [option] }
    return { action, ...(tie && { tie }) }
  }

  #countStage(next: StageAction): void {
    const { action } = next
    if (action.kind === 'surplus') {
      this.#finishStage(next, [this.#transferSurplus(action.option)])
      return
    }
    this.#record.exclude(action.options)
    for (const option of action.options) this.#continuing[option] = 0
    const transfers = action.options.map((option) => this.#transferAll(option))
    this.#finishStage(next, transfers)
  }

  #transferSurplus(from: OptionIndex): Transfer {
    const votes = this.#votes[from]!
    const surplus = votes - this.#quota
    const newValue = transferValueRules[this.#input.rules.transferValue]
    this.#votes[from] = this.#quota
    return this.#transfer(from, surplus, (value) => newValue({ surplus, votes, value }))
  }

  #transferAll(from: OptionIndex): Transfer {
    const votes = this.#votes[from]!
    this.#votes[from] = 0n
    return this.#transfer(from, votes, (value) => value)
  }

  /** Moves the papers of an option on, each at the value that its present one becomes. */
  #transfer(from: OptionIndex, leaving: bigint, becomes: (value: bigint) => bigint): Transfer {
    const stage = this.#record.round
    const received = new Map<OptionIndex, bigint>()
    const values: { before: string; after: string }[] = []
    let exhausted = 0n
    let loss = leaving
    const parcels = this.#parcels[from]!
    this.#parcels[from] = []
    for (const { value, pile } of pilesByValue(parcels, this.#papers)) {
      const after = becomes(value)
      if (after !== value) values.push({ before: this.#valueText(value), after: this.#valueText(after) })
      const sorted = this.#papers.sort(pile, this.#continuing)
      for (const [option, moved] of sorted.piles) {
        const votes = votesOf(moved, after)
        received.set(option, (received.get(option) ?? 0n) + votes)
        loss -= votes
        this.#credit(option, { value: after, stage, pile: moved })
      }
      exhausted += votesOf(sorted.exhausted, after)
    }
    loss -= exhausted
    this.#exhausted += exhausted
    this.#loss += loss
    return {
      from,
      to: [...received]
        .sort(([a], [b]) => a - b)
        .map(([option, votes]) => ({ option, votes: this.#text(votes) })),
      exhausted: this.#text(exhausted),
      loss: this.#text(loss),
      kept: this.#text(this.#votes[from]!),
      values,
    }
  }

  #credit(option: OptionIndex, parcel: Parcel): void {
    this.#votes[option]! += votesOf(parcel.pile, parcel.value)
    receive(this.#parcels[option]!, this.#papers, parcel)
  }

  /** Elects those who reach the quota and, when the count ends with them, the continuing. */
  #finishStage(begun: StageAction | undefined, transfers: readonly Transfer[]): void {
    const continuing = inOrderOfVotes(this.#record.continuing(), this.#votes)
    const reached = continuing.filter((option) => this.#votes[option]! >= this.#quota)
    const others = continuing.slice(reached.length)
    const vacant = this.#input.seats - this.#record.electedCount() - reached.length
    const ends = terminationRules[this.#input.rules.termination]({ continuing: others.length, vacant })
    const withoutQuota = ends ? others : []
    const elected = [...reached, ...withoutQuota]
    this.#record.elect(elected)
    for (const option of elected) this.#continuing[option] = 0
    this.#record.finishRound({
      action: begun?.action ?? { kind: 'count' },
      votes: [...this.#votes],
      exhausted: this.#exhausted,
      loss: this.#loss,
      quota: this.#quota,
      surplus: this.#votes.reduce((sum, votes) => sum + (votes > this.#quota ? votes - this.#quota : 0n), 0n),
      elected,
      transfers,
      sentence: stageSentence({ names: this.#input.options, begun, transfers, reached, withoutQuota }),
    })
  }

  #text(votes: bigint): string {
    return formatDecimal(votes, this.#numbers.places)
  }

  #valueText(value: bigint): string {
    return formatDecimal(value, this.#numbers.valuePlaces)
  }
}
