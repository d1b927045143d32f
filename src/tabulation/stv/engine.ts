import type { BallotGroups } from '../ballot-groups.ts'
import { CountRecord } from '../count-record.ts'
import type { OptionIndex } from '../option-index.ts'
import { rankedStatistics } from '../ranked-statistics.ts'
import type { Tabulation, TabulationInput } from '../tabulation.ts'
import type { Tie, TieQuestion } from '../ties.ts'
import { electReached, electWithoutQuota, hasQuota, type UnderWay } from './elections.ts'
import type { ExclusionBatch } from './exclusion-batches.ts'
import { exclusionRules } from './exclusions.ts'
import { Ledger } from './ledger.ts'
import { type Movement, PaperTable } from './paper-table.ts'
import { quotaRules } from './quotas.ts'
import type { StvRuleSet } from './rule-set.ts'
import { inOrderOfElection, nobody, type StageAction, type StageElections, together } from './stage-action.ts'
import { StageBook } from './stage-book.ts'
import { fewestFirst, type Standing, vacantSeats } from './standing.ts'

/** Counts by single transferable vote under a rule set. */
export function countStv(method: string, input: TabulationInput<StvRuleSet>): Tabulation {
  return new StvCount(method, input).count()
}

class StvCount {
  readonly #input: TabulationInput<StvRuleSet>
  readonly #rules: StvRuleSet
  readonly #record: CountRecord
  readonly #ledger: Ledger
  readonly #table: PaperTable
  readonly #book: StageBook
  #valid = 0n
  #anyExcluded = false
  /** The tie at which the count stops. */
  #open: TieQuestion | undefined

  constructor(method: string, input: TabulationInput<StvRuleSet>) {
    const { options, rules, seats } = input
    const groups = input.ballots as BallotGroups
    const ledger = new Ledger(options.length, {
      valuePlaces: rules.valuePlaces,
      votePlaces: rules.votePlaces,
      weightPlaces: groups.weightPlaces,
      quotaDivisor: quotaRules[rules.quota].divisor(seats),
    })
    const record = new CountRecord(method, input, (votes) => ledger.text(votes))
    const receiving = record.continuing()
    this.#input = input
    this.#rules = rules
    this.#ledger = ledger
    this.#record = record
    this.#table = new PaperTable({ groups, rules, ledger, receiving, traced: input.trace })
    this.#book = new StageBook({ names: options, record, ledger, table: this.#table })
  }

  count(): Tabulation {
    const uncountable = this.#table.layFirstPreferences()
    this.#valid = this.#ledger.votes.reduce((sum, votes) => sum + votes, 0n)
    this.#setQuota()
    this.#book.close({ action: { kind: 'count' } }, [], this.#elect({ transfers: false }))
    while (!this.#isOver()) this.#countNext()
    const statistics = rankedStatistics(this.#input.ballots as BallotGroups, {
      uncountable,
      exhausted: 0n,
      places: 0,
      sharedRanks: 'overvotes',
    })
    const exhausted = this.#ledger.text(this.#ledger.exhausted)
    return this.#record.finish({ ...statistics, exhausted }, this.#open)
  }

