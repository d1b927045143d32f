import type { BallotGroups } from '../ballot-groups.ts'
import { CountRecord } from '../count-record.ts'
import { formatDecimal } from '../decimal.ts'
import type { OptionIndex } from '../option-index.ts'
import { optionNamed } from '../option-named.ts'
import { emptyPile, joinPiles, type Pile } from '../pile.ts'
import { type ExhaustedWeights, exhaustionReasons, RankedPapers, type SortedPile } from '../ranked-papers.ts'
import { rankedStatistics } from '../ranked-statistics.ts'
import type { InactiveVotes, Tabulation, TabulationInput, Transfer } from '../tabulation.ts'
import type { TieQuestion } from '../ties.ts'
import { pileTransfer } from '../whole-transfers.ts'
import { electedNow, type Thresholds, thresholdsOf } from './election.ts'
import { type Exclusion, excludedFirst, nextExclusion } from './exclusion.ts'
import { roundSentence } from './round-sentence.ts'
import type { IrvRules } from './rules.ts'

/** Counts by excluding the lowest, round by round. */
export function countIrv(input: TabulationInput<IrvRules>): Tabulation {
  return new IrvCount(input).count()
}

class IrvCount {
  readonly #input: TabulationInput<IrvRules>
  readonly #groups: BallotGroups
  /** The unit of the ballots' weights, in the unit of the votes, which has two places more for a share. */
  readonly #unit: bigint
  readonly #papers: RankedPapers
  readonly #record: CountRecord
  readonly #piles: Pile[]
  /** 1 for options that are not excluded. */
  readonly #standing: Uint8Array
  readonly #first: ReadonlySet<OptionIndex>
  readonly #inactive: ExhaustedWeights = {
    overvotes: 0,
    skippedRanks: 0,
    repeatedOptions: 0,
    noChoiceLeft: 0,
  }
  #exhausted = 0
  #thresholds: Thresholds | undefined

  constructor(input: TabulationInput<IrvRules>) {
    const groups = input.ballots as BallotGroups
    const { until, exclusion } = input.rules
    const isShareAsked = until === 'all have the share' || exclusion === 'all below the share together'
    const places = isShareAsked ? 2 : 0
    this.#input = input
    this.#groups = groups
    this.#unit = 10n ** BigInt(places)
    this.#papers = new RankedPapers(groups, input.rules, input.trace)
    this.#record = new CountRecord('irv', input, groups.weightPlaces + places)
    this.#piles = input.options.map(emptyPile)
    this.#standing = new Uint8Array(input.options.length)
    for (const option of this.#record.continuing()) this.#standing[option] = 1
    this.#first = new Set(input.rules.excludedFirst.map((name) => optionNamed(name, input.options)))
  }

  count(): Tabulation {
    const uncountable = this.#move(this.#papers.all()).exhausted.weight
    let open = this.#countRound(undefined)
    while (open === undefined && !this.#isOver()) {
      const next = this.#nextExclusion()
      open = 'open' in next ? next.open : this.#countRound(next)
    }
    const statistics = rankedStatistics(this.#groups, {
      uncountable,
      exhausted: BigInt(this.#exhausted),
      places: 0,
      sharedRanks: 'overvotes',
    })
    return this.#record.finish(statistics, open)
  }

  /** Whether somebody is elected, and no more is to be shown than that. */
  #isOver(): boolean {
    const shown = this.#shownAtLast()
    const isShown = shown === undefined || this.#standingOptions().length <= shown
    return this.#record.electedCount() > 0 && isShown
  }

  /** How many options the count goes on to after an election; `undefined` where it ends with it. */
  #shownAtLast(): number | undefined {
    const { seats, rules } = this.#input
    if (seats > 1) return undefined
    switch (rules.until) {
      case 'two are left':
        return 2
      case 'one is left':
        return 1
      case 'majority':
      case 'all have the share':
        return undefined
    }
  }

  /** @returns the tie that ends the count, if there is one */
  #countRound(begun: Exclusion | undefined): TieQuestion | undefined {
    const { options, rules, seats } = this.#input
    const transfers = begun ? this.#exclude(begun.options) : []
    const electedBefore = this.#record.electedCount() > 0
    const votes = this.#votes()
    if (!electedBefore && (rules.majorityOf === 'each round' || this.#thresholds === undefined)) {
      const active = votes.reduce((sum, number) => sum + number, 0n)
      this.#thresholds = thresholdsOf(active, this.#unit, rules)
    }
    const thresholds = this.#thresholds!
    const mayElect = !electedBefore && this.#excludedFirst(votes).length === 0
    const elected = mayElect ? electedNow(this.#record, { votes, thresholds, seats }, rules) : { options: [] }
    this.#record.elect(elected.options)
    this.#record.finishRound({
      action: begun ? { kind: 'exclude', options: begun.options } : { kind: 'count' },
      votes,
      exhausted: BigInt(this.#exhausted) * this.#unit,
      loss: 0n,
      quota: rules.until === 'all have the share' ? thresholds.share : thresholds.majority,
      inactive: this.#inactiveVotes(),
      elected: elected.options,
      transfers,
      ...this.#papers.whereabouts(),
      sentence: roundSentence(options, { begun, elected, electedBefore }),
    })
    return elected.open
  }

  #nextExclusion(): Exclusion | { readonly open: TieQuestion } {
    const { seats, rules } = this.#input
    const state = {
      record: this.#record,
      standing: this.#standingOptions(),
      among: this.#record.continuing(),
      votes: this.#votes(),
      share: this.#thresholds!.share,
      leave: this.#shownAtLast() ?? (rules.until === 'all have the share' ? 1 : seats),
      first: this.#first,
      minimum: this.#record.round === 2 ? this.#wholeVotes(rules.minimumVotes) : 0n,
    }
    return nextExclusion(state, rules)
  }

  #exclude(excluded: readonly OptionIndex[]): Transfer[] {
    this.#record.exclude(excluded)
    for (const option of excluded) this.#standing[option] = 0
    return excluded.map((from) => {
      const pile = this.#piles[from]!
      this.#piles[from] = emptyPile()
      const sorted = this.#move(pile)
      this.#exhausted += sorted.exhausted.weight
      return pileTransfer(from, sorted, (weight) => this.#decimal(weight))
    })
  }

  /** Gives the papers of a pile to their next preferences. */
  #move(pile: Pile): SortedPile {
    const sorted = this.#papers.sort(pile, this.#standing)
    for (const [option, received] of sorted.piles) joinPiles(this.#piles[option]!, received)
    for (const reason of exhaustionReasons) this.#inactive[reason] += sorted.why[reason]
    return sorted
  }

  #standingOptions(): OptionIndex[] {
    return [...this.#standing.keys()].filter((option) => this.#standing[option] === 1)
  }

  #votes(): bigint[] {
    return this.#piles.map((pile) => BigInt(pile.weight) * this.#unit)
  }

  #excludedFirst(votes: readonly bigint[]): OptionIndex[] {
    return excludedFirst({ first: this.#first, standing: this.#standingOptions(), votes })
  }

  #inactiveVotes(): InactiveVotes {
    const { overvotes, skippedRanks, repeatedOptions, noChoiceLeft } = this.#inactive
    return {
      overvotes: this.#decimal(overvotes),
      skippedRanks: this.#decimal(skippedRanks),
      repeatedOptions: this.#decimal(repeatedOptions),
      noChoiceLeft: this.#decimal(noChoiceLeft),
    }
  }

  #wholeVotes(votes: number): bigint {
    return BigInt(votes) * 10n ** BigInt(this.#groups.weightPlaces) * this.#unit
  }

  #decimal(weight: number): string {
    return formatDecimal(weight, this.#groups.weightPlaces)
  }
}