  #isOver(): boolean {
    const isFull = this.#record.electedCount() >= this.#input.seats
    return this.#open !== undefined || isFull || this.#record.continuing().length === 0
  }

  #setQuota(): void {
    const { one, lastPlace, exhausted, loss } = this.#ledger
    const valid = this.#valid - exhausted - loss
    const { seats } = this.#input
    this.#ledger.quota = quotaRules[this.#rules.quota].votes({ valid, seats, one, lastPlace })
  }

  #standing(): Standing {
    return {
      record: this.#record,
      ledger: this.#ledger,
      seats: this.#input.seats,
      continuing: fewestFirst(this.#record.continuing(), this.#ledger.votes),
      anyExcluded: this.#anyExcluded,
    }
  }

  /** Elects whom the votes elect at the end of a transfer. */
  #elect(underWay: UnderWay): StageElections {
    if (this.#rules.quotaChanges !== 'never' && this.#record.electedCount() === 0) this.#setQuota()
    const reached = electReached(this.#standing(), this.#rules)
    const elections = { reached, ...electWithoutQuota(this.#standing(), this.#rules, underWay) }
    for (const option of inOrderOfElection(elections)) this.#table.stopReceiving(option)
    return elections
  }

  /** Surpluses go before exclusions, unless they wait. */
  #countNext(): void {
    const { deferral, exclusion, lastSeat } = this.#rules
    const standing = this.#standing()
    const { continuing } = standing
    const withSurplus = this.#withSurplus()
    const { sureLosers, choose } = exclusionRules[exclusion]
    const waits = deferral !== 'never' && sureLosers(standing).length > 0
    const twoAreLeft = continuing.length === 2 && vacantSeats(standing) === 1
    if (withSurplus.length > 0 && !waits) this.#transferSurpluses(withSurplus)
    else if (lastSeat === 'more votes of two' && twoAreLeft) this.#chooseOf(continuing)
    else {
      const excluded = choose(standing)
      if ('open' in excluded) this.#open = excluded.open
      else this.#exclude(excluded.options, excluded.tie)
    }
  }

  /** Those whose surplus, of nothing perhaps, is to be transferred. */
  #withSurplus(): OptionIndex[] {
    const { votes, quota } = this.#ledger
    if (this.#rules.electedOn === 'transfer of the surplus') {
      return this.#record.continuing().filter((option) => hasQuota(votes[option]!, quota, this.#rules))
    }
    const isElected = (option: OptionIndex) => this.#record.roundOfElection(option) !== undefined
    return [...votes.keys()].filter((option) => votes[option]! > quota && isElected(option))
  }

  #transferSurpluses(withSurplus: readonly OptionIndex[]): void {
    if (this.#rules.surplusOrder === 'together') {
      // None of them receives papers of another, so their order changes nothing.
      for (const option of withSurplus) {
        if (this.#isOver()) return
        this.#transferSurplus(option, undefined, { transfers: option !== withSurplus.at(-1) })
      }
      return
    }
    const earliest = Math.min(...withSurplus.map((option) => this.#roundOf(option)))
    const choice = this.#record.choose(
      this.#rules.surplusOrder === 'largest first'
        ? withSurplus
        : withSurplus.filter((option) => this.#roundOf(option) === earliest),
      'transfer first',
    )
    if (choice.kind === 'tied') this.#open = choice.question
    else this.#transferSurplus(choice.option, choice.tie, { transfers: false })
  }

  /** The round of its election, which may be the present one. */
  #roundOf(option: OptionIndex): number {
    return this.#record.roundOfElection(option) ?? this.#record.round
  }

  /** @param underWay what else goes before anybody is elected with the papers */
  #transferSurplus(option: OptionIndex, tie: Tie | undefined, underWay: UnderWay): void {
    const electedNow = this.#rules.electedOn === 'transfer of the surplus' ? [option] : []
    this.#record.elect(electedNow)
    this.#table.stopReceiving(option)
    const movement = this.#table.transferSurplus(option)
    const begun: StageAction = { action: { kind: 'surplus', option }, ...(tie && { tie }) }
    const elections = underWay.transfers ? nobody : this.#elect(underWay)
    this.#book.close(begun, [movement], together({ ...nobody, reached: electedNow }, elections))
  }

  /** The last seat, for which two with equal votes are left. */
  #chooseOf(two: readonly OptionIndex[]): void {
    const choice = this.#record.castingVote(two)
    if (choice.kind === 'tied') {
      this.#open = choice.question
      return
    }
    const [option] = choice.options
    this.#record.elect(choice.options)
    this.#book.close(
      { action: { kind: 'choose', option: option! }, ...(choice.tie && { tie: choice.tie }) },
      [],
      {
        ...nobody,
        ahead: choice.options,
      },
    )
  }

  #exclude(options: readonly OptionIndex[], tie: Tie | undefined): void {
    const begun: StageAction = { action: { kind: 'exclude', options }, ...(tie && { tie }) }
    this.#anyExcluded = true
    this.#record.exclude(options)
    for (const option of options) this.#table.stopReceiving(option)
    const batches = this.#papersStay() ? [] : this.#table.exclusionBatches(options)
    if (batches.length === 0) {
      this.#book.close(begun, [], this.#elect({ transfers: false }))
    } else if (this.#rules.batchStages === 'one stage') {
      this.#transferInOneStage(begun, batches)
    } else {
      this.#transferInStages(begun, batches)
    }
  }

  /** Whether an exclusion leaves as many as seats are vacant, and by the rules its papers don't move. */
  #papersStay(): boolean {
    const { termination, lastSeat } = this.#rules
    const left = this.#record.continuing().length
    if (left > vacantSeats(this.#standing())) return false
    // Of two with unequal votes one would have the last seat already, so that these were equal.
    const wereTwoEqual = lastSeat === 'more votes than all lower together' && left === 1
    return wereTwoEqual || termination === 'an exclusion would leave as many as seats are vacant'
  }

  #transferInOneStage(begun: StageAction, batches: readonly ExclusionBatch[]): void {
    const movements: Movement[] = []
    let elections = nobody
    for (const batch of batches) {
      movements.push(...this.#table.transferBatch(batch))
      elections = together(elections, this.#elect({ transfers: batch !== batches.at(-1) }))
      if (this.#isOver()) break
    }
    this.#book.close(begun, movements, elections)
  }

  #transferInStages(begun: StageAction, batches: readonly ExclusionBatch[]): void {
    for (const batch of batches) {
      const movements = this.#table.transferBatch(batch)
      const elections = this.#elect({ transfers: batch !== batches.at(-1) })
      const value = batch.value && this.#ledger.valueText(batch.value)
      const { action } = begun
      this.#book.close(
        {
          action: action.kind === 'exclude' && value !== undefined ? { ...action, value } : action,
          ...(batch === batches[0] && begun.tie && { tie: begun.tie }),
        },
        movements,
        elections,
      )
      if (this.#isOver()) return
    }
  }
}
